//! Tables and columns in words, each part in one form however it was written.

use super::{Column, ForeignKey, GeneratedKind, Table, TableKind};
use crate::sqlite::ast::{ConflictResolution, Initially};
use std::collections::BTreeSet;
use std::sync::Arc;
use tablature_lexer::normal_form;

/// What kind of table it is, in words.
pub(super) fn kind(table: &Table) -> String {
    let mut words = Vec::new();
    if table.strict {
        words.push("STRICT".to_owned());
    }
    if table.without_rowid {
        words.push("WITHOUT ROWID".to_owned());
    }
    if let TableKind::Virtual { .. } = table.kind {
        words.push(format!("`{}`", normal_form(&table.definition.to_sql())));
    }
    if words.is_empty() {
        words.push("an ordinary one".to_owned());
    }
    words.join(", ")
}

/// A column as its definition would say it.
pub(super) fn column(column: &Column) -> String {
    let mut text = column.name.to_string();
    let mut add = |words: &str| {
        text.push(' ');
        text.push_str(words);
    };
    if !column.declared_type.is_empty() {
        add(&column.declared_type);
    }
    if column.not_null {
        add("NOT NULL");
    }
    if let Some(default) = &column.default {
        add(&format!("DEFAULT {}", normal_form(&default.text)));
    }
    if let Some(generated) = &column.generated {
        let kept = match generated.kind {
            GeneratedKind::Virtual => "VIRTUAL",
            GeneratedKind::Stored => "STORED",
        };
        add(&format!("AS ({}) {kept}", generated.expression));
    }
    let collation = column.collation.as_deref().unwrap_or("BINARY");
    if !collation.eq_ignore_ascii_case("BINARY") {
        add(&format!("COLLATE {}", collation.to_ascii_lowercase()));
    }
    text
}

/// The constraints as they would be written.
pub(super) fn constraints(table: &Table) -> BTreeSet<String> {
    let mut constraints = BTreeSet::new();
    if let Some(key) = &table.primary_key {
        let columns = terms(table, &key.columns, &key.collations);
        let conflict = on_conflict(key.conflict);
        let autoincrement = if key.autoincrement {
            " AUTOINCREMENT"
        } else {
            ""
        };
        let rowid = if key.rowid_alias { " as the rowid" } else { "" };
        constraints.insert(format!(
            "PRIMARY KEY ({columns}){conflict}{autoincrement}{rowid}"
        ));
    }
    for unique in &table.unique {
        let columns = terms(table, &unique.columns, &unique.collations);
        let conflict = on_conflict(unique.conflict);
        constraints.insert(format!("UNIQUE ({columns}){conflict}"));
    }
    for check in &table.checks {
        constraints.insert(format!("CHECK ({})", check.expression));
    }
    for key in &table.foreign_keys {
        constraints.insert(foreign_key(table, key));
    }
    constraints
}

/// The columns of a key, each with the collation that it has only there.
fn terms(table: &Table, columns: &[usize], collations: &[Option<Arc<str>>]) -> String {
    let mut collations = collations.iter();
    let terms = columns.iter().map(|position| {
        let name = names(table, &[*position]);
        match collations.next().and_then(Option::as_deref) {
            Some(collation) => format!("{name} COLLATE {}", collation.to_ascii_lowercase()),
            None => name,
        }
    });
    terms.collect::<Vec<_>>().join(", ")
}

/// ON CONFLICT, unless it is what happens anyway.
fn on_conflict(conflict: Option<ConflictResolution>) -> &'static str {
    match conflict {
        None | Some(ConflictResolution::Abort) => "",
        Some(ConflictResolution::Rollback) => " ON CONFLICT ROLLBACK",
        Some(ConflictResolution::Fail) => " ON CONFLICT FAIL",
        Some(ConflictResolution::Ignore) => " ON CONFLICT IGNORE",
        Some(ConflictResolution::Replace) => " ON CONFLICT REPLACE",
    }
}

fn foreign_key(table: &Table, key: &ForeignKey) -> String {
    let columns = names(table, &key.columns);
    let parent = key.table.to_ascii_lowercase();
    let references = key.references.iter().map(|name| name.to_ascii_lowercase());
    let references: Vec<String> = references.collect();
    let references = match references.as_slice() {
        [] => String::new(),
        names => format!(" ({})", names.join(", ")),
    };
    let deferred = key.deferrable.is_some_and(|deferrable| {
        deferrable.deferrable && deferrable.initially == Some(Initially::Deferred)
    });
    let deferred = if deferred {
        " DEFERRABLE INITIALLY DEFERRED"
    } else {
        ""
    };
    format!(
        "FOREIGN KEY ({columns}) REFERENCES {parent}{references} ON DELETE {} ON UPDATE {}{deferred}",
        key.on_delete.keywords(),
        key.on_update.keywords(),
    )
}

fn names(table: &Table, columns: &[usize]) -> String {
    let names: Vec<String> = columns
        .iter()
        .filter_map(|position| table.columns.get(*position))
        .map(|column| column.name.to_ascii_lowercase())
        .collect();
    names.join(", ")
}
