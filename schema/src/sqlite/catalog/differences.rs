//! In what two databases differ.

use super::{Database, Definition, Index, Relation, Table, Trigger, description};
use crate::catalog::{Key, Map};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tablature_lexer::normal_form;

/// As many words of a definition as a line shows.
const MAX_WORDS: usize = 12;

/// In what `found` differs from `wanted`, a line for each object or column, such as "table `users` is missing".
///
/// The order in which objects were created, and that of constraints, has no meaning; the order of columns has. Objects of
/// the engine's own and what virtual tables keep their content in are left out, and so are tables of which a wrong
/// statement left only a part to be known, and the indexes and triggers of a table that is itself missing or too many.
#[must_use]
pub fn differences(wanted: &Database, found: &Database) -> Vec<String> {
    let mut differences = Differences {
        lines: Vec::new(),
        alone: BTreeSet::new(),
    };
    differences.relations(wanted, found);
    differences.objects(&wanted.indexes, &found.indexes);
    differences.objects(&wanted.triggers, &found.triggers);
    differences.lines
}

struct Differences {
    lines: Vec<String>,
    /// The tables and views that only one of the databases has.
    alone: BTreeSet<Key>,
}

/// What belongs to a table.
trait Object {
    const KIND: &'static str;
    fn name(&self) -> &str;
    fn table(&self) -> &Key;
    fn definition(&self) -> &Definition;
}

impl Object for Index {
    const KIND: &'static str = "index";

    fn name(&self) -> &str {
        &self.name
    }

    fn table(&self) -> &Key {
        &self.table
    }

    fn definition(&self) -> &Definition {
        &self.definition
    }
}

impl Object for Trigger {
    const KIND: &'static str = "trigger";

    fn name(&self) -> &str {
        &self.name
    }

    fn table(&self) -> &Key {
        &self.table
    }

    fn definition(&self) -> &Definition {
        &self.definition
    }
}

impl Differences {
    fn relations(&mut self, wanted: &Database, found: &Database) {
        for key in union(&wanted.relations, &found.relations) {
            let declared = |relation: &&Relation| relation.table().is_none_or(Table::is_declared);
            let wanted = wanted.relations.get(key).filter(declared);
            let found = found.relations.get(key).filter(declared);
            match (wanted, found) {
                (Some(one), None) => {
                    self.alone.insert(key.clone());
                    self.lines.push(format!("{} is missing", title(one)));
                }
                (None, Some(one)) => {
                    self.alone.insert(key.clone());
                    self.lines
                        .push(format!("{} was not there before", title(one)));
                }
                (Some(Relation::Table(wanted)), Some(Relation::Table(found))) => {
                    if !Arc::ptr_eq(wanted, found) {
                        table(&mut self.lines, wanted, found);
                    }
                }
                (Some(Relation::View(wanted)), Some(Relation::View(found))) => {
                    if !Arc::ptr_eq(wanted, found) {
                        let title = format!("view `{}`", wanted.name);
                        self.definition(&title, &wanted.definition, &found.definition);
                    }
                }
                (Some(wanted), Some(found)) => {
                    let line = format!("{} is there instead of {}", title(found), title(wanted));
                    self.lines.push(line);
                }
                (None, None) => {}
            }
        }
    }

    fn objects<T: Object>(&mut self, wanted: &Map<Key, Arc<T>>, found: &Map<Key, Arc<T>>) {
        for key in union(wanted, found) {
            match (wanted.get(key), found.get(key)) {
                (Some(one), None) => self.object(one.as_ref(), "is missing"),
                (None, Some(one)) => self.object(one.as_ref(), "was not there before"),
                (Some(wanted), Some(found)) if !Arc::ptr_eq(wanted, found) => {
                    let title = format!("{} `{}`", T::KIND, wanted.name());
                    self.definition(&title, wanted.definition(), found.definition());
                }
                (Some(_), Some(_)) | (None, None) => {}
            }
        }
    }

    fn object<T: Object>(&mut self, object: &T, state: &str) {
        if !self.alone.contains(object.table()) {
            let line = format!("{} `{}` {state}", T::KIND, object.name());
            self.lines.push(line);
        }
    }

    fn definition(&mut self, title: &str, wanted: &Definition, found: &Definition) {
        let wanted = normal_form(&wanted.to_sql());
        let found = normal_form(&found.to_sql());
        if wanted != found {
            let (wanted, found) = (words(&wanted, &found), words(&found, &wanted));
            let line = format!("{title} reads `{found}`, not `{wanted}`");
            self.lines.push(line);
        }
    }
}

/// The words of a text from the first that differs from those of another, with the one before it.
fn words(text: &str, other: &str) -> String {
    let same = text.split(' ').zip(other.split(' '));
    let same = same.take_while(|(one, other)| one == other).count();
    let from = same.saturating_sub(1);
    let mut rest = text.split(' ').skip(from);
    let mut shown: Vec<&str> = rest.by_ref().take(MAX_WORDS).collect();
    if from > 0 {
        shown.insert(0, "…");
    }
    if rest.next().is_some() {
        shown.push("…");
    }
    shown.join(" ")
}

fn title(relation: &Relation) -> String {
    match relation {
        Relation::Table(table) => format!("table `{}`", table.name),
        Relation::View(view) => format!("view `{}`", view.name),
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
    let (wanted_kind, found_kind) = (description::kind(wanted), description::kind(found));
    if wanted_kind != found_kind {
        lines.push(format!("table `{name}` is {found_kind}, not {wanted_kind}"));
    }
    columns(lines, wanted, found);
    let (wanted_constraints, found_constraints) = (
        description::constraints(wanted),
        description::constraints(found),
    );
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

fn columns(lines: &mut Vec<String>, wanted: &Table, found: &Table) {
    let name = &wanted.name;
    let described = |table: &Table| -> Vec<(Key, String)> {
        table
            .columns
            .iter()
            .filter(|column| !column.hidden)
            .map(|column| (Key::new(&column.name), description::column(column)))
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
        lines.push(format!(
            "column `{found}` of table `{name}` was not there before"
        ));
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

/// The keys of two maps, in order.
fn union<'a, K: Ord, V>(one: &'a Map<K, V>, other: &'a Map<K, V>) -> BTreeSet<&'a K> {
    one.keys().chain(other.keys()).collect()
}
