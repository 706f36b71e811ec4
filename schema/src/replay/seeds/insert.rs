//! Rows that fail wherever they are inserted.

use super::demands::Demands;
use super::given::{self, Places, Row};
use crate::ast::{ConflictResolution, Insert, TriggerTime};
use crate::catalog::{ObjectPath, Relation, Table, TableKind, TriggerEventKind};
use crate::constant::{self, Value};
use crate::diagnostic::Diagnostic;
use crate::errors::rows as errors;
use crate::replay::Replay;
use crate::text::Span;

/// A table, what it demands, and an INSERT into it.
struct Judge<'a> {
    table: &'a Table,
    demands: &'a Demands,
    insert: &'a Insert,
    places: Places,
}

/// What a row holds in a column.
struct Cell {
    /// None if it is not certain.
    value: Option<Value>,
    /// Where it is written; none if the column is left out.
    span: Option<Span>,
}

impl Replay {
    /// Complains of the first row of an INSERT that its table takes on no database.
    pub(in crate::replay) fn check_given_rows(&mut self, insert: &Insert) {
        let finding = self.failing_row(insert);
        self.diagnostics.extend(finding);
    }

    fn failing_row(&self, insert: &Insert) -> Option<Diagnostic> {
        let found = self.catalog.relation(&insert.target.name)?;
        let Relation::Table(table) = found.object else {
            return None;
        };
        if self.explained
            || table.kind != TableKind::Ordinary
            || table.incomplete
            || self.fires_before(&found.path)
        {
            return None;
        }
        let rows = given::rows(insert)?;
        let definition = self.parsed(&table.definition)?;
        let judge = Judge {
            table,
            demands: &Demands::of(table, &definition)?,
            insert,
            places: Places::of(insert, table),
        };
        rows.iter().find_map(|row| judge.failure(row))
    }

    /// Whether a trigger sees a row before its table does: it may keep it out.
    fn fires_before(&self, path: &ObjectPath) -> bool {
        let mut triggers = self.catalog.triggers_on(path);
        triggers.any(|(_, _, trigger)| {
            trigger.event == TriggerEventKind::Insert && trigger.time == TriggerTime::Before
        })
    }
}

impl Judge<'_> {
    /// Judges a row as `sqlite3GenerateConstraintChecks` does: its rowid, NOT NULL, then the types of a STRICT table.
    fn failure(&self, row: &Row<'_>) -> Option<Diagnostic> {
        let positions = 0..self.demands.columns.len();
        let mut cells: Vec<Cell> = positions.map(|at| self.cell(row, at)).collect();
        self.misplaced_rowid(&mut cells)
            .or_else(|| self.missing_value(&cells))
    }

    fn cell(&self, row: &Row<'_>, position: usize) -> Cell {
        match self.places.in_row(row, position) {
            Some(given) => Cell {
                value: constant::value(given),
                span: Some(given.span),
            },
            None => Cell {
                value: self
                    .demands
                    .columns
                    .get(position)
                    .and_then(|demand| demand.default.clone()),
                span: None,
            },
        }
    }

    /// A rowid that is no integer. The engine chooses one for NULL.
    fn misplaced_rowid(&self, cells: &mut [Cell]) -> Option<Diagnostic> {
        let position = self.table.rowid_alias()?;
        let cell = cells.get_mut(position)?;
        // Its DEFAULT is never used.
        let given = cell.value.take().filter(|_| cell.span.is_some())?;
        if self.places.names_rowid || given == Value::Null {
            return None;
        }
        let column = self.table.columns.get(position)?;
        match constant::stored(given.clone(), column.affinity)? {
            Value::Null => None,
            rowid @ Value::Integer(_) => {
                cell.value = Some(rowid);
                None
            }
            Value::Real(_) | Value::Text(_) | Value::Blob(_) => {
                let key = self.table.primary_key.as_ref()?;
                let span = cell.span.unwrap_or(self.places.list);
                Some(errors::rowid(span, &given, column, key.span))
            }
        }
    }

    /// NULL where the table wants a value, or a value of another type than a STRICT table wants.
    fn missing_value(&self, cells: &[Cell]) -> Option<Diagnostic> {
        let mut refused = None;
        let columns = cells.iter().zip(&self.demands.columns);
        for ((cell, demand), column) in columns.zip(&self.table.columns) {
            if self.table.strict && refused.is_none() {
                refused = cell.value.as_ref().and_then(|value| {
                    let is_refused = constant::is_refused(value, column);
                    let span = cell.span.unwrap_or(self.places.list);
                    is_refused.then(|| errors::refused(span, value, column, &self.table.name))
                });
            }
            let Some(required) = demand.required else {
                continue;
            };
            let conflict = self.insert.or.or(required.conflict);
            match (&cell.value, conflict) {
                (Some(Value::Null), Some(ConflictResolution::Replace)) if demand.has_default => {}
                (Some(Value::Null) | None, Some(ConflictResolution::Ignore)) => return None,
                (Some(Value::Null), _) => {
                    let table = &self.table.name;
                    return Some(match cell.span {
                        Some(span) => errors::null(span, column, table, required.span),
                        None => errors::left_out(self.places.list, column, table, required.span),
                    });
                }
                (Some(_) | None, _) => {}
            }
        }
        refused.filter(|_| !self.may_pass_over())
    }

    /// Whether a row may be left out as its rowid is there, which the engine may find before it looks at the types.
    fn may_pass_over(&self) -> bool {
        let ignores = Some(ConflictResolution::Ignore);
        let key = self.table.primary_key.as_ref();
        let own = key.and_then(|key| key.conflict);
        let gives_rowid = self.places.names_rowid || self.table.rowid_alias().is_some();
        let keeps = self.insert.or.or(own) == ignores || !self.insert.upserts.is_empty();
        keeps && gives_rowid
    }
}
