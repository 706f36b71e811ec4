//! What UPDATE and DELETE make of the rows that are certain, and those of them that no UPDATE can change so.

use super::demands::{self, Demands};
use super::store::Seed;
use super::unique;
use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::rows as errors;
use crate::sqlite::ast::{Assignment, ConflictResolution, Delete, Expr, QualifiedName, Update};
use crate::sqlite::catalog::{Found, Relation, Table, TableKind};
use crate::sqlite::constant::{self, Names, Value};
use crate::sqlite::replay::Replay;
use crate::text::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a row of a table holds, by position; none where it is not certain.
type Held = Vec<Option<Value>>;

/// An UPDATE of a table.
struct Change<'a> {
    table: &'a Table,
    demands: &'a Demands<'a>,
    /// The last assignment of each column, by position.
    assigned: BTreeMap<usize, &'a Assignment>,
    /// Whether CHECK is looked at.
    checks: bool,
}

impl Replay {
    /// Takes in what an UPDATE writes into rows that are certain, and complains of the first that its table does not take.
    pub(in crate::sqlite::replay) fn update_given_rows(&mut self, update: &Update) {
        if self.explained {
            return;
        }
        let Some(table) = self.changed_alone(&update.target.name) else {
            return;
        };
        let definition = self.parsed(&table.definition);
        let demands = definition.as_ref().and_then(|it| Demands::of(&table, it));
        let is_plain = update.with.is_none() && update.from.is_empty();
        let Some(demands) = demands.filter(|it| is_plain && !passes_over(update, &table, it))
        else {
            return self.seeds.forget(&table);
        };
        let change = Change {
            table: &table,
            demands: &demands,
            assigned: assigned(update, &table),
            checks: !self.settings.ignores_checks,
        };
        let mut rows = Vec::new();
        let mut failure = None;
        for (span, held) in self.seeds.rows(&table) {
            let names = self.names_of(&table, &held);
            let is_changed = update.filter.as_ref().map(|it| names.truth(it));
            let values = match is_changed {
                Some(Some(Some(false) | None)) => held,
                Some(None) => change.forgotten(held),
                Some(Some(Some(true))) | None => {
                    let values = change.written(&held, names);
                    let mistake = || change.failing(&values, self.names_of(&table, &values), names);
                    failure = failure
                        .or_else(mistake)
                        .map(|it: Diagnostic| it.with_label(span, "a row that is there"));
                    values
                }
            };
            rows.push((span, values));
        }
        if failure.is_some() {
            self.diagnostics.extend(failure);
            return;
        }
        self.put_rows(&table, rows);
        let repeated = self.repeated_by(update, &table, &change.assigned);
        self.diagnostics.extend(repeated);
    }

    /// Takes in which of the rows that are certain a DELETE leaves.
    pub(in crate::sqlite::replay) fn delete_given_rows(&mut self, delete: &Delete) {
        if self.explained {
            return;
        }
        let Some(table) = self.changed_alone(&delete.target.name) else {
            return;
        };
        let mut rows: Vec<(Span, Held)> = self.seeds.rows(&table).collect();
        let Some(filter) = &delete.filter else {
            return self.seeds.table_created(&table);
        };
        let filter = Some(filter).filter(|_| delete.with.is_none());
        let mut may_be_more = false;
        rows.retain(|(_, held)| {
            let truth = filter.and_then(|it| self.names_of(&table, held).truth(it));
            may_be_more |= truth.is_none();
            matches!(truth, Some(Some(false) | None))
        });
        if may_be_more {
            self.seeds.may_be_more(&table);
        }
        self.put_rows(&table, rows);
    }

    /// The table that a statement changes, if it changes no other: triggers and foreign keys may.
    fn changed_alone(&mut self, name: &QualifiedName) -> Option<Arc<Table>> {
        let Found { path, object } = self.find_relation(name)?;
        match object {
            Relation::Table(table)
                if !self.is_watched(&path)
                    && !self.settings.foreign_keys
                    && table.kind == TableKind::Ordinary
                    && !table.incomplete =>
            {
                Some(table)
            }
            Relation::Table(_) | Relation::View(_) => {
                self.seeds.forget_all();
                None
            }
        }
    }

    fn names_of<'a>(&'a self, table: &'a Table, values: &'a [Option<Value>]) -> Names<'a> {
        Names::Row {
            table,
            values,
            rules: &self.rules,
            queries: Some(self),
            alias: None,
        }
    }

    fn put_rows(&mut self, table: &Table, rows: Vec<(Span, Held)>) {
        let columns: Arc<[Span]> = table
            .columns
            .iter()
            .map(|it| it.provenance.created)
            .collect();
        let rows = rows.into_iter().map(|(span, values)| Seed {
            columns: Arc::clone(&columns),
            values,
            span,
        });
        self.seeds.put(table, rows.collect());
    }

    /// Two rows that an UPDATE has given one key.
    fn repeated_by(
        &self,
        update: &Update,
        table: &Table,
        assigned: &BTreeMap<usize, &Assignment>,
    ) -> Option<Diagnostic> {
        let path = self.find_relation(&update.target.name)?.path;
        let keys = unique::of_table(&self.catalog, &path, table);
        keys.into_iter().find_map(|(key, constraint)| {
            let is_in_key = |position: &usize| {
                let column = table.columns.get(*position);
                column.is_some_and(|it| key.iter().any(|(own, _)| *own == it.provenance.created))
            };
            let (_, assignment) = assigned.iter().find(|(position, _)| is_in_key(position))?;
            let (first, _) = self.seeds.repetition(table, &key)?;
            let names = unique::names(&key, table);
            let span = assignment.value.span;
            Some(errors::repeated(
                span,
                &names,
                &table.name,
                first,
                constraint,
            ))
        })
    }
}

impl Change<'_> {
    /// What a row may hold that may be changed.
    fn forgotten(&self, mut held: Held) -> Held {
        for position in self.assigned.keys() {
            if let Some(value) = held.get_mut(*position) {
                *value = None;
            }
        }
        held
    }

    /// What a row holds that is changed.
    fn written(&self, held: &Held, names: Names<'_>) -> Held {
        let mut values = self.forgotten(held.clone());
        for (position, assignment) in &self.assigned {
            let column = self.table.columns.get(*position);
            if let (Some(column), Some(value)) = (column, values.get_mut(*position)) {
                let given = names
                    .value(&assignment.value)
                    .filter(|_| is_single(assignment));
                *value = given.and_then(|given| constant::stored(given, column.affinity));
            }
        }
        // What the rowid takes is for an INSERT to say.
        if let Some(value) = self.table.rowid_alias().and_then(|it| values.get_mut(it)) {
            value.take_if(|value| !matches!(value, Value::Integer(_)));
        }
        values
    }

    /// What the table does not take of a row that is changed: `old` is what is read, `new` what is written.
    fn failing(&self, values: &Held, new: Names<'_>, old: Names<'_>) -> Option<Diagnostic> {
        let table = &self.table.name;
        let of_columns = self.assigned.iter().find_map(|(position, assignment)| {
            let column = self.table.columns.get(*position)?;
            let span = assignment.value.span;
            let given = old
                .value(&assignment.value)
                .filter(|_| is_single(assignment))?;
            if self.table.rowid_alias() == Some(*position) {
                return None;
            }
            if self.table.strict && constant::is_refused(&given, column) {
                return Some(errors::refused(span, &given, column, table));
            }
            let required = self.demands.columns.get(*position)?.required?;
            let is_null = values.get(*position) == Some(&Some(Value::Null));
            is_null.then(|| errors::null(span, column, table, required.span))
        });
        let of_checks = || {
            let mut checks = self.demands.checks.iter().filter(|_| self.checks);
            checks.find_map(|(check, span)| {
                let place = self.place_of_check(check)?;
                let breaks = new.truth(check) == Some(Some(false));
                breaks.then(|| errors::check(place, self.table, *span))
            })
        };
        of_columns.or_else(of_checks)
    }

    /// The value of the first column in a CHECK that is assigned; the engine looks at no other CHECK.
    fn place_of_check(&self, check: &Expr) -> Option<Span> {
        demands::names(check).into_iter().find_map(|name| {
            let position = self.table.column_index(&name.name)?;
            Some(self.assigned.get(&position)?.value.span)
        })
    }
}

/// Whether it gives its one column its value.
fn is_single(assignment: &Assignment) -> bool {
    assignment.columns.len() == 1 && !assignment.parenthesized
}

/// The assignments by the positions of the columns, the last one of each; also of the rowid under its own names.
fn assigned<'a>(update: &'a Update, table: &Table) -> BTreeMap<usize, &'a Assignment> {
    let mut assigned = BTreeMap::new();
    for assignment in &update.assignments {
        for name in &assignment.columns {
            let position = table.column_index(&name.name);
            if let Some(position) = position.or_else(|| table.rowid_alias()) {
                assigned.insert(position, assignment);
            }
        }
    }
    assigned
}

/// Whether an UPDATE may pass over a row, or remove others, instead of failing.
fn passes_over(update: &Update, table: &Table, demands: &Demands<'_>) -> bool {
    let is_soft = |it: ConflictResolution| {
        matches!(it, ConflictResolution::Ignore | ConflictResolution::Replace)
    };
    let mut required = demands.columns.iter().filter_map(|it| it.required);
    match update.or {
        Some(or) => is_soft(or),
        None => {
            unique::conflicts(table).any(is_soft)
                || required.any(|it| it.conflict.is_some_and(is_soft))
        }
    }
}
