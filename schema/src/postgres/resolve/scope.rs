//! What can be named at a place of a query (`ParseState`).

use super::context::Context;
use crate::postgres::ast;
use crate::postgres::tree::{Column, Expr, RangeEntry, SubLink, UNKNOWN};
use crate::postgres::types::ValueType;
use crate::text::Span;
use std::sync::Arc;

/// A query that is being resolved.
#[derive(Default)]
pub(super) struct Level<'a> {
    /// Its range table.
    pub(super) range_table: Vec<RangeEntry>,
    /// What names can refer to, in FROM's order.
    pub(super) items: Vec<Item>,
    /// The common table expressions that its WITH, and those of queries around it in the same clause, have made so far.
    pub(super) common_tables: Vec<CommonTable>,
    /// Names of WITH that come later; naming one gives a hint.
    pub(super) later_common_tables: Vec<Arc<str>>,
    /// Where the expression stands that is being resolved.
    pub(super) context: Context,
    /// Whether the planner looks at all of it, whatever the queries around it use.
    pub(super) planned: bool,
    /// Whether FROM's earlier items can be seen as it is LATERAL.
    pub(super) lateral: bool,
    /// Whether there are aggregates.
    pub(super) has_aggregates: bool,
    /// Whether there are calls with OVER.
    pub(super) has_windows: bool,
    /// Whether its columns may return sets.
    pub(super) has_sets: bool,
    /// How many calls so far return sets.
    pub(super) sets: usize,
    /// WITH changes rows.
    pub(super) has_modifying_common_table: bool,
    /// The windows of WINDOW and of OVER.
    pub(super) windows: Vec<&'a ast::WindowSpecification>,
    /// The names of those of WINDOW.
    pub(super) window_names: Vec<Option<&'a ast::Ident>>,
    /// The entry that a statement changes.
    pub(super) target: Option<usize>,
    /// Whether it is an UPDATE of it, where a part of a value can be replaced.
    pub(super) is_update: bool,
    /// The subqueries of `SET (a, b) = (…)`.
    pub(super) multiple_assignments: Vec<SubLink>,
    /// Whether a string whose type nothing decides is left to the query around; else it becomes text.
    pub(super) leaves_unknowns: bool,
    /// Whether all that is named here is unknown as FROM holds a mistake.
    pub(super) incomplete: bool,
    /// Where each column of it was named: the entry, the column's number, the place.
    pub(super) mentions: Vec<(usize, i16, Span)>,
    /// What each `GROUPING(…)` of it names, from how many queries further in, and where.
    pub(super) groupings: Vec<(Vec<Expr>, usize, Span)>,
    /// Whether it is a subquery of an expression.
    pub(super) in_expression: bool,
    /// The name of the common table expression that this is the query of.
    pub(super) common_table: Option<Arc<str>>,
    /// The part of it that is being resolved, if a recursive query cannot name itself there.
    pub(super) bars_recursion: Option<&'static str>,
}

/// A common table expression that can be named.
#[derive(Debug, Clone)]
pub(super) struct CommonTable {
    pub(super) name: Arc<str>,
    pub(super) columns: Vec<(Arc<str>, ValueType)>,
    /// Whether it gives no rows, as it changes them without RETURNING.
    pub(super) without_rows: Option<Span>,
    /// Its own query is being resolved: what names it is a recursive reference.
    pub(super) open: bool,
    /// A mistake keeps from knowing its columns.
    pub(super) unknown: bool,
    /// How often it was named.
    pub(super) referenced: usize,
    /// Whether its first part is known, so that the second can name it.
    pub(super) begun: bool,
    /// The names of its columns that were written after it.
    pub(super) aliases: Vec<Arc<str>>,
}

impl CommonTable {
    pub(super) fn new(name: &Arc<str>) -> CommonTable {
        CommonTable {
            name: Arc::clone(name),
            columns: Vec::new(),
            without_rows: None,
            open: false,
            unknown: false,
            referenced: 0,
            begun: false,
            aliases: Vec::new(),
        }
    }
}

/// Something in FROM that names can refer to (`ParseNamespaceItem`).
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// The name by which columns are qualified with it.
    pub(super) name: Arc<str>,
    /// Whether the name is an alias: then the schema cannot be written before it.
    pub(super) aliased: bool,
    /// Its columns.
    pub(super) columns: Vec<ItemColumn>,
    /// Its position in the range table.
    pub(super) entry: usize,
    /// Whether its name can be written before a column.
    pub(super) name_visible: bool,
    /// Whether its columns can be named alone.
    pub(super) columns_visible: bool,
    /// Whether only LATERAL items see it.
    pub(super) lateral_only: bool,
    /// Whether they may: not from the right side of a FULL or RIGHT JOIN.
    pub(super) lateral_allowed: bool,
    /// A mistake keeps from knowing its columns.
    pub(super) unknown: bool,
    /// Whether it is a table with system columns.
    pub(super) system_columns: bool,
    /// Whether it gives a value of a type that is no row (`SELECT f FROM generate_series(1, 2) AS f`).
    pub(super) scalar: bool,
    /// Where it stands.
    pub(super) span: Span,
}

/// A column of an item.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ItemColumn {
    /// Its name; empty for one that cannot be named.
    pub(super) name: Arc<str>,
    /// What it stands for; of [`UNKNOWN`] type where a mistake keeps from knowing it.
    pub(super) column: Column,
    /// Whether `*` leaves it out.
    pub(super) hidden: bool,
}

impl ItemColumn {
    /// The column as it is seen from a query so many levels further in.
    pub(super) fn seen_from(&self, levels_up: usize) -> Expr {
        if self.column.typed.oid == UNKNOWN.oid {
            return Expr::Unknown;
        }
        Expr::Column(Column {
            levels_up,
            ..self.column
        })
    }
}
