//! SELECT, VALUES and TABLE.

use super::{
    Argument, DataStatement, Expr, Ident, OperatorName, QualifiedName, TypeName,
    WindowSpecification,
};
use crate::text::Span;

/// A whole query (`SelectStmt`): WITH, a SELECT, VALUES or set operation, ORDER BY, LIMIT, FOR UPDATE. What is written after a
/// query in parentheses belongs to the query itself, as in the engine.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// WITH.
    pub with: Option<With>,
    /// What gives the rows.
    pub body: QueryBody,
    /// ORDER BY.
    pub order_by: Vec<OrderTerm>,
    /// LIMIT, OFFSET and FETCH.
    pub limit: Limit,
    /// FOR UPDATE and its kin.
    pub locking: Vec<Locking>,
    /// From the first to the last token, without parentheses around all of it.
    pub span: Span,
}

/// What gives the rows of a query.
#[derive(Debug, Clone, PartialEq)]
pub enum QueryBody {
    /// SELECT, or TABLE, which is `SELECT *`.
    Select(Box<Select>),
    /// VALUES. At least one row of at least one value; rows of different widths are left to resolution.
    Values(Vec<Vec<Expr>>),
    /// UNION, INTERSECT or EXCEPT.
    SetOperation {
        /// Which.
        operator: SetOperator,
        /// Whether duplicates stay.
        all: bool,
        /// The operator's words.
        operator_span: Span,
        /// Before the operator.
        left: Box<Query>,
        /// After the operator.
        right: Box<Query>,
    },
}

/// UNION, INTERSECT and EXCEPT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum SetOperator {
    Union,
    Intersect,
    Except,
}

/// SELECT without what may follow a set operation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Select {
    /// DISTINCT.
    pub distinct: Option<Distinct>,
    /// What it returns; may be empty.
    pub targets: Vec<Target>,
    /// INTO, which makes it CREATE TABLE AS.
    pub into: Option<Box<SelectInto>>,
    /// FROM; empty when there is none.
    pub from: Vec<FromItem>,
    /// WHERE.
    pub filter: Option<Expr>,
    /// GROUP BY.
    pub group_by: Vec<GroupItem>,
    /// GROUP BY DISTINCT.
    pub group_distinct: bool,
    /// HAVING.
    pub having: Option<Expr>,
    /// WINDOW.
    pub windows: Vec<NamedWindow>,
}

/// DISTINCT.
#[derive(Debug, Clone, PartialEq)]
pub enum Distinct {
    /// `DISTINCT`
    All,
    /// `DISTINCT ON (…)`
    On(Vec<Expr>),
}

/// A column of a result (`target_el`). `*` and `t.*` are columns with a star.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The value.
    pub value: Expr,
    /// Its name, after AS or alone.
    pub label: Option<Ident>,
}

/// INTO of SELECT.
#[derive(Debug, Clone, PartialEq)]
pub struct SelectInto {
    /// TEMPORARY or UNLOGGED.
    pub persistence: Persistence,
    /// The table to be made.
    pub table: QualifiedName,
    /// From INTO to the name.
    pub span: Span,
}

/// How long a relation lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum Persistence {
    Permanent,
    Unlogged,
    Temporary,
}

/// A term of ORDER BY.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderTerm {
    /// The value.
    pub value: Expr,
    /// ASC or DESC.
    pub direction: Option<SortDirection>,
    /// USING operator, in place of a direction.
    pub using: Option<OperatorName>,
    /// NULLS FIRST or NULLS LAST.
    pub nulls: Option<NullsOrder>,
    /// From its first to its last token.
    pub span: Span,
}

/// ASC or DESC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum SortDirection {
    Ascending,
    Descending,
}

/// NULLS FIRST or NULLS LAST.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum NullsOrder {
    First,
    Last,
}

/// LIMIT, OFFSET and FETCH.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Limit {
    /// How many rows; `LIMIT ALL` is the constant NULL, `FETCH FIRST ROW` 1.
    pub count: Option<Expr>,
    /// WITH TIES.
    pub with_ties: bool,
    /// How many are left out first.
    pub offset: Option<Expr>,
}

/// FOR UPDATE and its kin. FOR READ ONLY is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Locking {
    /// Which lock.
    pub strength: LockStrength,
    /// OF; all tables if empty.
    pub of: Vec<QualifiedName>,
    /// What to do when a row is locked.
    pub wait: LockWait,
    /// From FOR to the last token.
    pub span: Span,
}

/// The locks of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum LockStrength {
    KeyShare,
    Share,
    NoKeyUpdate,
    Update,
}

/// What to do when a row is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum LockWait {
    Block,
    SkipLocked,
    NoWait,
}

/// A term of GROUP BY.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupItem {
    /// What it is.
    pub kind: GroupItemKind,
    /// From its first to its last token.
    pub span: Span,
}

/// The kinds of terms of GROUP BY.
#[derive(Debug, Clone, PartialEq)]
pub enum GroupItemKind {
    /// An expression; `(a, b)` is a row.
    Expr(Expr),
    /// `()`
    Empty,
    /// CUBE.
    Cube(Vec<Expr>),
    /// ROLLUP.
    Rollup(Vec<Expr>),
    /// GROUPING SETS.
    Sets(Vec<GroupItem>),
}

/// A window of the WINDOW clause.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedWindow {
    /// Its name.
    pub name: Ident,
    /// What it is.
    pub window: WindowSpecification,
}

/// WITH.
#[derive(Debug, Clone, PartialEq)]
pub struct With {
    /// RECURSIVE.
    pub recursive: bool,
    /// The tables.
    pub tables: Vec<CommonTable>,
    /// From WITH to the last token.
    pub span: Span,
}

/// A common table expression.
#[derive(Debug, Clone, PartialEq)]
pub struct CommonTable {
    /// Its name.
    pub name: Ident,
    /// The columns' names, if they are listed.
    pub columns: Vec<Ident>,
    /// MATERIALIZED or NOT MATERIALIZED.
    pub materialized: Option<bool>,
    /// What gives its rows.
    pub statement: Box<DataStatement>,
    /// SEARCH.
    pub search: Option<Search>,
    /// CYCLE.
    pub cycle: Option<Box<Cycle>>,
    /// From its first to its last token.
    pub span: Span,
}

/// SEARCH.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// BREADTH FIRST; else DEPTH FIRST.
    pub breadth_first: bool,
    /// BY.
    pub columns: Vec<Ident>,
    /// SET.
    pub sequence: Ident,
    /// From SEARCH to the last token.
    pub span: Span,
}

/// CYCLE.
#[derive(Debug, Clone, PartialEq)]
pub struct Cycle {
    /// The columns that are compared.
    pub columns: Vec<Ident>,
    /// SET.
    pub mark: Ident,
    /// TO; TRUE if it is not written.
    pub mark_value: Expr,
    /// DEFAULT; FALSE if it is not written.
    pub mark_default: Expr,
    /// USING.
    pub path: Ident,
    /// From CYCLE to the last token.
    pub span: Span,
}

/// A table, perhaps without its descendants (`relation_expr`).
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// Its name.
    pub name: QualifiedName,
    /// ONLY.
    pub only: bool,
    /// With ONLY or `*`.
    pub span: Span,
}

/// What a FROM item is called.
#[derive(Debug, Clone, PartialEq)]
pub struct Alias {
    /// Its name.
    pub name: Ident,
    /// The names of its first columns.
    pub columns: Vec<Ident>,
    /// From its first to its last token.
    pub span: Span,
}

/// What stands in FROM (`table_ref`).
#[derive(Debug, Clone, PartialEq)]
pub struct FromItem {
    /// What it is.
    pub kind: FromItemKind,
    /// From its first to its last token.
    pub span: Span,
}

/// The kinds of FROM items.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are the clauses of the language")]
pub enum FromItemKind {
    Table {
        relation: Relation,
        alias: Option<Alias>,
        sample: Option<Box<TableSample>>,
    },
    /// A call, or ROWS FROM of one or more.
    Function {
        lateral: bool,
        /// At least one; exactly one unless `rows_from`.
        functions: Vec<RowsFromItem>,
        /// ROWS FROM.
        rows_from: bool,
        /// WITH ORDINALITY.
        ordinality: bool,
        alias: Option<Alias>,
        /// `AS t (a int, b text)`, or `AS (a int)` without an alias.
        columns: Vec<TableFunctionColumn>,
    },
    XmlTable {
        lateral: bool,
        table: Box<XmlTable>,
        alias: Option<Alias>,
    },
    Query {
        lateral: bool,
        query: Box<Query>,
        /// Before version 16 the parser refuses a query without one.
        alias: Option<Alias>,
    },
    Join {
        kind: JoinKind,
        left: Box<FromItem>,
        right: Box<FromItem>,
        condition: JoinCondition,
        /// `(a JOIN b …) AS alias`
        alias: Option<Alias>,
    },
}

/// How two FROM items are joined. CROSS JOIN is an inner join without a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum JoinKind {
    Inner,
    Left,
    Right,
    Full,
}

/// The condition of a join.
#[derive(Debug, Clone, PartialEq)]
pub enum JoinCondition {
    /// CROSS JOIN.
    None,
    /// NATURAL.
    Natural,
    /// ON.
    On(Expr),
    /// USING.
    Using {
        /// The columns.
        columns: Vec<Ident>,
        /// AS.
        alias: Option<Ident>,
    },
}

/// A function in FROM.
#[derive(Debug, Clone, PartialEq)]
pub struct RowsFromItem {
    /// The call: mostly a function call; COALESCE, CAST, `current_date` and the like may stand here, too.
    pub function: Expr,
    /// `AS (a int)` in ROWS FROM.
    pub columns: Vec<TableFunctionColumn>,
}

/// A column of a function in FROM that returns records (`TableFuncElement`).
#[derive(Debug, Clone, PartialEq)]
pub struct TableFunctionColumn {
    /// Its name.
    pub name: Ident,
    /// Its type.
    pub type_name: TypeName,
    /// COLLATE.
    pub collation: Option<QualifiedName>,
    /// From its first to its last token.
    pub span: Span,
}

/// TABLESAMPLE.
#[derive(Debug, Clone, PartialEq)]
pub struct TableSample {
    /// The method: `bernoulli`, `system`.
    pub method: QualifiedName,
    /// Its arguments.
    pub arguments: Vec<Expr>,
    /// REPEATABLE.
    pub repeatable: Option<Expr>,
    /// From TABLESAMPLE to the last token.
    pub span: Span,
}

/// XMLTABLE.
#[derive(Debug, Clone, PartialEq)]
pub struct XmlTable {
    /// XMLNAMESPACES.
    pub namespaces: Vec<XmlNamespace>,
    /// The path of a row.
    pub row: Expr,
    /// PASSING.
    pub document: Expr,
    /// COLUMNS.
    pub columns: Vec<XmlTableColumn>,
    /// From XMLTABLE to the last token.
    pub span: Span,
}

/// A name space of XMLTABLE.
#[derive(Debug, Clone, PartialEq)]
pub struct XmlNamespace {
    /// AS; none for DEFAULT.
    pub name: Option<Ident>,
    /// The URI.
    pub uri: Expr,
}

/// A column of XMLTABLE.
#[derive(Debug, Clone, PartialEq)]
pub struct XmlTableColumn {
    /// Its name.
    pub name: Ident,
    /// What it holds.
    pub kind: XmlTableColumnKind,
    /// From its first to its last token.
    pub span: Span,
}

/// What a column of XMLTABLE holds.
#[derive(Debug, Clone, PartialEq)]
pub enum XmlTableColumnKind {
    /// The row's number.
    Ordinality,
    /// A part of the row.
    Value {
        /// Its type.
        type_name: Box<TypeName>,
        /// PATH.
        path: Option<Box<Expr>>,
        /// DEFAULT.
        default: Option<Box<Expr>>,
        /// NOT NULL.
        not_null: bool,
    },
}

impl Query {
    /// Whether nothing stands beside the body.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.with.is_none()
            && self.order_by.is_empty()
            && self.limit == Limit::default()
            && self.locking.is_empty()
    }
}

impl RowsFromItem {
    /// The arguments of the call, if it is one of a function by its name.
    #[must_use]
    pub fn arguments(&self) -> Option<&[Argument]> {
        match &self.function.kind {
            super::ExprKind::Function(call) => Some(&call.arguments),
            _ => None,
        }
    }
}
