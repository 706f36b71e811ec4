//! Queries: `parsenodes.h`.

use super::expr::Expr;
use super::from::{FromItem, RangeEntry};
use crate::postgres::types::{Oid, ValueType};
use std::sync::Arc;

/// A query, or a statement that changes rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// What it does.
    pub command: Command,
    /// WITH.
    pub common_tables: Vec<CommonTable>,
    /// WITH RECURSIVE.
    pub recursive: bool,
    /// All that it reads from or writes to. Columns refer to it by position.
    pub range_table: Vec<RangeEntry>,
    /// The entry that is written to.
    pub result: Option<usize>,
    /// FROM, or USING.
    pub from: Vec<FromItem>,
    /// WHERE.
    pub filter: Option<Expr>,
    /// The columns of a SELECT, or the values of INSERT and UPDATE.
    pub targets: Vec<Target>,
    /// OVERRIDING.
    pub overriding: Option<Overriding>,
    /// ON CONFLICT.
    pub on_conflict: Option<Box<OnConflict>>,
    /// RETURNING.
    pub returning: Vec<Target>,
    /// GROUP BY.
    pub group_by: Vec<SortTerm>,
    /// GROUP BY DISTINCT.
    pub group_distinct: bool,
    /// The grouping sets, if GROUP BY is written with them.
    pub grouping_sets: Vec<GroupingSet>,
    /// HAVING.
    pub having: Option<Expr>,
    /// WINDOW, and the windows that are written at their calls.
    pub windows: Vec<Window>,
    /// DISTINCT.
    pub distinct: Distinct,
    /// ORDER BY.
    pub order_by: Vec<SortTerm>,
    /// OFFSET.
    pub offset: Option<Expr>,
    /// LIMIT; a NULL constant for `LIMIT ALL`.
    pub limit: Option<Expr>,
    /// `WITH TIES`.
    pub with_ties: bool,
    /// FOR UPDATE and its like.
    pub row_locks: Vec<RowLock>,
    /// UNION and its like; then the targets are those of the leftmost query, by the types of all.
    pub set_operation: Option<Box<SetOperation>>,
    /// The WHENs of MERGE.
    pub merge_actions: Vec<MergeAction>,
    /// Primary keys that let columns stand without being grouped by.
    pub constraint_dependencies: Vec<Oid>,
    /// Whether there are aggregates (`hasAggs`).
    pub has_aggregates: bool,
    /// Whether the columns may return sets (`hasTargetSRFs`).
    pub has_sets: bool,
    /// Whether WITH changes rows (`hasModifyingCTE`).
    pub has_modifying_common_table: bool,
}

/// What a query does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[allow(missing_docs)]
pub enum Command {
    #[default]
    Select,
    Insert,
    Update,
    Delete,
    Merge,
}

/// A column of the result, or a value for a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The expression.
    pub expression: Expr,
    /// The column's name; none for a column that is not returned, and where it has none.
    pub name: Option<Arc<str>>,
    /// Its number from 1; in INSERT and UPDATE that of the table's column (`resno`).
    pub number: i16,
    /// Whether it is there for ORDER BY or GROUP BY only.
    pub junk: bool,
    /// By which [`SortTerm::target`] sorts and groups refer to it; 0 if none does (`ressortgroupref`).
    pub sort_reference: usize,
    /// The column of a table that it is, seen through subqueries and joins (`resorigtbl`, `resorigcol`).
    pub origin: Option<Origin>,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// The relation.
    pub relation: Oid,
    /// The column's number.
    pub column: i16,
}

/// A term of ORDER BY, GROUP BY or DISTINCT (`SortGroupClause`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SortTerm {
    /// The [`sort_reference`](Target::sort_reference) of its target.
    pub target: usize,
    /// The equality operator.
    pub equality: Oid,
    /// The operator that sorts; none where the type has only equality.
    pub sort: Option<Oid>,
    /// NULLS FIRST.
    pub nulls_first: bool,
    /// Whether values can be hashed.
    pub hashable: bool,
}

/// DISTINCT.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Distinct {
    /// Not there.
    #[default]
    No,
    /// DISTINCT.
    All(Vec<SortTerm>),
    /// DISTINCT ON.
    On(Vec<SortTerm>),
}

/// A part of GROUP BY with grouping sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupingSet {
    /// `()`.
    Empty,
    /// Columns, by their [`SortTerm::target`].
    Simple(Vec<usize>),
    /// ROLLUP.
    Rollup(Vec<GroupingSet>),
    /// CUBE.
    Cube(Vec<GroupingSet>),
    /// GROUPING SETS.
    Sets(Vec<GroupingSet>),
}

/// A window.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// Its name in WINDOW.
    pub name: Option<Arc<str>>,
    /// The window that it extends.
    pub extends: Option<Arc<str>>,
    /// PARTITION BY.
    pub partition_by: Vec<SortTerm>,
    /// ORDER BY.
    pub order_by: Vec<SortTerm>,
    /// The frame, if one was written.
    pub frame: Option<WindowFrame>,
    /// Whether ORDER BY is that of the window that it extends.
    pub copied_order: bool,
}

/// The frame of a window.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowFrame {
    /// RANGE, ROWS or GROUPS.
    pub mode: FrameMode,
    /// Where it starts.
    pub start: FrameBound,
    /// Where it ends, if written with BETWEEN.
    pub end: Option<FrameBound>,
    /// EXCLUDE.
    pub exclusion: Option<FrameExclusion>,
}

/// What a frame counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum FrameMode {
    Range,
    Rows,
    Groups,
}

/// A bound of a frame.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum FrameBound {
    UnboundedPreceding,
    Preceding(Expr),
    CurrentRow,
    Following(Expr),
    UnboundedFollowing,
}

/// What a frame leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum FrameExclusion {
    CurrentRow,
    Group,
    Ties,
    NoOthers,
}

/// A common table expression.
#[derive(Debug, Clone, PartialEq)]
pub struct CommonTable {
    /// Its name.
    pub name: Arc<str>,
    /// The names of its columns that were written after it.
    pub aliases: Vec<Arc<str>>,
    /// MATERIALIZED or NOT MATERIALIZED.
    pub materialized: Materialized,
    /// The query.
    pub query: Query,
    /// Whether it refers to itself.
    pub recursive: bool,
    /// The names of its columns.
    pub columns: Vec<Arc<str>>,
    /// The types of its columns.
    pub types: Vec<ValueType>,
    /// SEARCH.
    pub search: Option<Search>,
    /// CYCLE.
    pub cycle: Option<Box<Cycle>>,
}

/// Whether a common table expression is computed once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Materialized {
    Default,
    Always,
    Never,
}

/// SEARCH … FIRST BY … SET ….
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// BREADTH FIRST rather than DEPTH FIRST.
    pub breadth: bool,
    /// BY.
    pub columns: Vec<Arc<str>>,
    /// SET.
    pub sequence: Arc<str>,
}

/// CYCLE … SET … USING ….
#[derive(Debug, Clone, PartialEq)]
pub struct Cycle {
    /// The columns.
    pub columns: Vec<Arc<str>>,
    /// SET.
    pub mark: Arc<str>,
    /// TO.
    pub value: Expr,
    /// DEFAULT.
    pub default: Expr,
    /// USING.
    pub path: Arc<str>,
    /// The type of the mark.
    pub mark_type: ValueType,
    /// The operator by which marks differ.
    pub inequality: Oid,
}

/// UNION, INTERSECT, EXCEPT.
#[derive(Debug, Clone, PartialEq)]
pub struct SetOperation {
    /// Which one.
    pub kind: SetKind,
    /// ALL.
    pub all: bool,
    /// The left side.
    pub left: SetOperand,
    /// The right side.
    pub right: SetOperand,
    /// The types of the columns.
    pub columns: Vec<ValueType>,
    /// How rows are told apart; empty with ALL.
    pub groups: Vec<SortTerm>,
}

/// Which set operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum SetKind {
    Union,
    Intersect,
    Except,
}

/// A side of a set operation.
#[derive(Debug, Clone, PartialEq)]
pub enum SetOperand {
    /// A query, by its entry in the range table.
    Entry(usize),
    /// Another set operation.
    Operation(Box<SetOperation>),
}

/// FOR UPDATE and its like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowLock {
    /// The entry that is locked.
    pub entry: usize,
    /// How strongly.
    pub strength: LockStrength,
    /// What to do if it is locked already.
    pub wait: LockWait,
    /// Whether it was pushed down from the query around it.
    pub pushed_down: bool,
}

/// How strongly rows are locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum LockStrength {
    KeyShare,
    Share,
    NoKeyUpdate,
    Update,
}

/// What to do with locked rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum LockWait {
    Block,
    SkipLocked,
    NoWait,
}

/// OVERRIDING … VALUE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Overriding {
    System,
    User,
}

/// ON CONFLICT.
#[derive(Debug, Clone, PartialEq)]
pub struct OnConflict {
    /// What is in conflict: columns and expressions, unless a constraint is named.
    pub elements: Vec<ConflictElement>,
    /// The WHERE of the target.
    pub filter: Option<Expr>,
    /// ON CONSTRAINT.
    pub constraint: Option<Oid>,
    /// What is done.
    pub action: ConflictAction,
    /// The entry `excluded`.
    pub excluded: Option<usize>,
}

/// A term of a conflict target.
#[derive(Debug, Clone, PartialEq)]
pub struct ConflictElement {
    /// The column or expression.
    pub expression: Expr,
    /// COLLATE, if written.
    pub collation: Option<Oid>,
    /// The operator class, if written.
    pub operator_class: Option<Oid>,
}

/// What is done about a conflict.
#[derive(Debug, Clone, PartialEq)]
pub enum ConflictAction {
    /// DO NOTHING.
    Nothing,
    /// DO UPDATE.
    Update {
        /// SET.
        set: Vec<Target>,
        /// WHERE.
        filter: Option<Expr>,
    },
}

/// A WHEN of MERGE.
#[derive(Debug, Clone, PartialEq)]
pub struct MergeAction {
    /// For which rows.
    pub matched: MergeMatch,
    /// AND.
    pub condition: Option<Expr>,
    /// What is done; none for DO NOTHING.
    pub command: Option<Command>,
    /// OVERRIDING.
    pub overriding: Option<Overriding>,
    /// The values.
    pub targets: Vec<Target>,
}

/// Which rows a WHEN of MERGE is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum MergeMatch {
    Matched,
    NotMatchedByTarget,
    NotMatchedBySource,
}
