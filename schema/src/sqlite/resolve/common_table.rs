//! Common tables: WITH.

use super::named::Named;
use super::output::{Naming, Rows};
use super::query::{Arm, Purpose};
use super::resolver::Resolver;
use super::scope::Scope;
use super::source::SourceColumn;
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::{CommonTable, CompoundOperator, FromSource, QueryArm, SelectCore, With};
use crate::sqlite::catalog::Content;
use crate::text::{Ident, Span};
use std::cell::RefCell;

/// A WITH clause and what has become of its tables.
///
/// The engine looks at a common table where it is used, as often as it is used, and at one that is not used never. Its
/// names see what is around the place of use. A table is resolved again only if that matters.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    tables: &'a [CommonTable],
    states: RefCell<Vec<State>>,
    outer: Option<&'a Frame<'a>>,
}

#[derive(Debug, Clone)]
enum State {
    /// Not used yet.
    New,
    /// Being resolved; another use now is a mistake.
    Busy(Misuse),
    /// Resolved.
    Done(Table),
}

/// What a use of a table within its own query is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Misuse {
    /// The table needs itself to begin with.
    Circular,
    /// Besides the one that makes it recursive.
    SecondReference,
}

/// A common table that is resolved.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Its columns.
    pub(super) columns: Named<SourceColumn>,
    /// Whether it may have others that are not known.
    pub(super) open: bool,
    /// Whether its names see something around the place of use.
    dependent: bool,
    /// How many sources it takes.
    cursors: usize,
}

/// The table that the recursive arms of a common table read.
#[derive(Debug, Clone)]
pub(super) struct Recursion<'a> {
    /// Its name.
    pub(super) name: &'a Ident,
    /// Its columns.
    pub(super) columns: Named<SourceColumn>,
    /// Whether it may have others that are not known.
    pub(super) open: bool,
}

/// The most sources that a statement with common tables can have.
const MOST_SOURCES: usize = 1000;

impl<'a> Frame<'a> {
    /// A WITH clause inside what is around it.
    pub(super) fn new(with: &'a With, outer: Option<&'a Frame<'a>>) -> Frame<'a> {
        Frame {
            tables: &with.tables,
            states: RefCell::new(vec![State::New; with.tables.len()]),
            outer,
        }
    }

    /// The nearest clause that has a table of this name, and the table's position in it.
    pub(super) fn find(&self, name: &str) -> Option<(&Frame<'a>, usize)> {
        let mut frame = self;
        loop {
            let found = frame
                .tables
                .iter()
                .position(|table| table.name.name.eq_ignore_ascii_case(name));
            match (found, frame.outer) {
                (Some(position), _) => return Some((frame, position)),
                (None, Some(outer)) => frame = outer,
                (None, None) => return None,
            }
        }
    }

    /// The names of all tables that can be seen.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        let mut next = Some(self);
        while let Some(frame) = next {
            names.extend(frame.tables.iter().map(|table| &*table.name.name));
            next = frame.outer;
        }
        names
    }

    fn state(&self, position: usize) -> State {
        let states = self.states.borrow();
        states.get(position).cloned().unwrap_or(State::New)
    }

    fn set(&self, position: usize, state: State) {
        if let Some(slot) = self.states.borrow_mut().get_mut(position) {
            *slot = state;
        }
    }
}

impl Resolver<'_> {
    /// Resolves a common table at a place of use; `outer` is what is around the query that uses it.
    pub(super) fn common_table(
        &mut self,
        frame: &Frame<'_>,
        position: usize,
        span: Span,
        outer: &Scope<'_>,
    ) -> Option<Table> {
        let common = frame.tables.get(position)?;
        match frame.state(position) {
            State::New => {}
            State::Busy(misuse) => {
                let name = &common.name.name;
                self.report_table(match misuse {
                    Misuse::Circular => errors::circular_common_table(span, name),
                    Misuse::SecondReference => errors::second_recursive_reference(span, name),
                });
                return None;
            }
            State::Done(table) if !table.dependent => {
                // A chain of tables that each read the one before twice doubles it, which soon is too much for a number.
                let cursors = self.memory.nested_cursors.saturating_add(table.cursors);
                self.memory.nested_cursors = cursors.min(MOST_SOURCES);
                self.check_nesting(span);
                return Some(table);
            }
            State::Done(_) => {}
        }
        if !self.check_nesting(span) {
            return None;
        }
        let used = self.sources_used();
        let reached = std::mem::replace(&mut self.reached, usize::MAX);
        let scope = Scope {
            tables: Some(frame),
            ..Scope::within(outer, &[])
        };
        let (columns, open) = self.common_table_columns(frame, position, common, &scope);
        let dependent = self.reached < scope.depth;
        self.reached = self.reached.min(reached);
        let table = Table {
            columns,
            open,
            dependent,
            cursors: self.sources_used().saturating_sub(used),
        };
        frame.set(position, State::Done(table.clone()));
        Some(table)
    }

    /// Resolves the tables that nothing uses for their references: the engine never looks at them.
    pub(super) fn unused_common_tables(&mut self, frame: &Frame<'_>, outer: &Scope<'_>) {
        for (position, table) in frame.tables.iter().enumerate() {
            if let State::New = frame.state(position) {
                self.unchecked(|resolver| {
                    resolver.common_table(frame, position, table.name.span, outer);
                });
            }
        }
    }

    fn sources_used(&self) -> usize {
        self.memory.nested_cursors + self.cursors() as usize
    }

    fn check_nesting(&mut self, span: Span) -> bool {
        let fits = self.sources_used() < MOST_SOURCES;
        if !fits && !self.memory.nested_too_deep {
            self.memory.nested_too_deep = true;
            self.report_table(errors::nested_too_deep(span));
        }
        fits
    }

    fn common_table_columns(
        &mut self,
        frame: &Frame<'_>,
        position: usize,
        common: &CommonTable,
        scope: &Scope<'_>,
    ) -> (Named<SourceColumn>, bool) {
        let arms = &common.query.arms;
        let first = self.first_recursive_arm(common);
        frame.set(position, State::Busy(Misuse::Circular));
        if first == arms.len() {
            let rows = self.query(&common.query, scope);
            return self.named_columns(common, &rows);
        }
        let mut result = None;
        self.with(common.query.with.as_ref(), scope, |resolver, scope| {
            let setup = arms.get(..first).unwrap_or_default();
            let (rows, setup) = resolver.arms(setup, Purpose::default(), scope);
            let (columns, open) = resolver.named_columns(common, &rows);
            frame.set(position, State::Busy(Misuse::SecondReference));
            let recursion = Recursion {
                name: &common.name,
                columns: untyped(&columns),
                open,
            };
            let recursive = arms.get(first..).unwrap_or_default();
            let purpose = Purpose {
                recursion: Some(&recursion),
                ..Purpose::default()
            };
            let (next, more) = resolver.arms(recursive, purpose, scope);
            resolver.check_recursive_arms(recursive, &more);
            let columns = with_values_of(&columns, &next);
            let all = setup.iter().chain(&more);
            let all: Vec<_> = all.collect();
            resolver.check_arms(arms, &all);
            resolver.compound_order(&common.query.order_by, &all, scope);
            resolver.limit(common.query.limit.as_ref(), scope);
            result = Some((columns, open));
        });
        result.unwrap_or_else(|| (Named::default(), true))
    }

    fn named_columns(&mut self, common: &CommonTable, rows: &Rows) -> (Named<SourceColumn>, bool) {
        self.need_collations(rows);
        if common.columns.is_empty() {
            return (
                rows.source_columns(Naming::Written).into(),
                !rows.columns.complete,
            );
        }
        let names: Vec<_> = common
            .columns
            .iter()
            .map(|column| column.name.clone())
            .collect();
        match rows.renamed_columns(&names) {
            Some(columns) => (columns.into(), false),
            None => {
                if let Some(width) = rows.width() {
                    self.report_table(errors::common_table_width(
                        common.name.span,
                        &common.name.name,
                        names.len(),
                        width,
                    ));
                }
                (Named::default(), true)
            }
        }
    }

    /// The position of the first of the recursive arms, which are the last ones; the number of arms if there is none.
    fn first_recursive_arm(&mut self, common: &CommonTable) -> usize {
        let arms = &common.query.arms;
        let operator = |arm: &QueryArm| arm.operator.map(|(operator, _)| operator);
        let joined_by = arms.last().and_then(operator);
        let recursive_operator = matches!(
            joined_by,
            Some(CompoundOperator::Union | CompoundOperator::UnionAll)
        );
        let mut first = arms.len();
        while recursive_operator
            && let Some(arm) = first.checked_sub(1).and_then(|last| arms.get(last))
            && operator(arm) == joined_by
        {
            let references = references(arm, &common.name);
            if let [_, second, ..] = references.as_slice() {
                self.report_table(errors::second_recursive_reference(
                    *second,
                    &common.name.name,
                ));
            }
            if references.is_empty() {
                break;
            }
            first -= 1;
        }
        first
    }

    fn check_recursive_arms(&mut self, arms: &[QueryArm], resolved: &[Arm]) {
        for (arm, resolved) in arms.iter().zip(resolved) {
            if resolved.aggregate {
                self.report(errors::recursive_aggregate(arm.span));
            }
        }
        if let (Some(arm), Some(true)) = (arms.last(), resolved.last().map(|arm| arm.window)) {
            self.report(errors::recursive_window(arm.span));
        }
    }
}

/// Where the FROM clause of an arm names a table, groups and subqueries aside.
fn references(arm: &QueryArm, name: &Ident) -> Vec<Span> {
    let SelectCore::Select(select) = &arm.core else {
        return Vec::new();
    };
    super::from::terms(&select.from)
        .iter()
        .filter_map(|term| recursive_reference(term.source, name))
        .collect()
}

/// Where a FROM item names the common table that it belongs to.
pub(super) fn recursive_reference(source: &FromSource, name: &Ident) -> Option<Span> {
    match source {
        FromSource::Table { name: table, .. } => (table.database.is_none()
            && table.name.name.eq_ignore_ascii_case(&name.name))
        .then_some(table.name.span),
        FromSource::Function { .. } | FromSource::Query(_) | FromSource::Group(_) => None,
    }
}

/// The columns as the recursive arms see them: their types are not known yet.
fn untyped(columns: &[SourceColumn]) -> Named<SourceColumn> {
    columns
        .iter()
        .map(|column| SourceColumn {
            declared_type: None,
            passed_type: None,
            affinity: None,
            content: Content::ANY,
            finite: false,
            origin: None,
            ..column.clone()
        })
        .collect()
}

/// The columns of the setup with what the recursive arms add to their values, NULL included.
fn with_values_of(columns: &[SourceColumn], recursive: &Rows) -> Named<SourceColumn> {
    let added = recursive.source_columns(Naming::Written);
    let kept = columns
        .iter()
        .zip(&added)
        .all(|(column, added)| column.nullable || !added.nullable);
    columns
        .iter()
        .zip(&added)
        .map(|(column, added)| SourceColumn {
            nullable: column.nullable || !kept,
            content: column.content.clone().or(&added.content),
            finite: false,
            origin: None,
            ..column.clone()
        })
        .collect()
}
