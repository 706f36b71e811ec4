//! Rows that are inserted, and those that fail wherever they are.

use super::demands::{self, Demands};
use super::given::{Places, Row};
use super::store::{Seed, Unique};
use super::unique;
use crate::config::Rules;
use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::rows as errors;
use crate::sqlite::ast::{ConflictResolution, Expr, Insert, TriggerTime};
use crate::sqlite::catalog::{ObjectPath, Relation, Table, TableKind, TriggerEventKind};
use crate::sqlite::constant::{self, Names, Value};
use crate::sqlite::replay::Replay;
use crate::text::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A table, what it demands, and an INSERT into it.
struct Judge<'a> {
    table: &'a Table,
    demands: &'a Demands<'a>,
    insert: &'a Insert,
    places: Places,
    rules: &'a Rules,
    /// Whether CHECK is looked at.
    checks: bool,
}

/// What becomes of a row.
enum Verdict<Row = Vec<Option<Value>>> {
    /// It stops the statement, on every database.
    Fails(Box<Diagnostic>),
    /// It breaks nothing that is certain to be broken, and holds this: by position, none where it is not certain.
    Holds(Row),
    /// It may be passed over.
    Open,
}

/// What a row holds in a column.
struct Cell {
    /// None if it is not certain.
    value: Option<Value>,
    /// Where it is written; none if the column is left out.
    span: Option<Span>,
}

impl Replay {
    /// Takes in the rows of an INSERT, and complains of the first that its table takes on no database.
    pub(in crate::sqlite::replay) fn insert_given_rows(&mut self, insert: &Insert) {
        if self.explained {
            return;
        }
        let Some(found) = self.find_relation(&insert.target.name) else {
            return;
        };
        let is_watched = self.fires(insert, &found.path, &found.object);
        if is_watched {
            self.seeds.forget_all();
        }
        let finding = match found.object {
            Relation::Table(table) if table.kind == TableKind::Ordinary => {
                self.failing_row(insert, &found.path, &table, is_watched)
            }
            Relation::Table(table) => self.failing_rebuild(insert, &found.path, &table),
            Relation::View(_) => None,
        };
        self.diagnostics.extend(finding);
    }

    fn failing_row(
        &mut self,
        insert: &Insert,
        path: &ObjectPath,
        table: &Table,
        is_watched: bool,
    ) -> Option<Diagnostic> {
        if table.incomplete || self.fires_before(path) {
            return None;
        }
        let definition = self.parsed(&table.definition);
        let demands = definition.and_then(|it| Demands::of(table, it));
        let Some(demands) = demands else {
            self.seeds.forget(table);
            return None;
        };
        let given = self.given_rows(insert);
        let uniques = unique::of_table(&self.catalog, path, table);
        let judge = Judge {
            table,
            demands: &demands,
            insert,
            places: Places::of(insert, table),
            rules: &self.rules,
            checks: !self.settings.ignores_checks,
        };
        let changes_others = unique::changes_others(insert, table);
        if changes_others && self.settings.foreign_keys {
            self.seeds.forget_all();
        }
        if changes_others && !given.are_all {
            self.seeds.forget(table);
        }
        if !given.are_all {
            self.seeds.may_be_more(table);
        }
        let may_skip = unique::may_skip(insert, table);
        let are_plain = unique::are_all_plain(&self.catalog, path, table);
        let (keys, spans): (Vec<Unique>, Vec<Span>) = uniques.into_iter().unzip();
        let columns: Arc<[Span]> = table
            .columns
            .iter()
            .map(|it| it.provenance.created)
            .collect();
        // CREATE TABLE … AS creates all of its columns in one place.
        let are_known = columns.iter().collect::<BTreeSet<_>>().len() == columns.len();
        for row in &given.certain {
            match judge.judge(row) {
                Verdict::Fails(failure) => {
                    let label =
                        |failure: Diagnostic, from| failure.with_label(from, "a row that is there");
                    return Some(match row.from {
                        Some(from) => label(*failure, from),
                        None => *failure,
                    });
                }
                Verdict::Holds(values) if are_known && !is_watched => {
                    let mut seed = Seed {
                        columns: Arc::clone(&columns),
                        values,
                        span: judge.row_span(row),
                    };
                    let mut compared = keys.as_slice();
                    if may_skip || changes_others {
                        let conflicts = judge.chosen_rowid(row).filter(|_| are_plain);
                        let conflicts = conflicts
                            .and_then(|chosen| self.seeds.conflicts(table, &seed, &keys, chosen));
                        match conflicts {
                            Some(false) => {}
                            Some(true) if insert.or == Some(ConflictResolution::Ignore) => continue,
                            // What the row holds is not certain where another may be there in its place.
                            Some(true) | None => {
                                if changes_others {
                                    self.seeds.forget(table);
                                }
                                if may_skip {
                                    seed.values = vec![None; columns.len()];
                                    compared = &[];
                                }
                                self.seeds.may_be_more(table);
                            }
                        }
                    }
                    if let Err((first, position)) = self.seeds.add(table, seed, compared) {
                        let names = keys.get(position).map(|key| unique::names(key, table));
                        let constraint = spans.get(position).copied()?;
                        let span = judge.row_span(row);
                        return Some(errors::repeated(
                            span,
                            &names?,
                            &table.name,
                            first,
                            constraint,
                        ));
                    }
                }
                Verdict::Holds(_) | Verdict::Open => {
                    if changes_others {
                        self.seeds.forget(table);
                    }
                    self.seeds.may_be_more(table);
                }
            }
        }
        None
    }

    /// Whether changes of a table's rows fire a trigger, which may change any row there is.
    pub(super) fn is_watched(&self, path: &ObjectPath) -> bool {
        self.catalog.triggers_on(path).next().is_some()
    }

    /// Whether an INSERT fires one: those of its own event, and all of them where it may change rows that are there.
    fn fires(&self, insert: &Insert, path: &ObjectPath, object: &Relation) -> bool {
        let is_plain = object
            .table()
            .is_some_and(|table| !unique::changes_others(insert, table));
        let mut triggers = self.catalog.triggers_on(path);
        triggers.any(|(_, _, trigger)| !is_plain || trigger.event == TriggerEventKind::Insert)
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
    /// Judges a row as `sqlite3GenerateConstraintChecks` does: its rowid, NOT NULL, the types of a STRICT table, CHECK.
    fn judge(&self, row: &Row) -> Verdict {
        let positions = 0..self.demands.columns.len();
        let mut cells: Vec<Cell> = positions.map(|at| self.cell(row, at)).collect();
        if let Some(failure) = self.misplaced_rowid(&mut cells) {
            return Verdict::Fails(Box::new(failure));
        }
        match self.missing_value(&mut cells) {
            Verdict::Holds(()) => {}
            Verdict::Fails(failure) => return Verdict::Fails(failure),
            Verdict::Open => return Verdict::Open,
        }
        let columns = cells.into_iter().zip(&self.table.columns);
        let values: Vec<Option<Value>> = columns
            .map(|(cell, column)| constant::stored(cell.value?, column.affinity))
            .collect();
        self.checked(row, values)
    }

    fn cell(&self, row: &Row, position: usize) -> Cell {
        match self.places.in_row(row, position) {
            Some(given) => Cell {
                value: given.value.clone(),
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
    fn missing_value(&self, cells: &mut [Cell]) -> Verdict<()> {
        let mut refused = None;
        let columns = cells.iter_mut().zip(&self.demands.columns);
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
                (Some(Value::Null), Some(ConflictResolution::Replace)) if demand.has_default => {
                    cell.value.clone_from(&demand.default);
                }
                (None, Some(ConflictResolution::Replace)) => {}
                (Some(Value::Null) | None, Some(ConflictResolution::Ignore)) => {
                    return Verdict::Open;
                }
                (Some(Value::Null), _) => {
                    let table = &self.table.name;
                    return Verdict::Fails(Box::new(match cell.span {
                        Some(span) => errors::null(span, column, table, required.span),
                        None => errors::left_out(self.places.list, column, table, required.span),
                    }));
                }
                (Some(_) | None, _) => {}
            }
        }
        match refused {
            Some(_) if self.may_pass_over() => Verdict::Open,
            Some(refused) => Verdict::Fails(Box::new(refused)),
            None => Verdict::Holds(()),
        }
    }

    /// A CHECK that the row breaks.
    fn checked(&self, row: &Row, values: Vec<Option<Value>>) -> Verdict {
        if !self.checks {
            return Verdict::Holds(values);
        }
        let ignores = self.insert.or == Some(ConflictResolution::Ignore);
        let names = Names::Row {
            table: self.table,
            values: &values,
            rules: self.rules,
            queries: None,
            alias: None,
        };
        for (check, span) in &self.demands.checks {
            match names.truth(check) {
                Some(Some(true) | None) => {}
                Some(Some(false)) | None if ignores => return Verdict::Open,
                Some(Some(false)) => {
                    let place = self.place_of_check(row, check);
                    let failure = errors::check(place, self.table, *span);
                    return Verdict::Fails(Box::new(failure));
                }
                None => {}
            }
        }
        Verdict::Holds(values)
    }

    /// Where a row is shown that breaks a CHECK: the value of the first column that it names, else the row.
    fn place_of_check(&self, row: &Row, check: &Expr) -> Span {
        let named = demands::names(check);
        let mut values = named.into_iter().filter_map(|name| {
            let position = self.table.column_index(&name.name)?;
            self.places.in_row(row, position)
        });
        values
            .next()
            .map_or_else(|| self.row_span(row), |value| value.span)
    }

    /// The column of a rowid that the engine chooses, as the row gives none. None if a rowid may be given under another
    /// name, or its value is not certain.
    #[expect(
        clippy::option_option,
        reason = "that no rowid is chosen may be certain"
    )]
    fn chosen_rowid(&self, row: &Row) -> Option<Option<Span>> {
        if self.places.names_rowid {
            return None;
        }
        let Some(position) = self.table.rowid_alias() else {
            return Some(None);
        };
        match self.places.in_row(row, position).map(|it| &it.value) {
            None | Some(Some(Value::Null)) => {
                let column = self.table.columns.get(position)?;
                Some(Some(column.provenance.created))
            }
            Some(Some(_)) => Some(None),
            Some(None) => None,
        }
    }

    fn row_span(&self, row: &Row) -> Span {
        match row.values.as_slice() {
            [first, .., last] => first.span.to(last.span),
            [only] => only.span,
            [] => self.places.list,
        }
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
