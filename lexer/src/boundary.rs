//! Where a statement ends: the states of `sqlite3_complete`.

use crate::{Keyword, Symbol, TokenKind};

/// What the tokens of a statement so far say about its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Boundary {
    /// No token yet.
    #[default]
    Start,
    /// After EXPLAIN and whatever follows it before CREATE.
    Explain,
    /// After CREATE, perhaps with TEMP.
    Create,
    /// Any statement but CREATE TRIGGER: the next semicolon ends it.
    Statement,
    /// In a CREATE TRIGGER.
    Trigger,
    /// After a semicolon in a CREATE TRIGGER.
    TriggerSemicolon,
    /// After the END that follows such a semicolon.
    TriggerEnd,
}

impl Boundary {
    /// Whether a semicolon would end the statement here.
    #[must_use]
    pub fn ends_at_semicolon(self) -> bool {
        !matches!(self, Boundary::Trigger | Boundary::TriggerSemicolon)
    }

    /// Whether the token begins a statement that no trigger can hold, in a trigger after a semicolon.
    #[must_use]
    pub fn cannot_hold(self, kind: TokenKind) -> bool {
        self == Boundary::TriggerSemicolon
            && matches!(
                kind,
                TokenKind::Keyword(
                    Keyword::Alter | Keyword::Create | Keyword::Drop | Keyword::Pragma
                )
            )
    }

    /// Takes the next token, which does not end the statement.
    pub fn advance(&mut self, kind: TokenKind) {
        *self = match (*self, kind) {
            (Boundary::Start, TokenKind::Keyword(Keyword::Explain)) => Boundary::Explain,
            (Boundary::Start | Boundary::Explain, TokenKind::Keyword(Keyword::Create)) => {
                Boundary::Create
            }
            (Boundary::Explain, _) => Boundary::Explain,
            (Boundary::Create, TokenKind::Keyword(Keyword::Temp | Keyword::Temporary)) => {
                Boundary::Create
            }
            (Boundary::Create, TokenKind::Keyword(Keyword::Trigger)) => Boundary::Trigger,
            (Boundary::Start | Boundary::Create | Boundary::Statement, _) => Boundary::Statement,
            (
                Boundary::Trigger | Boundary::TriggerSemicolon,
                TokenKind::Symbol(Symbol::Semicolon),
            ) => Boundary::TriggerSemicolon,
            (Boundary::TriggerSemicolon, TokenKind::Keyword(Keyword::End)) => Boundary::TriggerEnd,
            (Boundary::Trigger | Boundary::TriggerSemicolon | Boundary::TriggerEnd, _) => {
                Boundary::Trigger
            }
        };
    }
}
