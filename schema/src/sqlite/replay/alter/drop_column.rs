//! DROP COLUMN.

use super::dependants::{Object, Rewritten, requote};
use super::{Altered, Moment};
use crate::catalog::{ChangeKind, Key};
use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::alter as errors;
use crate::errors::sqlite::alter::Broken;
use crate::sqlite::ast::TableConstraintKind;
use crate::sqlite::catalog::{Column, DepartedKind, Departure, ObjectPath, Table};
use crate::sqlite::replay::bodies::Body;
use crate::sqlite::replay::rows::Dropped;
use crate::sqlite::replay::table::Parts;
use crate::sqlite::replay::tokens::{self, Edits};
use crate::sqlite::replay::{Replay, names};
use crate::sqlite::resolve::{Reference, Target};
use crate::sqlite::split::RawStatement;
use crate::text::{Ident, Span};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

impl Replay {
    pub(super) fn drop_column(&mut self, raw: &RawStatement, altered: &Altered, name: &Ident) {
        let Altered { path, table } = altered;
        let Some(position) = self.column_of(altered, name) else {
            return;
        };
        let Some(column) = table.columns.get(position) else {
            return;
        };
        if table.has_rowid() && names::is_rowid(&name.name) {
            return self.report(errors::rowid_name(name));
        }
        if let Some(diagnostic) = key_of(table, position, name) {
            return self.report(diagnostic);
        }
        let mut others = table.columns.iter().enumerate();
        let has_ordinary =
            others.any(|(other, column)| other != position && column.generated.is_none());
        if !has_ordinary && !table.incomplete {
            return self.report(errors::last_column(name, table));
        }
        if self.explained {
            return;
        }
        self.schema_is_sound(path, Moment::Before, name.span);
        let used = self.uses_of(altered, position);
        if !used.is_empty() {
            return self.report(errors::still_used(name, &used));
        }
        if self.refuses_index_strings(path.database, name.span) {
            return;
        }
        let dropped = Dropped::Column {
            table: Arc::clone(table),
            column: Box::new(column.clone()),
            span: name.span,
        };
        let before = self.snapshot();
        let uses = self.uses_in_bodies(path, position);
        self.tell_strings(path.database, true);
        self.requote_near(path, name.span);
        let Some(table) = self.table_at(path).map(Arc::clone) else {
            return;
        };
        self.remove_column(raw, path, &table, position, name);
        let broken = self.broken_without(path, &uses, name);
        if broken.is_none() {
            self.tell_strings(path.database, false);
            self.rows_dropped(path, dropped);
        } else {
            self.restore(before);
            self.diagnostics.extend(broken);
        }
    }

    /// The views and triggers that cannot do without the column that was dropped.
    fn broken_without(
        &mut self,
        path: &ObjectPath,
        uses: &BTreeMap<Body, Span>,
        name: &Ident,
    ) -> Option<Diagnostic> {
        if self.settings.legacy_alter_table {
            return None;
        }
        let mut used = Vec::new();
        let mut broken = Vec::new();
        for (body, mistake) in self.unsound_bodies(path.database) {
            if self.bodies.is_excused(&body) {
                continue;
            }
            let (kind, user) = (body.kind.word(), self.name_of(&body));
            match uses.get(&body) {
                Some(span) => used.push((format!("{kind} `{user}`"), *span)),
                None => broken.push(Broken {
                    kind,
                    name: user,
                    mistake,
                }),
            }
        }
        // What uses the others is broken with them.
        if !used.is_empty() {
            Some(errors::still_used(name, &used))
        } else if broken.is_empty() {
            None
        } else {
            Some(errors::would_break(name.span, &broken))
        }
    }

    /// The places at which views and triggers name a column.
    fn uses_in_bodies(&self, path: &ObjectPath, position: usize) -> BTreeMap<Body, Span> {
        let near = self.bodies_near(path.database).into_iter();
        let near = near.filter(|body| self.mentions(body, &path.key));
        near.filter_map(|body| {
            let resolution = self.resolve_body(&body)?;
            let span = first_use(&resolution.references, path, position)?;
            Some((body, span))
        })
        .collect()
    }

    fn remove_column(
        &mut self,
        raw: &RawStatement,
        path: &ObjectPath,
        table: &Table,
        position: usize,
        name: &Ident,
    ) {
        let made = self.parsed(&table.definition).and_then(|parsed| {
            let range = range_of(parsed, table, position)?;
            let definition = tokens::splice(&table.definition, range, []);
            let before = |now: usize| Some(if now < position { now } else { now + 1 });
            self.rederived(table, definition, raw.span, before)
        });
        let Some((mut made, _)) = made else {
            return self.mark_incomplete(path.database, &path.key);
        };
        let dropped = table.columns.get(position);
        let dropped = dropped.map_or_else(|| Arc::clone(&name.name), |it| Arc::clone(&it.name));
        let change = ChangeKind::ColumnDropped(Arc::clone(&dropped));
        made.provenance = made.provenance.with(name.span, change);
        self.put_table(path.database, made);
        self.rederive_indexes(path);
        let kind = DepartedKind::Column {
            table: path.key.clone(),
        };
        let key = Key::new(&dropped);
        self.depart(kind, path.database, key, Departure::Dropped, name.span);
    }

    /// What of the table and its indexes still needs the column.
    fn uses_of(&self, altered: &Altered, position: usize) -> Vec<(String, Span)> {
        let Altered { path, table } = altered;
        let mut used = Vec::new();
        if let Some((user, span)) = self.use_in_table(altered, position) {
            used.push((user, span));
        }
        for index in self.indexes_of(path) {
            let resolution = self.resolve_index(path.database, table, &index.definition);
            if let Some(span) = first_use(&resolution.references, path, position) {
                let user = format!("index `{}`", index.name);
                used.push((user, span));
            }
        }
        used
    }

    /// A constraint or another column of the table that needs the column.
    fn use_in_table(&self, altered: &Altered, position: usize) -> Option<(String, Span)> {
        let Altered { path, table } = altered;
        let own = table.columns.get(position)?;
        let parsed = self.parsed(&table.definition)?;
        let parts = Parts::of(parsed, &table.definition.tokens)?;
        let unique = table
            .unique
            .iter()
            .find(|unique| unique.columns.contains(&position) && !within(unique.span, own.span));
        if let Some(unique) = unique {
            return Some(("a UNIQUE constraint".to_owned(), unique.span));
        }
        for constraint in parts.constraints {
            if let TableConstraintKind::ForeignKey { columns, .. } = &constraint.kind {
                let of_it = |name: &&Ident| table.column_index(&name.name) == Some(position);
                if let Some(name) = columns.iter().find(of_it) {
                    return Some(("a foreign key".to_owned(), name.span));
                }
            }
        }
        let resolution = self.resolve_table(path, table);
        let outside = resolution.references.iter();
        let mut outside = outside.filter(|reference| !within(reference.span, own.span));
        let reference = outside.find(|reference| is_column(reference, path, position))?;
        let holder = |column: &&Column| within(reference.span, column.span);
        let user = match table.columns.iter().find(holder) {
            Some(column) => format!("column `{}`", column.name),
            None => "a CHECK constraint".to_owned(),
        };
        Some((user, reference.span))
    }

    /// Writes the double-quoted strings of the schema in single quotes.
    fn requote_near(&mut self, path: &ObjectPath, name: Span) {
        let mut rewritten = Rewritten::default();
        for (other, table) in self.tables_in(path.database) {
            if table.definition.may_hold_strings() {
                let mut edits = Edits::default();
                let resolution = self.resolve_table(&other, &table);
                requote(&table.definition, &resolution, &mut edits);
                rewritten.edit(Object::Table(other.clone()), &table.definition, &edits);
            }
            for index in self.indexes_of(&other) {
                if !index.definition.may_hold_strings() {
                    continue;
                }
                let resolution = self.resolve_index(path.database, &table, &index.definition);
                let mut edits = Edits::default();
                requote(&index.definition, &resolution, &mut edits);
                let object = Object::Index(path.database, Key::new(&index.name));
                rewritten.edit(object, &index.definition, &edits);
            }
        }
        for body in self.bodies_near(path.database) {
            let definition = self.definition_of(&body);
            let Some(definition) = definition.filter(|it| it.may_hold_strings()) else {
                continue;
            };
            let resolution = self.resolve_body(&body).unwrap_or_default();
            let mut edits = Edits::default();
            requote(definition, &resolution, &mut edits);
            rewritten.edit(Object::Body(body.clone()), definition, &edits);
        }
        self.rewrite(rewritten, path, name);
    }
}

/// The key that a column belongs to by its own definition.
fn key_of(table: &Table, position: usize, name: &Ident) -> Option<Diagnostic> {
    let column = table.columns.get(position)?;
    if let Some(key) = &table.primary_key
        && key.columns.contains(&position)
    {
        return Some(errors::drop_of_key("PRIMARY KEY", name, key.span));
    }
    let unique = table
        .unique
        .iter()
        .find(|unique| unique.columns == [position] && within(unique.span, column.span))?;
    Some(errors::drop_of_key("UNIQUE", name, unique.span))
}

/// The tokens of a column with the comma behind it, or before it if it is the last.
fn range_of(
    parsed: &crate::sqlite::ast::Statement,
    table: &Table,
    position: usize,
) -> Option<Range<usize>> {
    let parts = Parts::of(parsed, &table.definition.tokens)?;
    let column = parts.columns.get(position)?;
    match parts.columns.get(position + 1) {
        Some(next) => Some(column.first.0 as usize..next.first.0 as usize),
        None => {
            let before = parts.columns.get(position.checked_sub(1)?)?;
            Some(before.end.0 as usize..column.end.0 as usize)
        }
    }
}

fn first_use(references: &[Reference], path: &ObjectPath, position: usize) -> Option<Span> {
    let mut uses = references.iter();
    let found = uses.find(|reference| is_column(reference, path, position));
    found.map(|reference| reference.span)
}

fn is_column(reference: &Reference, path: &ObjectPath, position: usize) -> bool {
    match &reference.target {
        Target::Column { relation, column } => relation == path && *column == position,
        Target::Relation(_) => false,
    }
}

fn within(inner: Span, outer: Span) -> bool {
    inner.file == outer.file && inner.start >= outer.start && inner.end <= outer.end
}
