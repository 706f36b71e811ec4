//! What the names of an expression can refer to, and what may stand in it.

use super::common_table::Frame;
use super::output::Output;
use super::resolution::Clause;
use super::source::Source;
use crate::sqlite::ast::NamedWindow;
use std::cell::Cell;

/// What surrounds an expression: the names it sees and the rules of its place (the engine's `NameContext`).
///
/// Scopes form a chain from the innermost query outwards. What changes while the clauses of a query are resolved one
/// after the other is kept in cells, because inner scopes hold on to the outer ones.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    /// FROM, or the table that a statement changes.
    pub(super) sources: &'a [Source],
    /// The columns of SELECT, whose aliases the clauses after it may use; empty where they cannot be seen.
    pub(super) outputs: &'a [Output],
    /// The row that an upsert could not insert.
    pub(super) excluded: Option<&'a Source>,
    /// The WINDOW clause.
    pub(super) windows: &'a [NamedWindow],
    /// What kind of place it is.
    pub(super) place: Place,
    /// The scope around the query.
    pub(super) outer: Option<&'a Scope<'a>>,
    /// The common tables that can be seen.
    pub(super) tables: Option<&'a Frame<'a>>,
    /// How many scopes are around it.
    pub(super) depth: usize,
    /// Whether an aggregate function may stand here.
    pub(super) aggregates: Cell<bool>,
    /// Whether a window function may stand here.
    pub(super) window_functions: Cell<bool>,
    /// Whether an aggregate function of this query was seen.
    pub(super) has_aggregate: Cell<bool>,
    /// Whether a window function of this query was seen.
    pub(super) has_window: Cell<bool>,
    /// Which clause is being resolved.
    pub(super) phase: Cell<Phase>,
    /// The last source that the expression being resolved may refer to.
    pub(super) reach: Cell<Option<Reach>>,
    /// What references that are made here are marked with.
    pub(super) clause: Cell<Clause>,
}

/// The kinds of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A query or a change of rows.
    Query,
    /// CHECK.
    Check,
    /// A term of an index.
    IndexTerm,
    /// WHERE of an index.
    IndexFilter,
    /// GENERATED ALWAYS AS.
    Generated,
}

/// The clauses of a query as far as aggregate functions are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// The columns of SELECT: an aggregate function there makes the query an aggregate query.
    Columns,
    /// HAVING and ORDER BY, which may use aggregate functions in an aggregate query only.
    Aggregated {
        /// Whether it is one.
        aggregate: bool,
    },
    /// GROUP BY.
    GroupBy,
    /// WHERE and everything else, where an aggregate function of this query has nothing to work on.
    Rows,
}

/// How far an expression reaches into the sources of its own FROM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reach {
    /// The position of the last source that may be named.
    pub(super) last: usize,
    /// Whether the expression is an argument of a table-valued function, else it is ON.
    pub(super) argument: bool,
}

impl Place {
    /// Whether the expression belongs to a table or an index and is about a single row of it.
    pub(super) fn is_definition(self) -> bool {
        match self {
            Place::Query => false,
            Place::Check | Place::IndexTerm | Place::IndexFilter | Place::Generated => true,
        }
    }

    /// Whether every call must give the same result for the same row.
    pub(super) fn is_deterministic(self) -> bool {
        match self {
            Place::Query | Place::Check => false,
            Place::IndexTerm | Place::IndexFilter | Place::Generated => true,
        }
    }

    /// Whether `table.column` and the rowid are refused.
    pub(super) fn is_unqualified(self) -> bool {
        match self {
            Place::Query | Place::Check | Place::IndexFilter => false,
            Place::IndexTerm | Place::Generated => true,
        }
    }

    /// What to call it.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Place::Query => "a query",
            Place::Check => "a CHECK constraint",
            Place::IndexTerm => "an index",
            Place::IndexFilter => "the WHERE clause of an index",
            Place::Generated => "a generated column",
        }
    }
}

impl<'a> Scope<'a> {
    /// A scope in which there is nothing and aggregate functions may not stand.
    pub(super) fn empty() -> Scope<'a> {
        Scope {
            sources: &[],
            outputs: &[],
            excluded: None,
            windows: &[],
            place: Place::Query,
            outer: None,
            tables: None,
            depth: 0,
            aggregates: Cell::new(false),
            window_functions: Cell::new(false),
            has_aggregate: Cell::new(false),
            has_window: Cell::new(false),
            phase: Cell::new(Phase::Rows),
            reach: Cell::new(None),
            clause: Cell::new(Clause::Other),
        }
    }

    /// A scope with some sources inside another one.
    pub(super) fn within(outer: &'a Scope<'a>, sources: &'a [Source]) -> Scope<'a> {
        Scope {
            sources,
            outer: Some(outer),
            tables: outer.tables,
            depth: outer.depth + 1,
            clause: outer.clause.clone(),
            ..Scope::empty()
        }
    }

    /// The scope and those around it, from the innermost outwards.
    pub(super) fn chain(&self) -> impl Iterator<Item = &Scope<'a>> {
        let mut next = Some(self);
        std::iter::from_fn(move || {
            let scope = next?;
            next = scope.outer;
            Some(scope)
        })
    }
}
