//! Which versions' schemas a database has: a look at it beside each of them.

use super::introspect::{self, Definition, Object};
use super::{history, replayed};
use crate::adopt::Candidate;
use crate::difference::differences;
use crate::error::Error;
use crate::migration::Migration;
use crate::others;
use crate::runner::Runner;
use crate::schema::Schema;
use rusqlite::Connection;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What the comparison with every version has shown.
pub(super) struct Evidence {
    /// The versions whose schema the database has, in their order.
    pub(super) matches: Vec<Candidate>,
    /// The version that differs least, and of those the newest; none if there are no migrations.
    pub(super) nearest: Option<i64>,
}

/// Compares the schema of a database with the expected one at every version.
///
/// A migration changes few objects, so that only these are read anew after it, and two schemas are compared only where
/// they have the same names.
pub(super) fn gather(runner: &Runner<'_>, live: &Schema) -> Result<Evidence, Error> {
    let mut walk = Walk::new(runner, live);
    replayed::each_version(runner, |migration, empty| walk.step(migration, empty))?;
    Ok(Evidence {
        matches: walk.matches,
        nearest: walk.nearest.map(|(_, version)| version),
    })
}

struct Walk<'a> {
    runner: &'a Runner<'a>,
    live: &'a Schema,
    /// What the last migration leaves behind.
    head: Cow<'a, Schema>,
    /// The names of what the database has.
    live_names: BTreeSet<String>,
    /// The engine's number for the schema so far.
    cookie: Option<i64>,
    /// What the migrations so far have made.
    objects: BTreeMap<Object, Made>,
    /// How many names one has and the other has not.
    distance: usize,
    /// In how much the schema so far differs from that of the database; unknown where names differ.
    differences: Option<usize>,
    matches: Vec<Candidate>,
    nearest: Option<(Rank, i64)>,
}

/// How near a schema is: by the number of names, then of other differences.
type Rank = (usize, usize);

/// An object that the migrations have made, and its names.
struct Made {
    definition: Definition,
    names: Vec<String>,
}

impl<'a> Walk<'a> {
    fn new(runner: &'a Runner<'a>, live: &'a Schema) -> Self {
        let tables = live.tables.iter().cloned().map(Definition::Table);
        let indexes = live.indexes.iter().cloned().map(Definition::Index);
        let views = live.views.iter().cloned().map(Definition::View);
        let triggers = live.triggers.iter().cloned().map(Definition::Trigger);
        let live_names: BTreeSet<String> = tables
            .chain(indexes)
            .chain(views)
            .chain(triggers)
            .flat_map(|definition| names(&definition, &runner.ignored_tables))
            .collect();
        Walk {
            runner,
            live,
            head: runner.migrations.schema(),
            distance: live_names.len(),
            live_names,
            cookie: None,
            objects: BTreeMap::new(),
            differences: None,
            matches: Vec::new(),
            nearest: None,
        }
    }

    fn step(&mut self, migration: &Migration, empty: &Connection) -> Result<(), Error> {
        let is_changed = self.follow(empty)?;
        let is_head = self.runner.migrations.list.last() == Some(migration);
        if self.distance > 0 {
            self.differences = None;
        } else if is_changed || is_head || self.differences.is_none() {
            self.differences = Some(self.compare(is_head));
        }
        let rank = (self.distance, self.differences.unwrap_or(usize::MAX));
        if self.nearest.is_none_or(|(nearest, _)| rank <= nearest) {
            self.nearest = Some((rank, migration.version));
        }
        if self.differences == Some(0) {
            self.matches.push(Candidate {
                version: migration.version,
                name: migration.name.to_string(),
                file: migration.file.to_string(),
                is_data_only: !is_changed,
            });
        }
        Ok(())
    }

    /// Reads what a migration has changed, and tells whether there is anything.
    fn follow(&mut self, empty: &Connection) -> Result<bool, Error> {
        let cookie = history::cookie(empty)?;
        if self.cookie.replace(cookie) == Some(cookie) {
            return Ok(false);
        }
        let mut before = std::mem::take(&mut self.objects);
        let mut made = Vec::new();
        for object in introspect::objects(empty)? {
            match before.remove_entry(&object) {
                Some((object, kept)) => {
                    self.objects.insert(object, kept);
                }
                None => made.push(object),
            }
        }
        let is_changed = !made.is_empty() || !before.is_empty();
        for name in before.values().flat_map(|gone| &gone.names) {
            if self.live_names.contains(name) {
                self.distance += 1;
            } else {
                self.distance = self.distance.saturating_sub(1);
            }
        }
        for object in made {
            let Some(definition) = introspect::definition(empty, &object)? else {
                continue;
            };
            let names = names(&definition, &self.runner.ignored_tables);
            for name in &names {
                if self.live_names.contains(name) {
                    self.distance = self.distance.saturating_sub(1);
                } else {
                    self.distance += 1;
                }
            }
            self.objects.insert(object, Made { definition, names });
        }
        Ok(is_changed)
    }

    /// In how much the schema so far differs from that of the database.
    fn compare(&self, is_head: bool) -> usize {
        let expected = if is_head {
            Cow::Borrowed(&*self.head)
        } else {
            let definitions = self.objects.values().map(|made| made.definition.clone());
            Cow::Owned(introspect::collected(definitions))
        };
        let mut found = self.live.clone();
        // A table that a later migration makes is not one of others.
        let own = [&*expected, &self.head];
        others::leave_out(&mut found, &own, &self.runner.ignored_tables);
        differences(&expected, &found).len()
    }
}

/// The names that two equal schemas have in common. What belongs to a table that may be there or not is left out, and so
/// are the columns that a module makes.
fn names(definition: &Definition, ignored: &[String]) -> Vec<String> {
    let fold = |name: &str| name.to_ascii_lowercase();
    match definition {
        Definition::Table(table) if others::is_ignored(&table.name, ignored) => Vec::new(),
        Definition::Table(table) => {
            let name = fold(&table.name);
            let columns = match table.module {
                Some(_) => &[],
                None => &*table.columns,
            };
            let columns = columns.iter().map(|column| fold(&column.name));
            let columns = columns.map(|column| format!("column {name}.{column}"));
            columns.chain([format!("table {name}")]).collect()
        }
        Definition::Index(index) if others::is_ignored(&index.table, ignored) => Vec::new(),
        Definition::Index(index) => vec![format!("index {}", fold(&index.name))],
        Definition::View(view) => vec![format!("view {}", fold(&view.name))],
        Definition::Trigger(trigger) if others::is_ignored(&trigger.table, ignored) => Vec::new(),
        Definition::Trigger(trigger) => vec![format!("trigger {}", fold(&trigger.name))],
    }
}
