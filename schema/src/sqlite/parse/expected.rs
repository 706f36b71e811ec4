//! The syntax error at the next token.

use super::cursor::Parser;
use crate::diagnostic::{Diagnostic, nearest};
use crate::errors::habits::Surroundings;
use crate::errors::sqlite as errors;
use tablature_lexer::{Keyword, TokenKind};

impl Parser<'_> {
    /// The syntax error at the next token.
    pub(super) fn expected(&self, what: &str) -> Box<Diagnostic> {
        let found = self.token().map(|token| token.text.as_ref());
        let diagnostic = errors::syntax::expected(self.span(), what, found);
        let mut diagnostic = self.with_way_out(diagnostic);
        if let (None, Some(token)) = (&diagnostic.help, self.token())
            && token.kind == TokenKind::Word
        {
            // What can stand here is in backticks, keywords in capitals.
            let words = what.split('`').skip(1).step_by(2);
            let words = words.filter(|word| word.bytes().all(|byte| byte.is_ascii_uppercase()));
            diagnostic.help = nearest(&token.text, words).map(|word| format!("write `{word}`"));
        }
        Box::new(diagnostic)
    }

    /// The syntax error at the next token, where a name would do.
    pub(super) fn expected_name(&self, what: &str) -> Box<Diagnostic> {
        let Some(token) = self.token() else {
            return self.expected(what);
        };
        match token.kind {
            TokenKind::Keyword(keyword) if !begins_a_clause(keyword) => {
                let diagnostic = errors::syntax::keyword_for_name(token.span, what, &token.text);
                Box::new(self.with_way_out(diagnostic))
            }
            _ => self.expected(what),
        }
    }

    /// The syntax error at a word that begins no statement.
    pub(super) fn expected_statement(&self) -> Box<Diagnostic> {
        let mut diagnostic = self.expected("a statement");
        if let (None, Some(token)) = (&diagnostic.help, self.token()) {
            let keywords = STATEMENTS.iter().map(|keyword| keyword.as_str());
            diagnostic.help = nearest(&token.text, keywords).map(|word| format!("write `{word}`"));
        }
        diagnostic
    }

    fn with_way_out(&self, diagnostic: Diagnostic) -> Diagnostic {
        let words = self.tokens().iter().map(|token| &*token.text);
        let surroundings = Surroundings::of(words, self.position());
        match errors::habits::way_out(&surroundings) {
            Some(help) => diagnostic.with_help(help),
            None => diagnostic,
        }
    }
}

/// The words that begin a statement.
const STATEMENTS: &[Keyword] = &[
    Keyword::Alter,
    Keyword::Analyze,
    Keyword::Attach,
    Keyword::Begin,
    Keyword::Commit,
    Keyword::Create,
    Keyword::Delete,
    Keyword::Detach,
    Keyword::Drop,
    Keyword::End,
    Keyword::Explain,
    Keyword::Insert,
    Keyword::Pragma,
    Keyword::Reindex,
    Keyword::Release,
    Keyword::Replace,
    Keyword::Rollback,
    Keyword::Savepoint,
    Keyword::Select,
    Keyword::Update,
    Keyword::Vacuum,
    Keyword::Values,
    Keyword::With,
];

/// Whether a keyword where a name is wanted more likely begins the next clause than means a name.
fn begins_a_clause(keyword: Keyword) -> bool {
    matches!(
        keyword,
        Keyword::And
            | Keyword::As
            | Keyword::Begin
            | Keyword::Else
            | Keyword::End
            | Keyword::From
            | Keyword::Having
            | Keyword::Into
            | Keyword::Join
            | Keyword::On
            | Keyword::Or
            | Keyword::Returning
            | Keyword::Select
            | Keyword::Set
            | Keyword::Then
            | Keyword::Union
            | Keyword::Using
            | Keyword::When
            | Keyword::Where
    )
}
