//! INSERT, UPDATE, DELETE and MERGE.

use super::{
    Expr, FromItem, Ident, IndexElement, Indirection, QualifiedName, Query, Relation, Target, With,
};
use crate::text::Span;

/// A statement that reads or changes rows (`PreparableStmt`): what WITH, PREPARE, EXPLAIN, COPY, rules and SQL functions hold.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "the variants are the statements of the language"
)]
pub enum DataStatement {
    Query(Box<Query>),
    Insert(Box<Insert>),
    Update(Box<Update>),
    Delete(Box<Delete>),
    Merge(Box<Merge>),
}

impl DataStatement {
    /// From its first to its last token.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            DataStatement::Query(query) => query.span,
            DataStatement::Insert(insert) => insert.span,
            DataStatement::Update(update) => update.span,
            DataStatement::Delete(delete) => delete.span,
            DataStatement::Merge(merge) => merge.span,
        }
    }
}

/// INSERT.
#[derive(Debug, Clone, PartialEq)]
pub struct Insert {
    /// WITH.
    pub with: Option<With>,
    /// The table.
    pub table: QualifiedName,
    /// AS.
    pub alias: Option<Ident>,
    /// The columns, if they are listed.
    pub columns: Vec<AssignmentTarget>,
    /// OVERRIDING.
    pub overriding: Option<Overriding>,
    /// The rows.
    pub source: InsertSource,
    /// ON CONFLICT.
    pub on_conflict: Option<OnConflict>,
    /// RETURNING; empty when there is none.
    pub returning: Vec<Target>,
    /// From its first to its last token.
    pub span: Span,
}

/// OVERRIDING.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum Overriding {
    UserValue,
    SystemValue,
}

/// The rows of INSERT.
#[derive(Debug, Clone, PartialEq)]
pub enum InsertSource {
    /// DEFAULT VALUES.
    DefaultValues,
    /// VALUES or any other query.
    Query(Box<Query>),
}

/// A column that is given a value, or a part of it: `address.city`, `tags[1]`.
#[derive(Debug, Clone, PartialEq)]
pub struct AssignmentTarget {
    /// The column.
    pub column: Ident,
    /// The part; never a star.
    pub indirection: Vec<Indirection>,
    /// From its first to its last token.
    pub span: Span,
}

/// ON CONFLICT.
#[derive(Debug, Clone, PartialEq)]
pub struct OnConflict {
    /// Which conflict.
    pub target: Option<ConflictTarget>,
    /// What to do then.
    pub action: ConflictAction,
    /// From ON to the last token.
    pub span: Span,
}

/// Which conflict.
#[derive(Debug, Clone, PartialEq)]
pub enum ConflictTarget {
    /// `(columns) WHERE filter`, from which the engine infers the index.
    Inferred {
        /// The columns.
        elements: Vec<IndexElement>,
        /// WHERE.
        filter: Option<Expr>,
        /// From the parenthesis to the last token.
        span: Span,
    },
    /// ON CONSTRAINT.
    Constraint(Ident),
}

/// What to do with a row that conflicts.
#[derive(Debug, Clone, PartialEq)]
pub enum ConflictAction {
    /// DO NOTHING.
    Nothing,
    /// DO UPDATE.
    Update {
        /// SET.
        assignments: Vec<Assignment>,
        /// WHERE.
        filter: Option<Expr>,
    },
}

/// A term of SET.
#[derive(Debug, Clone, PartialEq)]
pub enum Assignment {
    /// `a = 1`
    One {
        /// The column.
        target: AssignmentTarget,
        /// Its value, perhaps DEFAULT.
        value: Expr,
    },
    /// `(a, b) = …`
    Many {
        /// The columns.
        targets: Vec<AssignmentTarget>,
        /// A row or a query; any other expression is left to resolution.
        value: Expr,
    },
}

/// UPDATE.
#[derive(Debug, Clone, PartialEq)]
pub struct Update {
    /// WITH.
    pub with: Option<With>,
    /// The table.
    pub table: Relation,
    /// AS.
    pub alias: Option<Ident>,
    /// SET.
    pub assignments: Vec<Assignment>,
    /// FROM.
    pub from: Vec<FromItem>,
    /// WHERE, perhaps CURRENT OF.
    pub filter: Option<Expr>,
    /// RETURNING; empty when there is none.
    pub returning: Vec<Target>,
    /// From its first to its last token.
    pub span: Span,
}

/// DELETE.
#[derive(Debug, Clone, PartialEq)]
pub struct Delete {
    /// WITH.
    pub with: Option<With>,
    /// The table.
    pub table: Relation,
    /// AS.
    pub alias: Option<Ident>,
    /// USING.
    pub using: Vec<FromItem>,
    /// WHERE, perhaps CURRENT OF.
    pub filter: Option<Expr>,
    /// RETURNING; empty when there is none.
    pub returning: Vec<Target>,
    /// From its first to its last token.
    pub span: Span,
}

/// MERGE.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    /// WITH.
    pub with: Option<With>,
    /// The table.
    pub table: Relation,
    /// AS.
    pub alias: Option<Ident>,
    /// USING.
    pub source: FromItem,
    /// ON.
    pub condition: Expr,
    /// WHEN clauses, at least one.
    pub whens: Vec<MergeWhen>,
    /// RETURNING (since version 17); empty when there is none.
    pub returning: Vec<Target>,
    /// From its first to its last token.
    pub span: Span,
}

/// A WHEN clause of MERGE.
#[derive(Debug, Clone, PartialEq)]
pub struct MergeWhen {
    /// Which rows.
    pub matched: MergeMatch,
    /// AND.
    pub condition: Option<Expr>,
    /// THEN.
    pub action: MergeAction,
    /// From WHEN to the last token.
    pub span: Span,
}

/// Which rows a WHEN clause is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeMatch {
    /// MATCHED.
    Matched,
    /// NOT MATCHED [BY TARGET].
    NotMatchedByTarget,
    /// NOT MATCHED BY SOURCE (since version 17).
    NotMatchedBySource,
}

/// What a WHEN clause does.
#[derive(Debug, Clone, PartialEq)]
pub enum MergeAction {
    /// DO NOTHING.
    Nothing,
    /// UPDATE SET.
    Update(Vec<Assignment>),
    /// DELETE.
    Delete,
    /// INSERT.
    Insert {
        /// The columns, if they are listed.
        columns: Vec<AssignmentTarget>,
        /// OVERRIDING.
        overriding: Option<Overriding>,
        /// VALUES; none for DEFAULT VALUES.
        values: Option<Vec<Expr>>,
    },
}
