//! The syntax error at the next token.

use super::cursor::Parser;
use crate::diagnostic::{Diagnostic, nearest};
use crate::errors::habits::Surroundings;
use crate::errors::postgres::{habits, syntax as errors};
use tablature_lexer::postgres::{Keyword, TokenKind};

impl Parser<'_> {
    /// The syntax error at the next token. In `what`, keywords are in capitals and in backticks.
    #[must_use]
    pub fn expected(&self, what: &str) -> Box<Diagnostic> {
        let token = self.token();
        let found = token.map(|token| token.text.as_ref());
        let diagnostic = errors::expected(self.span(), what, found);
        let mut diagnostic = self.with_way_out(diagnostic);
        if let (None, Some(token)) = (&diagnostic.help, token)
            && token.kind == TokenKind::Word
        {
            let words = what.split('`').skip(1).step_by(2);
            let words = words.filter(|word| word.bytes().all(|byte| byte.is_ascii_uppercase()));
            diagnostic.help = nearest(&token.text, words).map(|word| format!("write `{word}`"));
        }
        Box::new(diagnostic)
    }

    /// The syntax error at the next token, where a name would do.
    #[must_use]
    pub fn expected_name(&self, what: &str) -> Box<Diagnostic> {
        match (self.keyword(), self.token()) {
            (Some(keyword), Some(token)) if !begins_a_clause(keyword) => {
                let diagnostic = errors::keyword_for_name(token.span, what, &token.text);
                Box::new(self.with_way_out(diagnostic))
            }
            _ => self.expected(what),
        }
    }

    fn with_way_out(&self, diagnostic: Diagnostic) -> Diagnostic {
        let words = self.tokens().iter().map(|token| &*token.text);
        match habits::way_out(&Surroundings::of(words, self.position())) {
            Some(help) => diagnostic.with_help(help),
            None => diagnostic,
        }
    }
}

/// Whether a keyword where a name is wanted more likely begins the next clause than means a name.
fn begins_a_clause(keyword: Keyword) -> bool {
    matches!(
        keyword,
        Keyword::And
            | Keyword::As
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
            | Keyword::Then
            | Keyword::To
            | Keyword::Union
            | Keyword::Using
            | Keyword::When
            | Keyword::Where
            | Keyword::With
    )
}
