//! What a migration does with rows: where it copies them, which columns it fills, and what it drops.
//!
//! Tables and columns are known by the place that created them, so that a new name or position changes nothing.

use super::Replay;
use super::changed::Changed;
use super::left_out::How;
use crate::catalog::Key;
use crate::sqlite::ast::{
    Assignment, ConflictAction, Insert, InsertSource, QualifiedName, Query, ResultColumn,
    SelectCore, Update, With,
};
use crate::sqlite::catalog::{Catalog, Column, ObjectPath, Relation, Table};
use crate::sqlite::resolve::{Reference, Target};
use crate::text::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the statements of the current migration did with rows, in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    /// The copies from one table to another, or to other columns.
    pub(crate) copies: Vec<Copy>,
    /// The columns that were written to.
    pub(crate) written: BTreeSet<Span>,
    /// Those of them into which something else than constants was put.
    pub(crate) computed: BTreeSet<Span>,
    /// What was taken away from tables that stay.
    pub(crate) changed: Vec<Changed>,
    /// The tables and columns that were dropped.
    pub(crate) dropped: Vec<Dropped>,
}

/// A statement that reads the rows of a table to write them elsewhere.
#[derive(Debug, Clone)]
pub(crate) struct Copy {
    /// The table that is read.
    pub(crate) from: Span,
    /// The table that is written.
    pub(crate) to: Span,
    /// The same, as it was then.
    pub(crate) into: Arc<Table>,
    /// What is read of `from`.
    pub(crate) columns: Columns,
    /// What keeps rows out.
    pub(crate) left_out: Option<LeftOut>,
    /// The name of the table that is written.
    pub(crate) span: Span,
}

/// Which columns a copy reads.
#[derive(Debug, Clone)]
pub(crate) enum Columns {
    /// `*`.
    All,
    /// Those that it names.
    Named(BTreeSet<Identity>),
}

/// A clause that keeps rows out of a copy.
#[derive(Debug, Clone)]
pub(crate) struct LeftOut {
    pub(crate) place: Span,
    pub(crate) how: How,
    /// The columns that it reads.
    pub(crate) by: BTreeSet<Span>,
}

/// What was dropped.
#[derive(Debug, Clone)]
pub(crate) enum Dropped {
    Table {
        table: Arc<Table>,
        /// Its name in the statement.
        span: Span,
    },
    Column {
        table: Arc<Table>,
        column: Box<Column>,
        /// Its name in the statement.
        span: Span,
    },
}

impl Rows {
    /// What the statements of an up file and then those of its down file did. Which rows the latter leaves out may be those
    /// that the former has made, so that all of them count as copied back.
    pub(crate) fn and_back(&self, down: &Rows) -> Rows {
        let mut rows = self.clone();
        let back = down.copies.iter().cloned();
        rows.copies.extend(back.map(|copy| Copy {
            left_out: None,
            ..copy
        }));
        rows.written.extend(down.written.iter().copied());
        rows.computed.extend(down.computed.iter().copied());
        rows.changed.extend(down.changed.iter().cloned());
        rows.dropped.extend(down.dropped.iter().cloned());
        rows
    }
}

impl Columns {
    pub(crate) fn contains(&self, column: &Identity) -> bool {
        match self {
            Columns::All => true,
            Columns::Named(columns) => columns.contains(column),
        }
    }
}

/// How a column is known: CREATE TABLE … AS creates all of its columns in one place.
pub(crate) type Identity = (Span, Key);

pub(crate) fn identity(column: &Column) -> Identity {
    (column.provenance.created, Key::new(&column.name))
}

impl Replay {
    /// Takes in what INSERT writes, and reads.
    pub(super) fn rows_inserted(&mut self, insert: &Insert, references: &[Reference]) {
        let Some(target) = self.table_named(&insert.target.name) else {
            return;
        };
        let is_listed = |column: &&Column| {
            let mut listed = insert.columns.iter();
            insert.columns.is_empty()
                || listed.any(|name| name.name.eq_ignore_ascii_case(&column.name))
        };
        self.values_inserted(insert, &target);
        let written = target.columns.iter().filter(is_listed);
        self.rows
            .written
            .extend(written.map(|column| column.provenance.created));
        for upsert in &insert.upserts {
            if let ConflictAction::Update { assignments, .. } = &upsert.action {
                self.rows_assigned(&target, assignments);
            }
        }
        if let InsertSource::Query(query) = &insert.source {
            let own: BTreeSet<Span> = insert.columns.iter().map(|name| name.span).collect();
            let span = insert.target.name.name.span;
            let read = Reading {
                all: shows_all(query, insert.with.as_ref()),
                left_out: self.left_out_of_insert(insert, query, &target, references),
                written: &own,
            };
            self.rows_copied(&target, span, &read, references);
        }
    }

    /// Takes in what CREATE TABLE … AS reads.
    pub(super) fn rows_selected(
        &mut self,
        made: &Arc<Table>,
        query: &Query,
        references: &[Reference],
    ) {
        let read = Reading {
            all: shows_all(query, None),
            left_out: self.left_out(query, None, made, references),
            written: &BTreeSet::new(),
        };
        let written = made.columns.iter();
        let written = written.map(|column| column.provenance.created);
        self.rows.written.extend(written);
        self.rows_copied(made, made.provenance.created, &read, references);
    }

    /// Takes in what UPDATE writes, and reads: a value that decides which row is changed how is not lost either.
    pub(super) fn rows_updated(&mut self, update: &Update, references: &[Reference]) {
        let Some(target) = self.table_named(&update.target.name) else {
            return;
        };
        self.rows_overwritten(update);
        self.rows_assigned(&target, &update.assignments);
        let assigned = update.assignments.iter().flat_map(|set| &set.columns);
        let assigned = assigned.map(|name| name.span).collect();
        let read = Reading {
            all: false,
            left_out: None,
            written: &assigned,
        };
        let span = update.target.name.name.span;
        self.rows_copied(&target, span, &read, references);
    }

    /// Takes in what was dropped. Nobody expects a table in `temp` to last.
    pub(super) fn rows_dropped(&mut self, path: &ObjectPath, dropped: Dropped) {
        if path.database != Catalog::TEMP {
            self.rows.dropped.push(dropped);
        }
    }

    fn rows_assigned(&mut self, target: &Table, assignments: &[Assignment]) {
        self.values_assigned(target, assignments);
        let names = assignments.iter().flat_map(|set| &set.columns);
        let positions = names.filter_map(|name| target.column_index(&name.name));
        let columns = positions.filter_map(|position| target.columns.get(position));
        self.rows
            .written
            .extend(columns.map(|column| column.provenance.created));
    }

    fn rows_copied(
        &mut self,
        target: &Arc<Table>,
        span: Span,
        read: &Reading<'_>,
        references: &[Reference],
    ) {
        let mut sources = BTreeSet::new();
        let mut named = BTreeSet::new();
        for reference in references {
            match &reference.target {
                Target::Relation(path) if reference.span != span => {
                    let table = self.table_at(path);
                    sources.extend(table.map(|table| table.provenance.created));
                }
                Target::Relation(_) => {}
                Target::Column { relation, column } if !read.written.contains(&reference.span) => {
                    let table = self.table_at(relation);
                    sources.extend(table.map(|table| table.provenance.created));
                    let column = table.and_then(|table| table.columns.get(*column));
                    named.extend(column.map(identity));
                }
                Target::Column { .. } => {}
            }
        }
        let copies = sources.into_iter().map(|from| Copy {
            from,
            to: target.provenance.created,
            into: Arc::clone(target),
            columns: if read.all {
                Columns::All
            } else {
                Columns::Named(named.clone())
            },
            left_out: read.left_out.clone(),
            span,
        });
        self.rows.copies.extend(copies);
    }

    fn table_named(&self, name: &QualifiedName) -> Option<Arc<Table>> {
        match self.find_relation(name)?.object {
            Relation::Table(table) => Some(table),
            Relation::View(_) => None,
        }
    }
}

/// What a statement reads.
struct Reading<'a> {
    all: bool,
    left_out: Option<LeftOut>,
    /// The places that name columns which it writes.
    written: &'a BTreeSet<Span>,
}

/// Whether a query, or a query that it reads from, shows all columns of a table without naming them.
fn shows_all(query: &Query, with: Option<&With>) -> bool {
    let tables = with.into_iter().chain(&query.with);
    let mut tables = tables.flat_map(|with| &with.tables);
    let of_arm = |core: &SelectCore| match core {
        SelectCore::Select(select) => {
            let mut columns = select.columns.iter();
            columns.any(|column| !matches!(column, ResultColumn::Expr { .. }))
        }
        SelectCore::Values(_) => false,
    };
    query.arms.iter().any(|arm| of_arm(&arm.core))
        || tables.any(|table| shows_all(&table.query, None))
}
