//! CREATE INDEX, sequences, and tables that are made from queries.

use super::{
    Execute, Expr, Ident, IndexElement, OnCommit, Parameter, Persistence, QualifiedName, Query,
    Relation, TypeName,
};
use crate::text::Span;

/// CREATE INDEX.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateIndex {
    /// UNIQUE.
    pub unique: bool,
    /// CONCURRENTLY.
    pub concurrently: Option<Span>,
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// Its name; the engine makes one if there is none.
    pub name: Option<Ident>,
    /// The table.
    pub table: Relation,
    /// USING.
    pub method: Option<Ident>,
    /// At least one.
    pub elements: Vec<IndexElement>,
    /// INCLUDE.
    pub include: Vec<IndexElement>,
    /// NULLS NOT DISTINCT.
    pub nulls_not_distinct: bool,
    /// WITH.
    pub parameters: Vec<Parameter>,
    /// TABLESPACE.
    pub tablespace: Option<Ident>,
    /// WHERE of a partial index.
    pub filter: Option<Expr>,
    /// From its first to its last token.
    pub span: Span,
}

/// CREATE TABLE AS; SELECT INTO is one, too.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateTableAs {
    /// TEMPORARY or UNLOGGED.
    pub persistence: Persistence,
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// Its name.
    pub name: QualifiedName,
    /// The columns' names, if they are listed.
    pub columns: Vec<Ident>,
    /// USING.
    pub access_method: Option<Ident>,
    /// WITH.
    pub parameters: Vec<Parameter>,
    /// ON COMMIT.
    pub on_commit: Option<OnCommit>,
    /// TABLESPACE.
    pub tablespace: Option<Ident>,
    /// Where its rows come from.
    pub source: TableSource,
    /// Whether WITH NO DATA is missing.
    pub with_data: bool,
    /// From its first to its last token.
    pub span: Span,
}

/// Where the rows of a new table come from.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "the variants are the statements of the language"
)]
pub enum TableSource {
    Query(Box<Query>),
    Execute(Execute),
}

/// CREATE SEQUENCE.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateSequence {
    /// TEMPORARY or UNLOGGED.
    pub persistence: Persistence,
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// Its name.
    pub name: QualifiedName,
    /// Its options, in order.
    pub options: Vec<SequenceOption>,
    /// From its first to its last token.
    pub span: Span,
}

/// ALTER SEQUENCE with options.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterSequence {
    /// IF EXISTS.
    pub if_exists: bool,
    /// Its name.
    pub name: QualifiedName,
    /// At least one.
    pub options: Vec<SequenceOption>,
    /// From its first to its last token.
    pub span: Span,
}

/// An option of a sequence.
#[derive(Debug, Clone, PartialEq)]
pub struct SequenceOption {
    /// What it says.
    pub kind: SequenceOptionKind,
    /// From its first to its last token.
    pub span: Span,
}

/// What an option of a sequence says.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum SequenceOptionKind {
    As(TypeName),
    Cache(Number),
    Cycle(bool),
    Increment(Number),
    /// None for NO MAXVALUE.
    MaxValue(Option<Number>),
    /// None for NO MINVALUE.
    MinValue(Option<Number>),
    Start(Number),
    /// RESTART, perhaps WITH a value.
    Restart(Option<Number>),
    /// A column, or `none`.
    OwnedBy(Vec<Ident>),
    /// SEQUENCE NAME, of an identity column.
    Name(QualifiedName),
    /// LOGGED or UNLOGGED, of an identity column (since version 18).
    Logged(bool),
}

/// A number with its sign, as written but for `_` (`NumericOnly`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Such as `-5`, `1.5e3` or `0x1F`.
    pub text: Box<str>,
    /// Where it is.
    pub span: Span,
}
