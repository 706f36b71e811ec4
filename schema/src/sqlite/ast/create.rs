//! CREATE TABLE, VIEW, INDEX, TRIGGER and VIRTUAL TABLE.

use super::{ConflictResolution, Expr, QualifiedName, Query, SortOrder, Statement};
use crate::text::{Ident, Span, TokenIndex};

/// CREATE TABLE.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateTable {
    /// TEMP or TEMPORARY.
    pub temporary: bool,
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// Its name.
    pub name: QualifiedName,
    /// What it is made of.
    pub body: TableBody,
}

/// What a table is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum TableBody {
    /// `(columns, constraints) options`
    Columns {
        /// At least one.
        columns: Vec<ColumnDefinition>,
        /// The table constraints, in order.
        constraints: Vec<TableConstraint>,
        /// STRICT, WITHOUT ROWID.
        options: Vec<TableOption>,
    },
    /// `AS SELECT …`
    Query(Box<Query>),
}

/// A table option. The grammar accepts any name here; the engine then knows two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableOption {
    /// Whether `WITHOUT` stands before the name.
    pub without: bool,
    /// The name: `rowid` after WITHOUT, else `strict`.
    pub name: Ident,
}

/// A column of CREATE TABLE or ADD COLUMN.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnDefinition {
    /// Its name.
    pub name: Ident,
    /// Its declared type, if it has one.
    pub type_name: Option<TypeName>,
    /// Its constraints, in order.
    pub constraints: Vec<ColumnConstraint>,
    /// From its name to its last token.
    pub span: Span,
    /// The first of its tokens.
    pub first: TokenIndex,
    /// One past the last of its tokens.
    pub end: TokenIndex,
}

/// A declared type: any words, with up to two numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeName {
    /// The type as `PRAGMA table_xinfo` reports it, except that it reports its six standard types in upper case.
    pub text: String,
    /// Where it is.
    pub span: Span,
}

/// A column constraint with its optional name.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnConstraint {
    /// The name of `CONSTRAINT name` directly before it.
    pub name: Option<Ident>,
    /// What it says.
    pub kind: ColumnConstraintKind,
    /// From CONSTRAINT, if it is there, to its last token.
    pub span: Span,
    /// The first of its tokens, CONSTRAINT if it is there.
    pub first: TokenIndex,
    /// One past the last of its tokens.
    pub end: TokenIndex,
}

/// What a column constraint says.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum ColumnConstraintKind {
    /// `text` is the default as `PRAGMA table_xinfo` reports it: the source text, without the outer parentheses of
    /// `DEFAULT (expr)`. A bare word is an expression of kind `Name`, which the engine takes for a string.
    Default {
        value: Expr,
        parenthesized: bool,
        text: String,
    },
    /// `NULL`, which says nothing.
    Null {
        conflict: Option<ConflictResolution>,
    },
    NotNull {
        conflict: Option<ConflictResolution>,
    },
    PrimaryKey {
        order: Option<SortOrder>,
        conflict: Option<ConflictResolution>,
        autoincrement: Option<Span>,
    },
    Unique {
        conflict: Option<ConflictResolution>,
    },
    Check(Expr),
    References(ForeignKeyReference),
    /// `[NOT] DEFERRABLE …`, which belongs to the foreign key before it.
    Deferrable(Deferrable),
    Collate(Ident),
    Generated {
        value: Expr,
        kind: GeneratedColumnKind,
    },
    /// `CONSTRAINT name` with nothing after it, which the engine accepts.
    NameOnly,
}

/// How a generated column is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GeneratedColumnKind {
    /// Nothing written, or VIRTUAL.
    Virtual,
    /// STORED.
    Stored,
    /// Another word, which the engine refuses.
    Unknown(Ident),
}

/// The right-hand side of a foreign key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKeyReference {
    /// The parent table.
    pub table: Ident,
    /// The parent's columns; empty means its primary key.
    pub columns: Vec<Ident>,
    /// ON DELETE.
    pub on_delete: ForeignKeyAction,
    /// ON UPDATE.
    pub on_update: ForeignKeyAction,
    /// The name after MATCH, which SQLite ignores.
    pub match_name: Option<Ident>,
    /// From REFERENCES to its last token.
    pub span: Span,
}

/// What a change of the parent does to the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum ForeignKeyAction {
    #[default]
    NoAction,
    Restrict,
    Cascade,
    SetNull,
    SetDefault,
}

impl ForeignKeyAction {
    /// The keywords, as `PRAGMA foreign_key_list` reports them.
    #[must_use]
    pub fn keywords(self) -> &'static str {
        match self {
            ForeignKeyAction::NoAction => "NO ACTION",
            ForeignKeyAction::Restrict => "RESTRICT",
            ForeignKeyAction::Cascade => "CASCADE",
            ForeignKeyAction::SetNull => "SET NULL",
            ForeignKeyAction::SetDefault => "SET DEFAULT",
        }
    }
}

/// `[NOT] DEFERRABLE [INITIALLY …]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Deferrable {
    /// Without NOT.
    pub deferrable: bool,
    /// What follows INITIALLY.
    pub initially: Option<Initially>,
}

/// When a deferrable constraint is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum Initially {
    Deferred,
    Immediate,
}

/// A table constraint with its optional name.
#[derive(Debug, Clone, PartialEq)]
pub struct TableConstraint {
    /// The name of `CONSTRAINT name` directly before it.
    pub name: Option<Ident>,
    /// What it says.
    pub kind: TableConstraintKind,
    /// From CONSTRAINT, if it is there, to its last token.
    pub span: Span,
    /// The first of its tokens, CONSTRAINT if it is there.
    pub first: TokenIndex,
    /// One past the last of its tokens.
    pub end: TokenIndex,
}

/// What a table constraint says.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum TableConstraintKind {
    PrimaryKey {
        terms: Vec<IndexedTerm>,
        autoincrement: Option<Span>,
        conflict: Option<ConflictResolution>,
    },
    Unique {
        terms: Vec<IndexedTerm>,
        conflict: Option<ConflictResolution>,
    },
    Check {
        value: Expr,
        conflict: Option<ConflictResolution>,
    },
    ForeignKey {
        columns: Vec<Ident>,
        reference: ForeignKeyReference,
        deferrable: Option<Deferrable>,
    },
    /// `CONSTRAINT name` with nothing after it, which the engine accepts.
    NameOnly,
}

/// A term of an index, a primary key or a unique constraint.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexedTerm {
    /// The column or expression, `COLLATE` included.
    pub value: Expr,
    /// ASC or DESC.
    pub order: Option<SortOrder>,
    /// The span of `NULLS FIRST` or `NULLS LAST`, which the grammar accepts and the engine refuses.
    pub nulls: Option<Span>,
}

/// CREATE INDEX.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateIndex {
    /// UNIQUE.
    pub unique: bool,
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// Its name.
    pub name: QualifiedName,
    /// The table.
    pub table: Ident,
    /// At least one.
    pub terms: Vec<IndexedTerm>,
    /// WHERE of a partial index.
    pub filter: Option<Expr>,
}

/// CREATE VIEW.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateView {
    /// TEMP or TEMPORARY.
    pub temporary: bool,
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// Its name.
    pub name: QualifiedName,
    /// The columns' names, if they are listed.
    pub columns: Vec<Ident>,
    /// What it shows.
    pub query: Query,
}

/// CREATE TRIGGER.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateTrigger {
    /// TEMP or TEMPORARY.
    pub temporary: bool,
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// Its name.
    pub name: QualifiedName,
    /// When it fires.
    pub time: TriggerTime,
    /// On what.
    pub event: TriggerEvent,
    /// The table or view.
    pub table: QualifiedName,
    /// WHEN.
    pub when: Option<Expr>,
    /// At least one SELECT, INSERT, UPDATE or DELETE.
    pub body: Vec<Statement>,
}

/// When a trigger fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum TriggerTime {
    /// Written or, for want of anything else, implied.
    Before,
    After,
    InsteadOf,
}

/// What a trigger fires on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum TriggerEvent {
    Insert,
    Delete,
    /// With the columns of OF; empty means any.
    Update {
        of: Vec<Ident>,
    },
}

/// CREATE VIRTUAL TABLE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateVirtualTable {
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// Its name.
    pub name: QualifiedName,
    /// The module.
    pub module: Ident,
    /// The module's arguments; the module alone knows what they mean.
    pub arguments: Vec<ModuleArgument>,
}

/// An argument of a virtual table module: any tokens with balanced parentheses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleArgument {
    /// The source text between the commas, trimmed.
    pub text: String,
    /// Where it is; empty for an empty argument.
    pub span: Span,
    /// The first of its tokens.
    pub first: TokenIndex,
    /// One past the last of its tokens.
    pub end: TokenIndex,
}
