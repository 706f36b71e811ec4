//! Tables and their columns.

use super::{Definition, StorageClasses};
use crate::catalog::{Key, Provenance};
use crate::sqlite::ast::{ConflictResolution, Deferrable, ForeignKeyAction};
use crate::text::Span;
use std::sync::Arc;
use tablature_lexer::{Symbol, TokenKind};

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// In its creator's letter case.
    pub name: Arc<str>,
    /// What kind of table it is.
    pub kind: TableKind,
    /// STRICT.
    pub strict: bool,
    /// WITHOUT ROWID.
    pub without_rowid: bool,
    /// In order, hidden ones of virtual tables included.
    pub columns: Vec<Column>,
    /// The primary key, if it has one.
    pub primary_key: Option<PrimaryKey>,
    /// UNIQUE constraints, as far as the engine keeps them: one that repeats another is none.
    pub unique: Vec<UniqueConstraint>,
    /// CHECK constraints of columns and of the table, in the order in which they were written.
    pub checks: Vec<Check>,
    /// Foreign keys in the order in which they were written.
    pub foreign_keys: Vec<ForeignKey>,
    /// A statement that made or changed it was wrong and has been complained of, so that it may have columns which are
    /// not here: a name that is looked for in it and not found is no second mistake.
    pub incomplete: bool,
    /// As the engine keeps it; no tokens if the statement could not be read.
    pub definition: Definition,
    /// How many tokens of the definition stand behind its last column.
    pub(crate) tokens_after_columns: usize,
    /// Where it came from.
    pub provenance: Provenance,
    /// Its place among the objects of its database by creation.
    pub place: u32,
}

/// What kind of table a table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableKind {
    /// CREATE TABLE made it.
    Ordinary,
    /// CREATE VIRTUAL TABLE made it with this module (folded).
    Virtual {
        /// `fts5`, `rtree`, ….
        module: Key,
    },
    /// A virtual table made it to keep its content.
    Shadow {
        /// The virtual table.
        of: Key,
    },
    /// The engine made it: `sqlite_sequence`, `sqlite_stat1`, `sqlite_schema`.
    Internal,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// In its creator's letter case.
    pub name: Arc<str>,
    /// The declared type as `PRAGMA table_xinfo` reports it; empty when there is none.
    pub declared_type: Arc<str>,
    /// What the declared type makes of values.
    pub affinity: Affinity,
    /// The NOT NULL flag of `PRAGMA table_xinfo`: written, or implied by a WITHOUT ROWID or STRICT primary key.
    pub not_null: bool,
    /// DEFAULT.
    pub default: Option<DefaultValue>,
    /// GENERATED ALWAYS AS.
    pub generated: Option<Generated>,
    /// COLLATE; none means BINARY.
    pub collation: Option<Arc<str>>,
    /// A hidden column of a virtual table.
    pub hidden: bool,
    /// A column that a full-text table keeps and does not search: `UNINDEXED`, `notindexed`.
    pub unindexed: bool,
    /// From its name to its last token, where it was last defined.
    pub span: Span,
    /// Where it came from.
    pub provenance: Provenance,
}

/// The affinities, sqlite.org/datatype3.html#determination_of_column_affinity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the engine's affinities")]
pub enum Affinity {
    Blob,
    Text,
    Numeric,
    Integer,
    Real,
}

/// The default of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultValue {
    /// The text as `PRAGMA table_xinfo` reports it.
    pub text: String,
    /// The expression that gives the same value in a statement: the text, but for a bare word, which is a string here.
    pub expression: String,
    /// Where it is.
    pub span: Span,
    /// Whether the engine takes it for a constant: ADD COLUMN accepts no other default.
    pub constant: bool,
    /// Whether it is the literal NULL.
    pub null: bool,
    /// What the column holds by it, NULL aside; none where that depends on what is computed.
    pub classes: StorageClasses,
}

/// How a generated column is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// How it is kept.
    pub kind: GeneratedKind,
    /// The normal form of the expression.
    pub expression: String,
    /// Where the expression is written.
    pub span: Span,
}

/// How a generated column is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum GeneratedKind {
    Virtual,
    Stored,
}

/// A primary key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrimaryKey {
    /// Positions of its columns, in the order of the key; in a WITHOUT ROWID table one that repeats another is left out.
    pub columns: Vec<usize>,
    /// Whether its one column is the rowid: `INTEGER PRIMARY KEY`, and not `DESC` in the column's own definition.
    pub rowid_alias: bool,
    /// AUTOINCREMENT.
    pub autoincrement: bool,
    /// CONSTRAINT.
    pub name: Option<Arc<str>>,
    /// The collations that differ from the columns', by position in `columns`.
    pub collations: Vec<Option<Arc<str>>>,
    /// ON CONFLICT.
    pub conflict: Option<ConflictResolution>,
    /// Where it is written.
    pub span: Span,
}

/// A UNIQUE constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UniqueConstraint {
    /// Positions of its columns.
    pub columns: Vec<usize>,
    /// The collations that differ from the columns', by position in `columns`.
    pub collations: Vec<Option<Arc<str>>>,
    /// CONSTRAINT.
    pub name: Option<Arc<str>>,
    /// ON CONFLICT.
    pub conflict: Option<ConflictResolution>,
    /// Where it is written.
    pub span: Span,
}

/// A CHECK constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// CONSTRAINT.
    pub name: Option<Arc<str>>,
    /// The normal form of the expression.
    pub expression: String,
    /// What `column IN ('a', …)` or its kin in it says: the positions of such columns, and the strings that each may hold.
    pub one_of: Vec<(usize, Vec<String>)>,
    /// Where it is written.
    pub span: Span,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// Positions of the child's columns.
    pub columns: Vec<usize>,
    /// The parent table.
    pub table: Arc<str>,
    /// The parent's columns; empty means its primary key.
    pub references: Vec<Arc<str>>,
    /// ON DELETE.
    pub on_delete: ForeignKeyAction,
    /// ON UPDATE.
    pub on_update: ForeignKeyAction,
    /// DEFERRABLE.
    pub deferrable: Option<Deferrable>,
    /// CONSTRAINT.
    pub name: Option<Arc<str>>,
    /// The parent's name, where it is written.
    pub table_span: Span,
    /// From FOREIGN or REFERENCES to the last token.
    pub span: Span,
}

impl Column {
    /// What it holds, NULL aside, in a table that is STRICT or not.
    #[must_use]
    pub fn classes(&self, strict: bool) -> StorageClasses {
        let meant = StorageClasses::of_column(&self.declared_type, self.affinity, strict);
        match &self.default {
            // A STRICT table takes no value of another class, be it a default.
            Some(default) if !strict => meant.or(default.classes),
            Some(_) | None => meant,
        }
    }
}

impl Table {
    /// The position of a column, hidden ones included.
    #[must_use]
    pub fn column_index(&self, name: &str) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// The position of the column that is the rowid, if one is.
    #[must_use]
    pub fn rowid_alias(&self) -> Option<usize> {
        self.primary_key
            .as_ref()
            .filter(|key| key.rowid_alias)
            .and_then(|key| key.columns.first().copied())
    }

    /// Whether `rowid` names something in it.
    #[must_use]
    pub fn has_rowid(&self) -> bool {
        !self.without_rowid
    }

    /// Whether constraints of its own stand behind its columns.
    #[must_use]
    pub(crate) fn has_constraints(&self) -> bool {
        let tokens = &self.definition.tokens;
        let end = tokens.len().checked_sub(self.tokens_after_columns);
        let next = end.and_then(|end| tokens.get(end));
        next.is_none_or(|next| next.kind != TokenKind::Symbol(Symbol::RightParen))
    }

    /// Whether it belongs in what the migrations promise: not made by the engine or to keep a virtual table's content.
    #[must_use]
    pub fn is_declared(&self) -> bool {
        match self.kind {
            TableKind::Ordinary | TableKind::Virtual { .. } => true,
            TableKind::Shadow { .. } | TableKind::Internal => false,
        }
    }
}
