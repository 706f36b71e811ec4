//! Where a statement ends: psql's rule.

use super::{Keyword, Symbol, TokenKind};

/// How far a statement has come, as far as its end is concerned.
///
/// A semicolon ends a statement outside of parentheses and of the body of a function, `BEGIN ATOMIC … END`. In
/// parentheses only CREATE RULE has semicolons: in any other statement a closing one is missing, so that the statement
/// ends there too and does not take all that follow with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Boundary {
    head: Head,
    parentheses: u32,
    /// How many END are missing.
    body: u32,
    /// Whether the token before was BEGIN.
    after_begin: bool,
}

/// What the first words of a statement say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Head {
    /// Nothing yet.
    #[default]
    Start,
    /// CREATE
    Create,
    /// CREATE OR
    CreateOr,
    /// CREATE OR REPLACE
    CreateOrReplace,
    /// CREATE [OR REPLACE] FUNCTION or PROCEDURE
    Routine,
    /// CREATE [OR REPLACE] RULE
    Rule,
    /// Any other statement.
    Other,
}

impl Boundary {
    /// Whether a semicolon would end the statement.
    #[must_use]
    pub fn ends_at_semicolon(&self) -> bool {
        self.body == 0 && (self.parentheses == 0 || self.head != Head::Rule)
    }

    /// Takes a token of the statement that is neither white space nor a comment.
    pub fn advance(&mut self, kind: TokenKind) {
        let after_begin = std::mem::replace(
            &mut self.after_begin,
            kind == TokenKind::Keyword(Keyword::Begin),
        );
        match kind {
            TokenKind::Symbol(Symbol::LeftParen) => {
                self.parentheses = self.parentheses.saturating_add(1);
            }
            TokenKind::Symbol(Symbol::RightParen) => {
                self.parentheses = self.parentheses.saturating_sub(1);
            }
            TokenKind::Keyword(keyword) if self.head == Head::Routine && self.parentheses == 0 => {
                match keyword {
                    Keyword::Atomic if after_begin && self.body == 0 => self.body = 1,
                    // CASE ends with END too.
                    Keyword::Case if self.body > 0 => self.body = self.body.saturating_add(1),
                    Keyword::End => self.body = self.body.saturating_sub(1),
                    _ => {}
                }
            }
            _ => {}
        }
        self.head = match (self.head, kind) {
            (Head::Start, TokenKind::Keyword(Keyword::Create)) => Head::Create,
            (Head::Create, TokenKind::Keyword(Keyword::Or)) => Head::CreateOr,
            (Head::CreateOr, TokenKind::Keyword(Keyword::Replace)) => Head::CreateOrReplace,
            (
                Head::Create | Head::CreateOrReplace,
                TokenKind::Keyword(Keyword::Function | Keyword::Procedure),
            ) => Head::Routine,
            (Head::Create | Head::CreateOrReplace, TokenKind::Keyword(Keyword::Rule)) => Head::Rule,
            (head @ (Head::Routine | Head::Rule), _) => head,
            _ => Head::Other,
        };
    }
}
