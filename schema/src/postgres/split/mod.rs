//! From the text of a file to its statements.

mod copy_data;
mod effect;
mod texts;
mod token;

use crate::errors;
use crate::replay::MAX_MISTAKES;
use crate::text::{FileId, Span};
pub use effect::Effect;
use tablature_lexer::postgres::{Boundary, Fault, Symbol, TokenKind, Tokenizer, joined_literal};
pub(crate) use texts::Texts;
pub use token::Token;

/// What drizzle writes between statements, with or without a semicolon before it: it runs them one by one.
const BREAKPOINT: &str = "--> statement-breakpoint";

/// A file's statements and comments.
pub type SplitFile = crate::split::SplitFile<RawStatement>;

/// A statement that is not parsed yet.
#[derive(Debug, Clone, PartialEq)]
pub struct RawStatement {
    /// From its first to its last token, without the semicolon.
    pub span: Span,
    /// Its tokens, without white space, comments and the semicolon; at least one.
    pub tokens: Vec<Token>,
    /// What the comments before it declare that it does to the schema.
    pub effect: Option<Box<Effect>>,
}

/// Splits a file into statements by psql's rule: a semicolon ends a statement, unless it stands in the parentheses of
/// CREATE RULE or between BEGIN ATOMIC and END of a function.
///
/// A line `--> statement-breakpoint` ends one as well.
///
/// What psql alone can run is reported and left out: its own commands, and `COPY … FROM stdin` with the rows that
/// follow it.
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
        boundary: Boundary::default(),
        tokens: Vec::new(),
        before: Vec::new(),
        is_illegal: false,
        result: SplitFile::default(),
    };
    let mut tokenizer = Tokenizer::new(text);
    while let Some(token) = tokenizer.next() {
        if splitter.token(token)
            && let Some(copy) = splitter.end_statement()
        {
            let end = splitter.copy_data(copy, token.end);
            tokenizer.skip_to(end);
        }
    }
    splitter.end_statement();
    splitter.result
}

struct Splitter<'a> {
    file: FileId,
    text: &'a str,
    texts: &'a mut Texts,
    boundary: Boundary,
    /// Those of the statement so far.
    tokens: Vec<Token>,
    /// The comments before its first token.
    before: Vec<Span>,
    /// Whether the statement holds an illegal token.
    is_illegal: bool,
    result: SplitFile,
}

impl Splitter<'_> {
    /// Takes a token; whether it ends the statement.
    fn token(&mut self, token: tablature_lexer::postgres::Token) -> bool {
        let kind = token.kind;
        let span = Span::new(self.file, token.start..token.end);
        match kind {
            TokenKind::Space => return false,
            TokenKind::Comment => {
                self.result.comments.push(span);
                if self.tokens.is_empty() {
                    self.before.push(span);
                }
                let text = self.text.get(token.start..token.end).unwrap_or_default();
                return text.trim_end() == BREAKPOINT;
            }
            TokenKind::Symbol(Symbol::Semicolon) if self.boundary.ends_at_semicolon() => {
                return true;
            }
            _ => {}
        }
        let text = self.text.get(token.start..token.end).unwrap_or_default();
        if let TokenKind::Illegal(fault) = kind {
            self.illegal(span, fault, text);
            if fault == Fault::MetaCommand {
                // It takes its line. What stands before it is not sent to the server unless `\g` ends it.
                return self.tokens.is_empty();
            }
        }
        self.boundary.advance(kind);
        let text = joined_literal(kind, text);
        self.tokens.push(Token {
            kind,
            text: self.texts.token(kind, &text),
            span,
        });
        false
    }

    fn illegal(&mut self, span: Span, fault: Fault, text: &str) {
        let is_new = !std::mem::replace(&mut self.is_illegal, true);
        if is_new && self.result.diagnostics.len() < MAX_MISTAKES {
            let diagnostic = errors::postgres::syntax::illegal_token(span, fault, text);
            self.result.diagnostics.push(diagnostic);
        }
    }

    /// Ends the statement. Returns the place of a COPY whose rows follow.
    fn end_statement(&mut self) -> Option<Span> {
        let tokens = std::mem::take(&mut self.tokens);
        self.boundary = Boundary::default();
        self.is_illegal = false;
        let span = tokens.first()?.span.to(tokens.last()?.span);
        let before = std::mem::take(&mut self.before);
        if copy_data::reads_rows(&tokens) {
            return Some(span);
        }
        let effect = effect::read(self.texts, self.text, &before);
        self.result.statements.push(RawStatement {
            span,
            tokens,
            effect,
        });
        None
    }

    /// Reports a COPY from the client, and returns where the rows that follow it end.
    fn copy_data(&mut self, copy: Span, end: usize) -> usize {
        let diagnostic = errors::postgres::syntax::copy_from_client(copy);
        self.result.diagnostics.push(diagnostic);
        copy_data::end_of_rows(self.text, end)
    }
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
            statements("\u{feff}-- a;\nSELECT ';' /*;*/, $$;$$ ; ;; SELECT 2"),
            ["SELECT ';' /*;*/, $$;$$", "SELECT 2"]
        );
        assert!(statements(" ; -- nothing\n ;").is_empty());
        assert!(statements("").is_empty());
    }

    #[test]
    fn a_breakpoint_of_drizzle_ends_a_statement() {
        assert_eq!(
            statements(
                "SELECT 1\n--> statement-breakpoint\nSELECT 2;--> statement-breakpoint\nSELECT 3"
            ),
            ["SELECT 1", "SELECT 2", "SELECT 3"]
        );
    }

    #[test]
    fn a_body_is_one_statement() {
        let function = "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END";
        let both = format!("{function}; SELECT 3;");
        assert_eq!(statements(&both), [function, "SELECT 3"]);
    }

    #[test]
    fn a_missing_parenthesis_does_not_swallow_the_next_statement() {
        assert_eq!(
            statements("CREATE TABLE a (x int; CREATE TABLE b ()").len(),
            2
        );
    }

    #[test]
    fn literals_that_continue_each_other_are_one_in_any_layout() {
        let of = |text| split(FileId(0), text).statements[0].tokens[1].text.clone();
        assert_eq!(of("SELECT 'a'\r\n  -- b\n 'c'"), of("SELECT 'a'\n'c'"));
    }

    #[test]
    fn what_only_psql_runs_is_reported_and_left_out() {
        let file = split(
            FileId(0),
            "\\connect x\nCOPY t (a) FROM stdin;\n1\t'\n;2\n\\.\nSELECT 1;\n\\.\nSELECT 2;",
        );
        assert_eq!(file.statements.len(), 2);
        assert_eq!(file.diagnostics.len(), 3);
        assert_eq!(
            statements("COPY t FROM stdin WITH (FORMAT csv);\na;b"),
            [""; 0]
        );
    }

    #[test]
    fn what_begins_no_token_is_reported_once_a_statement() {
        let file = split(
            FileId(0),
            "SELECT 1a, 2b; SELECT 3; SELECT 'open; \n SELECT",
        );
        assert_eq!(file.diagnostics.len(), 2);
        assert_eq!(file.statements.len(), 3);
        assert_eq!(file.diagnostics[1].primary.span.start, 32);
    }
}
