//! From the text of a file to its statements.

mod dollar;
mod texts;

use crate::checksum::{self, Checksum};
use crate::diagnostic::Diagnostic;
use crate::errors::sqlite as errors;
use crate::replay::{self, MAX_MISTAKES};
use crate::split;
use crate::sqlite::lints::unclosed_comment;
use crate::text::{FileId, Span, Token};
use dollar::DollarQuote;
use tablature_lexer::{Boundary, Keyword, Symbol, TokenKind};
pub(crate) use texts::Texts;

/// A file's statements and comments.
pub type SplitFile = split::SplitFile<RawStatement>;

/// A statement that is not parsed yet.
#[derive(Debug, Clone, PartialEq)]
pub struct RawStatement {
    /// From its first to its last token, without the semicolon.
    pub span: Span,
    /// Its tokens, without white space, comments and the semicolon; at least one.
    pub tokens: Vec<Token>,
}

/// Splits a file into statements by the rule of `sqlite3_complete`: a semicolon ends a statement, but that of a CREATE
/// TRIGGER ends at `; END ;`.
///
/// A trigger that is not closed would take the statements after it with it, so it also ends before a statement that no
/// trigger can hold. The parser then says what it lacks. For the same reason the body of another database's function
/// is kept in one statement.
#[must_use]
pub fn split(file: FileId, text: &str) -> SplitFile {
    split_with(&mut Texts::default(), file, text)
}

/// Splits a file into statements whose tokens share their texts with those of others.
pub(crate) fn split_with(texts: &mut Texts, file: FileId, text: &str) -> SplitFile {
    let mut splitter = Splitter {
        file,
        text,
        texts,
        last_end: 0,
        boundary: Boundary::default(),
        quote: DollarQuote::default(),
        tokens: Vec::new(),
        is_illegal: false,
        result: SplitFile::default(),
    };
    for token in tablature_lexer::tokenize(text) {
        splitter.token(token);
    }
    splitter.end_statement(text.len());
    splitter.result
}

impl split::Statement for RawStatement {
    fn span(&self) -> Span {
        self.span
    }

    fn checksum(&self) -> Checksum {
        checksum::statement(self.tokens.iter().map(|token| &*token.text))
    }

    /// Only CREATE VIRTUAL TABLE has an effect that the engine does not tell.
    fn takes_effect(&self) -> bool {
        let mut kinds = self.tokens.iter().map(|token| token.kind);
        kinds.next() == Some(TokenKind::Keyword(Keyword::Create))
            && kinds.next() == Some(TokenKind::Keyword(Keyword::Virtual))
    }
}

impl replay::Splitter for Texts {
    type Statement = RawStatement;

    fn split(&mut self, file: FileId, text: &str) -> SplitFile {
        split_with(self, file, text)
    }

    fn findings(text: &str, split: &SplitFile) -> Option<Diagnostic> {
        unclosed_comment(text, &split.comments)
    }
}

struct Splitter<'a> {
    file: FileId,
    text: &'a str,
    texts: &'a mut Texts,
    /// Where the last token ended: white space and comments follow.
    last_end: usize,
    boundary: Boundary,
    quote: DollarQuote,
    /// Those of the statement so far.
    tokens: Vec<Token>,
    /// Whether the statement holds an illegal token.
    is_illegal: bool,
    result: SplitFile,
}

impl Splitter<'_> {
    fn token(&mut self, token: tablature_lexer::Token) {
        let kind = token.kind;
        if kind == TokenKind::Space {
            return;
        }
        let span = Span {
            file: self.file,
            start: offset(token.start),
            end: offset(token.end),
        };
        if kind == TokenKind::Comment {
            self.result.comments.push(span);
            return;
        }
        let is_semicolon = matches!(kind, TokenKind::Symbol(Symbol::Semicolon));
        if is_semicolon && self.boundary.ends_at_semicolon() && !self.quote.is_open() {
            return self.end_statement(token.end);
        }
        let text = self.text.get(token.start..token.end).unwrap_or_default();
        if kind == TokenKind::Illegal {
            self.illegal(span, text);
        }
        if self.boundary.cannot_hold(kind) {
            self.end_statement(token.start);
        }
        self.boundary.advance(kind);
        self.quote.advance(&self.tokens, kind, text);
        let between = self.text.get(self.last_end..token.start);
        self.tokens.push(Token {
            kind,
            text: self.texts.token(kind, text),
            before: self.texts.between(between.unwrap_or_default()),
            span,
        });
        self.last_end = token.end;
    }

    fn illegal(&mut self, span: Span, text: &str) {
        // What is no SQL at all can hold millions.
        let is_new = !std::mem::replace(&mut self.is_illegal, true);
        if is_new && self.result.diagnostics.len() < MAX_MISTAKES {
            let follows = self.text.get(span.end as usize..).unwrap_or_default();
            let diagnostic = errors::syntax::illegal_token(span, text, follows);
            self.result.diagnostics.push(diagnostic);
        }
    }

    /// Ends the statement; what belongs to the next begins at the byte `next`.
    fn end_statement(&mut self, next: usize) {
        let mut tokens = std::mem::take(&mut self.tokens);
        // A trigger that is cut short may end with the semicolon of its last statement.
        while tokens.last().is_some_and(is_semicolon) {
            tokens.pop();
        }
        if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
            let span = first.span.to(last.span);
            self.result.statements.push(RawStatement { span, tokens });
        }
        self.boundary = Boundary::default();
        self.quote = DollarQuote::default();
        self.last_end = next;
        self.is_illegal = false;
    }
}

fn is_semicolon(token: &Token) -> bool {
    token.kind == TokenKind::Symbol(Symbol::Semicolon)
}

/// Files are smaller than 4 GiB: the directory refuses larger ones.
fn offset(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The statements' texts.
    fn statements(text: &str) -> Vec<&str> {
        split(FileId(0), text)
            .statements
            .iter()
            .map(|statement| &text[statement.span.start as usize..statement.span.end as usize])
            .collect()
    }

    #[test]
    fn a_semicolon_ends_a_statement() {
        assert_eq!(
            statements("\u{feff}-- a;\nSELECT ';' /*;*/, 1 ; ;; SELECT 2"),
            ["SELECT ';' /*;*/, 1", "SELECT 2"]
        );
        assert!(statements(" ; -- nothing\n ;").is_empty());
        assert!(statements("").is_empty());
    }

    #[test]
    fn a_trigger_ends_at_its_end() {
        let trigger = "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE 1 WHEN 1 THEN 2 END; SELECT 1; END";
        let both = format!("{trigger} ; SELECT 2;");
        assert_eq!(statements(&both), [trigger, "SELECT 2"]);
        let explained = format!("EXPLAIN QUERY PLAN {trigger};SELECT 2");
        assert_eq!(statements(&explained).len(), 2);
    }

    #[test]
    fn the_word_trigger_elsewhere_does_not_matter() {
        assert_eq!(
            statements("CREATE TABLE trigger(a); SELECT 1; END;").len(),
            3
        );
        assert_eq!(statements("DROP TRIGGER t; SELECT 1").len(), 2);
    }

    #[test]
    fn an_open_trigger_does_not_swallow_the_next_definition() {
        assert_eq!(
            statements(
                "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; CREATE TABLE b(x);"
            ),
            [
                "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2",
                "CREATE TABLE b(x)"
            ]
        );
    }

    #[test]
    fn the_body_of_a_function_of_another_database_is_one() {
        assert_eq!(
            statements(
                "CREATE OR REPLACE FUNCTION f() RETURNS int AS $$BEGIN a; b; END;$$ LANGUAGE x; \
                 DO $b$ a; $$ b; $b$; SELECT $$; SELECT 2"
            )
            .len(),
            4
        );
    }

    #[test]
    fn comments_and_white_space_stay_between_tokens() {
        let file = split(FileId(0), "SELECT 1/*a*/ +\n-- b\n2");
        assert_eq!(file.comments.len(), 2);
        let statement = &file.statements[0];
        assert_eq!(
            crate::text::text_of(&statement.tokens),
            "SELECT 1/*a*/ +\n-- b\n2"
        );
    }

    #[test]
    fn an_illegal_token_is_reported_once_a_statement() {
        let file = split(
            FileId(0),
            "SELECT 1a, 2b; SELECT 3; SELECT 'open; \n SELECT",
        );
        assert_eq!(file.diagnostics.len(), 2);
        assert_eq!(file.statements.len(), 3);
        assert_eq!(file.diagnostics[1].primary.span.start, 32);
    }
}
