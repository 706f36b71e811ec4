//! In what two databases differ.

use super::{
    Column, Database, ForeignKey, GeneratedKind, Index, Key, Relation, Table, Trigger, View,
};
use crate::ast::Initially;
use std::collections::{BTreeMap, BTreeSet};
use tablature_lexer::normal_form;

/// In what `found` differs from `wanted`, a line for each object or column: `table `users` is missing`.
///
/// The order in which objects were created, and that of constraints, has no meaning; the order of columns has. Objects of
/// the engine's own and what virtual tables keep their content in are left out, and so are tables of which a wrong
/// statement left only a part to be known.
#[must_use]
pub fn differences(wanted: &Database, found: &Database) -> Vec<String> {
    let mut lines = Vec::new();
    relations(&mut lines, wanted, found);
    objects(&mut lines, "index", &indexes(wanted), &indexes(found));
    objects(&mut lines, "trigger", &triggers(wanted), &triggers(found));
    lines
}

/// The name and the normal form of the definition of objects, by their keys.
type Definitions<'a> = BTreeMap<&'a Key, (&'a str, String)>;

fn indexes(database: &Database) -> Definitions<'_> {
    let definition = |index: &Index| normal_form(&index.definition.to_sql());
    let indexes = database.indexes.iter();
    indexes
        .map(|(key, index)| (key, (index.name.as_ref(), definition(index))))
        .collect()
}

fn triggers(database: &Database) -> Definitions<'_> {
    let definition = |trigger: &Trigger| normal_form(&trigger.definition.to_sql());
    let triggers = database.triggers.iter();
    triggers
        .map(|(key, trigger)| (key, (trigger.name.as_ref(), definition(trigger))))
        .collect()
}

fn objects(lines: &mut Vec<String>, kind: &str, wanted: &Definitions<'_>, found: &Definitions<'_>) {
    for key in union(wanted, found) {
        match (wanted.get(key), found.get(key)) {
            (Some((name, _)), None) => lines.push(format!("{kind} `{name}` is missing")),
            (None, Some((name, _))) => lines.push(format!("{kind} `{name}` is still there")),
            (Some((name, wanted)), Some((_, found))) if wanted != found => {
                lines.push(format!("{kind} `{name}` is `{found}`, not `{wanted}`"));
            }
            (Some(_), Some(_)) | (None, None) => {}
        }
    }
}

fn relations(lines: &mut Vec<String>, wanted: &Database, found: &Database) {
    let declared = |database: &Database| -> BTreeMap<Key, Relation> {
        let relations = database.relations.iter();
        relations
            .filter(|(_, relation)| relation.table().is_none_or(Table::is_declared))
            .map(|(key, relation)| (key.clone(), relation.clone()))
            .collect()
    };
    let (wanted, found) = (declared(wanted), declared(found));
    for key in union(&wanted, &found) {
        match (wanted.get(key), found.get(key)) {
            (Some(one), None) => lines.push(format!("{} is missing", title(one))),
            (None, Some(one)) => lines.push(format!("{} is still there", title(one))),
            (Some(Relation::Table(wanted)), Some(Relation::Table(found))) => {
                table(lines, wanted, found);
            }
            (Some(Relation::View(wanted)), Some(Relation::View(found))) => {
                view(lines, wanted, found);
            }
            (Some(wanted), Some(found)) => {
                lines.push(format!(
                    "{} is there instead of {}",
                    title(found),
                    title(wanted)
                ));
            }
            (None, None) => {}
        }
    }
}

fn title(relation: &Relation) -> String {
    match relation {
        Relation::Table(table) => format!("table `{}`", table.name),
        Relation::View(view) => format!("view `{}`", view.name),
    }
}

fn view(lines: &mut Vec<String>, wanted: &View, found: &View) {
    let name = &wanted.name;
    let wanted = normal_form(&wanted.definition.to_sql());
    let found = normal_form(&found.definition.to_sql());
    if wanted != found {
        lines.push(format!("view `{name}` is `{found}`, not `{wanted}`"));
    }
}

fn table(lines: &mut Vec<String>, wanted: &Table, found: &Table) {
    if wanted.incomplete || found.incomplete {
        return;
    }
    let name = &wanted.name;
    if wanted.name != found.name {
        lines.push(format!("table `{name}` is named `{}`", found.name));
    }
    let (wanted_options, found_options) = (options(wanted), options(found));
    if wanted_options != found_options {
        lines.push(format!(
            "table `{name}` is {found_options}, not {wanted_options}"
        ));
    }
    columns(lines, wanted, found);
    let (wanted_constraints, found_constraints) = (constraints(wanted), constraints(found));
    for constraint in &wanted_constraints {
        if !found_constraints.contains(constraint) {
            lines.push(format!("table `{name}` lacks `{constraint}`"));
        }
    }
    for constraint in &found_constraints {
        if !wanted_constraints.contains(constraint) {
            lines.push(format!("table `{name}` still has `{constraint}`"));
        }
    }
}

/// What kind of table it is, in words.
fn options(table: &Table) -> String {
    let mut words = Vec::new();
    if table.strict {
        words.push("STRICT".to_owned());
    }
    if table.without_rowid {
        words.push("WITHOUT ROWID".to_owned());
    }
    if let super::TableKind::Virtual { .. } = table.kind {
        words.push(format!("`{}`", normal_form(&table.definition.to_sql())));
    }
    if words.is_empty() {
        words.push("an ordinary one".to_owned());
    }
    words.join(", ")
}

fn columns(lines: &mut Vec<String>, wanted: &Table, found: &Table) {
    let name = &wanted.name;
    let described = |table: &Table| -> Vec<(Key, String)> {
        table
            .columns
            .iter()
            .filter(|column| !column.hidden)
            .map(|column| (Key::new(&column.name), describe(column)))
            .collect()
    };
    let (wanted, found) = (described(wanted), described(found));
    let in_found: BTreeMap<&Key, &String> = found.iter().map(|(key, text)| (key, text)).collect();
    let in_wanted: BTreeSet<&Key> = wanted.iter().map(|(key, _)| key).collect();
    for (key, wanted) in &wanted {
        match in_found.get(key) {
            None => lines.push(format!("column `{wanted}` of table `{name}` is missing")),
            Some(found) if *found != wanted => {
                lines.push(format!("column `{wanted}` of table `{name}` is `{found}`"));
            }
            Some(_) => {}
        }
    }
    for (_, found) in found.iter().filter(|(key, _)| !in_wanted.contains(key)) {
        lines.push(format!("column `{found}` of table `{name}` is still there"));
    }
    let order = |columns: &[(Key, String)]| -> Vec<String> {
        let keys = columns.iter().map(|(key, _)| key.as_str().to_owned());
        keys.collect()
    };
    let (wanted, found) = (order(&wanted), order(&found));
    let mut sorted = (wanted.clone(), found.clone());
    sorted.0.sort();
    sorted.1.sort();
    if wanted != found && sorted.0 == sorted.1 {
        lines.push(format!(
            "the columns of table `{name}` are in the order {}, not {}",
            found.join(", "),
            wanted.join(", ")
        ));
    }
}

/// A column as its definition would say it.
fn describe(column: &Column) -> String {
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
fn constraints(table: &Table) -> BTreeSet<String> {
    let mut constraints = BTreeSet::new();
    if let Some(key) = &table.primary_key {
        let columns = names(table, &key.columns);
        let autoincrement = if key.autoincrement {
            " AUTOINCREMENT"
        } else {
            ""
        };
        let rowid = if key.rowid_alias { " as the rowid" } else { "" };
        constraints.insert(format!("PRIMARY KEY ({columns}){autoincrement}{rowid}"));
    }
    for unique in &table.unique {
        constraints.insert(format!("UNIQUE ({})", names(table, &unique.columns)));
    }
    for check in &table.checks {
        constraints.insert(format!("CHECK ({})", check.expression));
    }
    for key in &table.foreign_keys {
        constraints.insert(foreign_key(table, key));
    }
    constraints
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

/// The keys of two maps, in order.
fn union<'a, K: Ord, V>(one: &'a BTreeMap<K, V>, other: &'a BTreeMap<K, V>) -> BTreeSet<&'a K> {
    one.keys().chain(other.keys()).collect()
}
