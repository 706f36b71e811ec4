//! The session: parameters, prepared statements, cursors, locks; and the upkeep of the database.

use super::{DataStatement, Expr, Ident, Parameter, QualifiedName, Query, Relation, TypeName};
use crate::text::Span;

/// SET or RESET, of the session, of a transaction, or kept with a function, role or database.
#[derive(Debug, Clone, PartialEq)]
pub struct SetParameter {
    /// The parameter as its name is written, with dots between its parts: `search_path`, `app.user`; `timezone` for TIME ZONE,
    /// `transaction_isolation` and its kin where SET TRANSACTION sets them.
    pub name: Ident,
    /// LOCAL.
    pub local: bool,
    /// What it is set to.
    pub value: SetValue,
    /// From its first to its last token.
    pub span: Span,
}

/// What a parameter is set to.
#[derive(Debug, Clone, PartialEq)]
pub enum SetValue {
    /// Values with commas between them.
    Values(Vec<SetTerm>),
    /// TO DEFAULT, or RESET.
    Default,
    /// FROM CURRENT.
    Current,
    /// RESET ALL.
    ResetAll,
}

/// A value of SET.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetTerm {
    /// The value as a text.
    pub text: Box<str>,
    /// Whether it is an interval: the time zone can be one.
    pub interval: bool,
    /// Where it is.
    pub span: Span,
}

/// SET CONSTRAINTS.
#[derive(Debug, Clone, PartialEq)]
pub struct SetConstraints {
    /// The constraints; none for ALL.
    pub names: Vec<QualifiedName>,
    /// DEFERRED; IMMEDIATE otherwise.
    pub deferred: bool,
    /// From its first to its last token.
    pub span: Span,
}

/// SHOW.
#[derive(Debug, Clone, PartialEq)]
pub struct Show {
    /// The parameter; nothing for ALL.
    pub name: Option<Ident>,
}

/// DISCARD.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum Discard {
    All,
    Temporary,
    Plans,
    Sequences,
}

/// PREPARE.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepare {
    /// Its name.
    pub name: Ident,
    /// The types of its parameters, those that are listed.
    pub types: Vec<TypeName>,
    /// What is prepared.
    pub statement: DataStatement,
}

/// EXECUTE.
#[derive(Debug, Clone, PartialEq)]
pub struct Execute {
    /// What was prepared.
    pub name: Ident,
    /// The parameters.
    pub arguments: Vec<Expr>,
    /// From its first to its last token.
    pub span: Span,
}

/// DECLARE … CURSOR.
#[derive(Debug, Clone, PartialEq)]
pub struct DeclareCursor {
    /// Its name.
    pub name: Ident,
    /// WITH HOLD.
    pub hold: bool,
    /// The query.
    pub query: Box<Query>,
    /// From its first to its last token.
    pub span: Span,
}

/// LOCK TABLE.
#[derive(Debug, Clone, PartialEq)]
pub struct Lock {
    /// The tables.
    pub tables: Vec<Relation>,
    /// From its first to its last token.
    pub span: Span,
}

/// COPY.
#[derive(Debug, Clone, PartialEq)]
pub struct Copy {
    /// What is copied.
    pub source: CopySource,
    /// FROM; TO otherwise.
    pub from: bool,
    /// From or to where.
    pub place: CopyPlace,
    /// WITH (…), or the same in the old syntax.
    pub options: Vec<Parameter>,
    /// WHERE.
    pub condition: Option<Box<Expr>>,
    /// From its first to its last token.
    pub span: Span,
}

/// What COPY copies.
#[derive(Debug, Clone, PartialEq)]
pub enum CopySource {
    /// A table, and its columns if they are listed.
    Table(QualifiedName, Vec<Ident>),
    /// A statement that gives rows.
    Statement(Box<DataStatement>),
}

/// From or to where COPY copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the words of the language")]
pub enum CopyPlace {
    Client,
    File,
    Program,
}

/// VACUUM or ANALYZE.
#[derive(Debug, Clone, PartialEq)]
pub struct Vacuum {
    /// VACUUM; ANALYZE otherwise.
    pub vacuum: bool,
    /// The options.
    pub options: Vec<Parameter>,
    /// The tables, with their columns if they are listed; none for all.
    pub tables: Vec<(QualifiedName, Vec<Ident>)>,
    /// From its first to its last token.
    pub span: Span,
}

/// REINDEX.
#[derive(Debug, Clone, PartialEq)]
pub struct Reindex {
    /// The options.
    pub options: Vec<Parameter>,
    /// What is rebuilt.
    pub target: ReindexTarget,
    /// CONCURRENTLY.
    pub concurrently: Option<Span>,
    /// From its first to its last token.
    pub span: Span,
}

/// What REINDEX rebuilds.
#[derive(Debug, Clone, PartialEq)]
pub enum ReindexTarget {
    /// INDEX.
    Index(QualifiedName),
    /// TABLE.
    Table(QualifiedName),
    /// SCHEMA.
    Schema(Ident),
    /// DATABASE; since version 16 without its name.
    Database(Option<Ident>),
    /// SYSTEM; since version 16 without its name.
    System(Option<Ident>),
}

/// CLUSTER.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// The options in parentheses.
    pub options: Vec<Parameter>,
    /// The table; nothing for all that were clustered before.
    pub table: Option<QualifiedName>,
    /// USING, or the index before ON.
    pub index: Option<Ident>,
    /// From its first to its last token.
    pub span: Span,
}

/// TRUNCATE.
#[derive(Debug, Clone, PartialEq)]
pub struct Truncate {
    /// At least one.
    pub tables: Vec<Relation>,
    /// RESTART IDENTITY.
    pub restart_identity: bool,
    /// CASCADE.
    pub cascade: bool,
    /// From its first to its last token.
    pub span: Span,
}

/// EXPLAIN.
#[derive(Debug, Clone, PartialEq)]
pub struct Explain {
    /// The options; ANALYZE and VERBOSE without parentheses are options, too.
    pub options: Vec<Parameter>,
    /// What is explained.
    pub statement: Box<super::Statement>,
}
