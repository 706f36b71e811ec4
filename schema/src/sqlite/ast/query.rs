//! SELECT and VALUES.

use super::{Expr, QualifiedName, WindowSpecification};
use crate::text::{Ident, Span};

/// A whole query: WITH, the arms of a compound, ORDER BY and LIMIT.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// WITH.
    pub with: Option<With>,
    /// One arm, or those that UNION, EXCEPT and INTERSECT join, which bind equally and to the left.
    pub arms: Vec<QueryArm>,
    /// ORDER BY of the whole.
    pub order_by: Vec<OrderTerm>,
    /// LIMIT of the whole.
    pub limit: Option<Limit>,
    /// From the first to the last token.
    pub span: Span,
    /// The greatest height of its expressions, those of its subqueries included.
    pub height: u32,
}

/// An arm of a compound query.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryArm {
    /// The operator before it; none before the first.
    pub operator: Option<(CompoundOperator, Span)>,
    /// What it selects.
    pub core: SelectCore,
    /// From its first to its last token.
    pub span: Span,
}

/// The operators of compound queries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum CompoundOperator {
    Union,
    UnionAll,
    Except,
    Intersect,
}

/// SELECT or VALUES.
#[derive(Debug, Clone, PartialEq)]
pub enum SelectCore {
    /// SELECT.
    Select(Box<Select>),
    /// VALUES, with at least one row of at least one value. The span covers a row's parentheses.
    Values(Vec<(Vec<Expr>, Span)>),
}

/// SELECT without ORDER BY and LIMIT.
#[derive(Debug, Clone, PartialEq)]
pub struct Select {
    /// DISTINCT.
    pub distinct: bool,
    /// What it returns.
    pub columns: Vec<ResultColumn>,
    /// FROM; empty when there is none.
    pub from: Vec<FromItem>,
    /// WHERE.
    pub filter: Option<Expr>,
    /// GROUP BY.
    pub group_by: Vec<Expr>,
    /// HAVING.
    pub having: Option<Expr>,
    /// WINDOW. The parser checks a window that extends an earlier one of the list, but not the first.
    pub windows: Vec<NamedWindow>,
}

/// A column of a result.
#[derive(Debug, Clone, PartialEq)]
pub enum ResultColumn {
    /// An expression with its alias.
    Expr {
        /// The expression.
        value: Expr,
        /// AS.
        alias: Option<Ident>,
        /// The source text of the expression, from which SQLite makes the name of a column without an alias.
        text: String,
    },
    /// `*`
    Star(Span),
    /// `table.*`
    TableStar(Ident),
}

/// A table, subquery or group in FROM, with the join that ties it to what stands before it.
#[derive(Debug, Clone, PartialEq)]
pub struct FromItem {
    /// How it is joined; a comma without meaning for the first. The parser reports words before JOIN that do not go
    /// together.
    pub join: JoinKind,
    /// What it is.
    pub source: FromSource,
    /// AS.
    pub alias: Option<Ident>,
    /// ON or USING. On the first item it is an error that the parser reports.
    pub constraint: Option<JoinConstraint>,
    /// From its first to its last token.
    pub span: Span,
}

/// What stands in FROM.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum FromSource {
    Table {
        name: QualifiedName,
        hint: Option<IndexHint>,
    },
    /// A table-valued function.
    Function {
        name: QualifiedName,
        arguments: Vec<Expr>,
    },
    Query(Box<Query>),
    /// `( a JOIN b )`
    Group(Vec<FromItem>),
}

/// INDEXED BY or NOT INDEXED.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndexHint {
    /// INDEXED BY.
    By(Ident),
    /// NOT INDEXED.
    None,
}

/// How a FROM item is joined, as `sqlite3JoinType` reads the words before JOIN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinKind {
    /// NATURAL.
    pub natural: bool,
    /// LEFT or FULL: the rows of the left side are kept, so the columns of the right may be NULL.
    pub keeps_left: bool,
    /// RIGHT or FULL: the rows of the right side are kept, so the columns of the left may be NULL.
    pub keeps_right: bool,
    /// CROSS.
    pub cross: bool,
    /// Where the operator is.
    pub span: Span,
    /// Whether the operator is a comma.
    pub comma: bool,
}

/// ON or USING.
#[derive(Debug, Clone, PartialEq)]
pub enum JoinConstraint {
    /// ON.
    On(Expr),
    /// USING.
    Using(Vec<Ident>),
}

/// A term of ORDER BY.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderTerm {
    /// The expression.
    pub value: Expr,
    /// ASC or DESC.
    pub order: Option<SortOrder>,
    /// NULLS, with its span.
    pub nulls: Option<(NullsOrder, Span)>,
}

/// ASC or DESC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum SortOrder {
    Ascending,
    Descending,
}

/// NULLS FIRST or NULLS LAST.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum NullsOrder {
    First,
    Last,
}

/// LIMIT with OFFSET.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// How many rows.
    pub count: Expr,
    /// How many are left out first.
    pub offset: Option<Expr>,
}

/// WITH.
#[derive(Debug, Clone, PartialEq)]
pub struct With {
    /// RECURSIVE, which SQLite ignores.
    pub recursive: bool,
    /// The tables. Two of one name are an error that the parser reports.
    pub tables: Vec<CommonTable>,
}

/// A common table expression.
#[derive(Debug, Clone, PartialEq)]
pub struct CommonTable {
    /// Its name.
    pub name: Ident,
    /// The columns' names, if they are listed.
    pub columns: Vec<Ident>,
    /// MATERIALIZED or NOT MATERIALIZED.
    pub materialized: Option<Materialized>,
    /// What it shows.
    pub query: Query,
}

/// The hint of a common table expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum Materialized {
    Yes,
    No,
}

/// A window of the WINDOW clause.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedWindow {
    /// Its name.
    pub name: Ident,
    /// What it is.
    pub window: WindowSpecification,
}
