//! ALTER TABLE.

use super::{ColumnDefinition, ConflictResolution, Expr, QualifiedName};
use crate::text::{Ident, Span, TokenIndex};

/// ALTER TABLE with its one action.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterTable {
    /// The table.
    pub table: QualifiedName,
    /// What is changed.
    pub action: AlterAction,
}

/// The actions of SQLite 3.54.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum AlterAction {
    RenameTable {
        to: Ident,
    },
    RenameColumn {
        from: Ident,
        to: Ident,
    },
    /// `definition` covers the tokens `first..end` of the statement: what SQLite appends to the table's text.
    AddColumn {
        definition: ColumnDefinition,
        first: TokenIndex,
        end: TokenIndex,
    },
    DropColumn {
        column: Ident,
    },
    /// Since SQLite 3.53; `clause` is the span of `SET NOT NULL …`, tokens `first..end` those of `NOT NULL …`.
    SetNotNull {
        column: Ident,
        conflict: Option<ConflictResolution>,
        clause: Span,
        first: TokenIndex,
        end: TokenIndex,
    },
    DropNotNull {
        column: Ident,
        clause: Span,
    },
    /// Tokens `first..end` are those of `[CONSTRAINT name] CHECK (…) …`.
    AddCheck {
        name: Option<Ident>,
        check: Expr,
        clause: Span,
        first: TokenIndex,
        end: TokenIndex,
    },
    DropConstraint {
        name: Ident,
    },
}
