//! What a database has, and what a repair makes of it: what the migrations define, with the data that nobody defines.

use super::super::inspection::Inspection;
use super::super::introspect::{self, Object};
use super::super::{message, replayed};
use super::{fold, quoted};
use crate::difference::{self, Difference, Property, differences};
use crate::error::Error;
use crate::others;
use crate::repair::RepairProblem;
use crate::schema::{Place, Schema};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use tablature_lexer::TableText;

/// A database beside what it is to be.
pub(super) struct Sides {
    /// What the migrations define.
    pub(super) expected: Schema,
    /// That, with the columns that are kept.
    pub(super) target: Schema,
    /// The statements that make the target, in the order in which the migrations have made its objects.
    pub(super) objects: Vec<Object>,
    /// What the database has, without the tables that are kept or belong to others.
    pub(super) live: Schema,
    /// The statements that have made all that it has.
    pub(super) live_objects: Vec<Object>,
    /// How it differs from the target.
    pub(super) work: Vec<Difference>,
    /// How the target, with the tables that are kept, differs from what the migrations define.
    pub(super) kept: Vec<Difference>,
    /// How many rows the migrations insert into a table on an empty database, by its name, folded.
    pub(super) seeds: BTreeMap<String, u64>,
    pub(super) problems: Vec<RepairProblem>,
}

impl Sides {
    /// Reads both sides; the migrations are replayed only if the database has drifted.
    pub(super) fn read(
        inspection: &Inspection<'_, '_>,
        version: Option<i64>,
    ) -> Result<Sides, Error> {
        let (runner, connection) = (inspection.runner, inspection.connection);
        // Before the first migration there is nothing.
        let version = version.unwrap_or(i64::MIN);
        let mut expected = replayed::schema_at(runner, version)?;
        let list = runner.migrations.list.iter();
        let applied: BTreeSet<&str> = list
            .filter(|migration| migration.version <= version)
            .map(|migration| &*migration.file)
            .collect();
        let newest = runner.migrations.schema();
        place(&mut expected, &newest, &applied);
        let mut live = introspect::schema(connection)?;
        others::leave_out(&mut live, &[&expected, &newest], &runner.ignored_tables);
        let found = differences(&expected, &live);
        let mut sides = Sides {
            target: expected.clone(),
            expected,
            objects: Vec::new(),
            live,
            live_objects: Vec::new(),
            work: Vec::new(),
            kept: Vec::new(),
            seeds: BTreeMap::new(),
            problems: Vec::new(),
        };
        let unnamed = sides.unnamed(&found, &runner.dropped);
        if found.is_empty() {
            return Ok(sides);
        }
        let scratch = replayed::database_at(runner, version)?;
        sides.live_objects = introspect::objects(connection)?;
        sides.seeds = seeds(&scratch, &sides.expected)?;
        let left_alone = sides.keep_columns(&unnamed, &found, &scratch)?;
        sides.target = introspect::schema(&scratch)?;
        place(&mut sides.target, &sides.expected, &applied);
        sides.objects = introspect::objects(&scratch)?;
        for table in sides.target.tables.to_mut() {
            let mut same = sides.live.tables.iter();
            if left_alone.contains(&fold(&table.name))
                && let Some(same) = same.find(|live| fold(&live.name) == fold(&table.name))
            {
                *table = same.clone();
            }
        }
        sides.keep_tables(&unnamed);
        sides.work = differences(&sides.target, &sides.live);
        // Where a column stands that is kept does not count.
        let ordered: Vec<&difference::Object> =
            found.iter().filter(|it| is_order(it)).map(object).collect();
        sides
            .work
            .retain(|it| !is_order(it) || ordered.contains(&object(it)));
        Ok(sides)
    }

    /// The tables and columns that no migration defines and that nobody wants to be dropped.
    fn unnamed(&mut self, found: &[Difference], dropped: &[String]) -> Vec<difference::Object> {
        let unexpected: Vec<&difference::Object> = found
            .iter()
            .filter_map(|difference| match difference {
                Difference::Unexpected { object } => data(object).map(|_| object),
                Difference::Missing { .. } | Difference::Changed { .. } => None,
            })
            .collect();
        let is = |name: &str, object: &difference::Object| {
            data(object).is_some_and(|known| known.eq_ignore_ascii_case(name))
        };
        for name in dropped {
            if !unexpected.iter().any(|object| is(name, object)) {
                let name = name.clone();
                self.problems.push(RepairProblem::NothingToDrop { name });
            }
        }
        let unnamed = unexpected.into_iter();
        unnamed
            .filter(|object| !dropped.iter().any(|name| is(name, object)))
            .cloned()
            .collect()
    }

    /// Adds the columns that are kept to what the migrations have made. A table to which that cannot be done is left alone
    /// if it lacks nothing; those are returned, folded.
    fn keep_columns(
        &mut self,
        unnamed: &[difference::Object],
        found: &[Difference],
        scratch: &Connection,
    ) -> Result<BTreeSet<String>, Error> {
        let mut left_alone = BTreeSet::new();
        scratch.pragma_update(None, "foreign_keys", false)?;
        for object in unnamed {
            let difference::Object::Column { table, name } = object else {
                continue;
            };
            let Err(reason) = self.keep_column(table, name, scratch) else {
                continue;
            };
            let mut of_table = found.iter().filter(|it| is_about(it, table));
            if of_table.all(|it| matches!(it, Difference::Unexpected { .. })) {
                left_alone.insert(fold(table));
            } else {
                self.problems.push(RepairProblem::Kept {
                    table: table.clone(),
                    column: name.clone(),
                    reason,
                });
            }
        }
        Ok(left_alone)
    }

    fn keep_column(&self, table: &str, name: &str, scratch: &Connection) -> Result<(), String> {
        let sql = statement(&self.live_objects, "table", table).unwrap_or_default();
        let columns = TableText::read(sql).columns.into_iter();
        let mut columns = columns.zip(TableText::definitions(sql));
        let definition = columns.find(|(column, _)| column.name.eq_ignore_ascii_case(name));
        let (_, definition) = definition.ok_or("its definition cannot be read")?;
        let table = quoted(table);
        // What is said of rows of the scratch database has nothing to do with those of the database.
        let _ = scratch.execute_batch(&format!("DELETE FROM main.{table}"));
        let add = format!("ALTER TABLE main.{table} ADD COLUMN {definition}");
        scratch.execute_batch(&add).map_err(|error| message(&error))
    }

    /// Takes the tables that are kept out of what there is to do.
    fn keep_tables(&mut self, unnamed: &[difference::Object]) {
        let kept: BTreeSet<String> = unnamed
            .iter()
            .filter_map(|object| match object {
                difference::Object::Table { name } => Some(fold(name)),
                _ => None,
            })
            .collect();
        let is_kept = |name: &str| kept.contains(&fold(name));
        let mut after = self.target.clone();
        let tables = self.live.tables.iter();
        let tables = tables.filter(|table| is_kept(&table.name)).cloned();
        after.tables.to_mut().extend(tables);
        self.kept = differences(&self.expected, &after);
        // What has a name that is needed goes, and else stays with its table.
        let target = &self.target;
        let needs_index = |name: &str| target.indexes.iter().any(|it| fold(&it.name) == fold(name));
        let needs_trigger = |name: &str| {
            target
                .triggers
                .iter()
                .any(|it| fold(&it.name) == fold(name))
        };
        let live = &mut self.live;
        live.tables.to_mut().retain(|table| !is_kept(&table.name));
        live.indexes
            .to_mut()
            .retain(|index| !is_kept(&index.table) || needs_index(&index.name));
        live.triggers
            .to_mut()
            .retain(|trigger| !is_kept(&trigger.table) || needs_trigger(&trigger.name));
    }
}

/// The name of what holds rows or values: `users`, `users.email`.
fn data(object: &difference::Object) -> Option<String> {
    match object {
        difference::Object::Table { name } => Some(name.clone()),
        difference::Object::Column { table, name } => Some(format!("{table}.{name}")),
        _ => None,
    }
}

pub(super) fn is_order(difference: &Difference) -> bool {
    matches!(
        difference,
        Difference::Changed {
            property: Property::ColumnOrder,
            ..
        }
    )
}

/// What a difference is about.
pub(super) fn object(difference: &Difference) -> &difference::Object {
    match difference {
        Difference::Missing { object, .. }
        | Difference::Unexpected { object }
        | Difference::Changed { object, .. } => object,
    }
}

/// Whether a difference is about a table or something in it.
pub(super) fn is_about(difference: &Difference, name: &str) -> bool {
    table_of(object(difference)).is_some_and(|table| table.eq_ignore_ascii_case(name))
}

/// The table that something is or is in; none for what has a statement of its own.
pub(super) fn table_of(object: &difference::Object) -> Option<&str> {
    match object {
        difference::Object::Table { name: table }
        | difference::Object::Column { table, .. }
        | difference::Object::Unique { table, .. }
        | difference::Object::Check { table, .. }
        | difference::Object::Constraint { table, .. }
        | difference::Object::ForeignKey { table, .. } => Some(table),
        _ => None,
    }
}

/// The statement that has made something.
pub(super) fn statement<'a>(objects: &'a [Object], kind: &str, name: &str) -> Option<&'a str> {
    let mut objects = objects.iter();
    let object = objects.find(|it| it.kind == kind && it.name.eq_ignore_ascii_case(name));
    object.map(|object| &*object.sql)
}

/// How many rows there are in each ordinary table.
fn seeds(connection: &Connection, schema: &Schema) -> Result<BTreeMap<String, u64>, Error> {
    let mut seeds = BTreeMap::new();
    for table in schema.tables.iter().filter(|it| it.module.is_none()) {
        seeds.insert(fold(&table.name), count(connection, &table.name)?);
    }
    Ok(seeds)
}

/// How many rows a table has.
pub(super) fn count(connection: &Connection, table: &str) -> rusqlite::Result<u64> {
    let count = format!("SELECT count(*) FROM main.{}", quoted(table));
    let count: i64 = connection.query_row(&count, [], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// Says of what a schema has where another one knows it to be defined, in one of some files.
fn place(schema: &mut Schema, known: &Schema, files: &BTreeSet<&str>) {
    let of = |place: &Option<Place>| {
        let place = place.as_ref();
        place.filter(|place| files.contains(&*place.file)).cloned()
    };
    for table in schema.tables.to_mut() {
        let mut tables = known.tables.iter();
        let Some(same) = tables.find(|it| fold(&it.name) == fold(&table.name)) else {
            continue;
        };
        table.place = table.place.take().or_else(|| of(&same.place));
        for column in table.columns.to_mut() {
            let mut columns = same.columns.iter();
            let same = columns.find(|it| fold(&it.name) == fold(&column.name));
            let place = column.place.take();
            column.place = place.or_else(|| of(&same?.place));
        }
    }
    for index in schema.indexes.to_mut() {
        let same = known.indexes.iter().find(|it| it.name == index.name);
        index.place = index.place.take().or_else(|| of(&same?.place));
    }
    for view in schema.views.to_mut() {
        let same = known.views.iter().find(|it| it.name == view.name);
        view.place = view.place.take().or_else(|| of(&same?.place));
    }
    for trigger in schema.triggers.to_mut() {
        let same = known.triggers.iter().find(|it| it.name == trigger.name);
        trigger.place = trigger.place.take().or_else(|| of(&same?.place));
    }
}
