//! Making a table anew, with all that is in it.
//!
//! These are the steps that SQLite documents for a change that ALTER TABLE does not know
//! (<https://www.sqlite.org/lang_altertable.html#otheralter>), but for one: the old table is renamed and the new one made
//! under its own name, where the documented order renames the new one at the end. That is what `legacy_alter_table` is
//! for, under which a rename leaves views, triggers and the foreign keys of other tables alone; a table that names itself in
//! its definition is renamed without it, if nothing else names it. Two things come of it:
//! the new table has the very statement that the migrations leave behind, and a failure before the copy is whole leaves
//! no table under the name that is dropped.

use super::super::introspect;
use super::super::outcome::{environment, message};
use super::build::Builder;
use super::sides::{count, statement};
use super::{fold, literal, misfits, quoted};
use crate::difference::{Difference, Object};
use crate::error::Error;
use crate::repair::RepairProblem;
use crate::schema::{Schema, Table};
use rusqlite::Connection;

/// A table that is made anew.
pub(super) struct Rebuild<'a> {
    pub(super) table: &'a Table,
    /// The name of the old table for the time being.
    pub(super) old: String,
    /// The columns that are copied, as SQL: of the new table, and of the old one.
    pub(super) columns: Vec<(String, String)>,
    /// The old table's rowid, as SQL; none if it has none.
    pub(super) rowid: Option<&'static str>,
}

impl<'a> Rebuild<'a> {
    /// Makes tables anew: all are renamed, then all are made, then all are copied, then the old ones are dropped.
    pub(super) fn all(
        builder: &mut Builder<'a>,
        anew: &[(&str, Vec<&Difference>)],
    ) -> Result<(), Error> {
        let live = introspect::schema(builder.copy)?;
        let sides = builder.sides;
        let mut rebuilds = Vec::new();
        for (name, work) in anew {
            let object = Object::Table {
                name: (*name).to_owned(),
            };
            let (Some(table), Some(before)) = (find(&sides.target, name), find(&live, name)) else {
                continue;
            };
            builder.say(work);
            let Some(mut rebuild) = Rebuild::rename(builder, table, before, &object)? else {
                continue;
            };
            let sql = statement(&sides.objects, "table", name).unwrap_or_default();
            if builder.attempt(sql, &object)? {
                rebuild.copy_rowid(builder.copy)?;
                builder.remade.insert(fold(name));
                rebuilds.push(rebuild);
            }
        }
        for rebuild in &rebuilds {
            rebuild.copy(builder)?;
        }
        for rebuild in &rebuilds {
            let drop = format!("DROP TABLE main.{}", quoted(&rebuild.old));
            let name = rebuild.table.name.to_string();
            builder.attempt(&drop, &Object::Table { name })?;
        }
        Ok(())
    }

    /// Gives the old table another name; none if the engine refuses to.
    fn rename(
        builder: &mut Builder<'_>,
        table: &'a Table,
        before: &Table,
        object: &Object,
    ) -> Result<Option<Self>, Error> {
        let old = free_name(builder.copy, &table.name)?;
        let (name, new) = (quoted(&table.name), quoted(&old));
        let rename = format!("ALTER TABLE main.{name} RENAME TO {new}");
        let is_alone = !leaves_others_alone(builder.copy, &rename, &old, true)?
            && leaves_others_alone(builder.copy, &rename, &old, false)?;
        if is_alone {
            builder.script.run(&rename)?;
        } else {
            builder.script.run("PRAGMA legacy_alter_table = ON")?;
            let is_renamed = builder.attempt(&rename, object)?;
            builder.script.run("PRAGMA legacy_alter_table = OFF")?;
            if !is_renamed {
                return Ok(None);
            }
        }
        let mut columns = Vec::new();
        for column in table.columns.iter().filter(|it| it.generated.is_none()) {
            let mut others = before.columns.iter();
            if let Some(same) = others.find(|it| fold(&it.name) == fold(&column.name)) {
                columns.push((quoted(&column.name), quoted(&same.name)));
            }
        }
        Ok(Some(Rebuild {
            table,
            old,
            columns,
            rowid: rowid(before),
        }))
    }

    /// Copies the rows.
    fn copy(&self, builder: &mut Builder<'_>) -> Result<(), Error> {
        let name = &self.table.name;
        let object = Object::Table {
            name: name.to_string(),
        };
        if self.columns.is_empty() {
            let reason = "it has no column in common with what the migrations define".to_owned();
            if count(builder.copy, &self.old)? > 0 {
                builder
                    .problems
                    .push(RepairProblem::Refused { object, reason });
            }
            return Ok(());
        }
        let problems = misfits::without_key(builder.copy, self)?;
        if !problems.is_empty() {
            builder.problems.extend(problems);
            return Ok(());
        }
        let (new, old) = (quoted(name), quoted(&self.old));
        builder.script.say(&format!("the rows of `{name}`"));
        match builder.script.run(&self.insert()) {
            Ok(()) => {}
            Err(error) => {
                let reason = message(&error);
                environment(error).map_or(Ok(()), Err)?;
                let found = misfits::of_table(builder.copy, self)?;
                if found.is_empty() {
                    builder
                        .problems
                        .push(RepairProblem::Refused { object, reason });
                }
                builder.problems.extend(found);
                return Ok(());
            }
        }
        builder.script.check(
            "is_whole",
            &format!(
                "SELECT (SELECT count(*) FROM main.{new}) = (SELECT count(*) FROM main.{old})"
            ),
        )?;
        self.keep_counter(builder)
    }

    /// Copies the rowid too where both tables have one; the new table is there.
    fn copy_rowid(&mut self, copy: &Connection) -> Result<(), Error> {
        let (Some(new), Some(old)) = (rowid(self.table), self.rowid) else {
            return Ok(());
        };
        let new = match alias(copy, &self.table.name, self.table)? {
            Some(alias) if self.columns.iter().any(|(new, _)| *new == quoted(&alias)) => {
                return Ok(());
            }
            Some(alias) => quoted(&alias),
            None => new.to_owned(),
        };
        self.columns.insert(0, (new, old.to_owned()));
        Ok(())
    }

    /// The statement that copies the rows. What the constraints of the new table say of conflicts is not wanted.
    fn insert(&self) -> String {
        let (new, old): (Vec<&str>, Vec<&str>) = self
            .columns
            .iter()
            .map(|(new, old)| (&**new, &**old))
            .unzip();
        format!(
            "INSERT OR ABORT INTO main.{} ({})\nSELECT {}\nFROM main.{}",
            quoted(&self.table.name),
            new.join(", "),
            old.join(", "),
            quoted(&self.old)
        )
    }

    /// Keeps the greatest number that AUTOINCREMENT has given.
    fn keep_counter(&self, builder: &mut Builder<'_>) -> Result<(), Error> {
        let (new, old) = (literal(&self.table.name), literal(&self.old));
        if !self.table.autoincrement {
            return Ok(());
        }
        let has_one =
            format!("SELECT EXISTS (SELECT 1 FROM main.sqlite_sequence WHERE name = {old})");
        let has_one: bool = builder.copy.query_row(&has_one, [], |row| row.get(0))?;
        if has_one {
            builder
                .script
                .say(&format!("the counter of `{}`", self.table.name));
            builder.script.run(&format!(
                "DELETE FROM main.sqlite_sequence WHERE name = {new}"
            ))?;
            builder.script.run(&format!(
                "INSERT INTO main.sqlite_sequence (name, seq)\n\
                 SELECT {new}, seq FROM main.sqlite_sequence WHERE name = {old}"
            ))?;
        }
        Ok(())
    }
}

/// A table of a schema.
pub(super) fn find<'a>(schema: &'a Schema, name: &str) -> Option<&'a Table> {
    let mut tables = schema.tables.iter();
    tables.find(|table| table.name.eq_ignore_ascii_case(name))
}

/// What the rowid of a table is called; none if it has none, or all its names are those of columns.
pub(super) fn rowid(table: &Table) -> Option<&'static str> {
    if table.without_rowid || table.module.is_some() {
        return None;
    }
    ["rowid", "_rowid_", "oid"].into_iter().find(|name| {
        let mut columns = table.columns.iter();
        !columns.any(|column| column.name.eq_ignore_ascii_case(name))
    })
}

/// The column that is the rowid of a table: its INTEGER PRIMARY KEY, for which the engine keeps no index.
pub(super) fn alias(
    connection: &Connection,
    name: &str,
    table: &Table,
) -> Result<Option<String>, Error> {
    let mut key = table.columns.iter().filter(|it| it.primary_key > 0);
    let (Some(column), None, false) = (key.next(), key.next(), table.without_rowid) else {
        return Ok(None);
    };
    let mut has_index = false;
    introspect::each_row(connection, "index_list", name, |row| {
        has_index |= row.get_ref("origin")?.as_str() == Ok("pk");
        Ok(())
    })?;
    Ok((!has_index).then(|| column.name.to_string()))
}

/// Whether a table can be renamed so that nothing else is about its new name then. A definition that names its own table, as
/// in `CHECK (t.a > 0)`, has to be rewritten, which the engine does not do under `legacy_alter_table`.
fn leaves_others_alone(
    copy: &Connection,
    rename: &str,
    new: &str,
    is_legacy: bool,
) -> Result<bool, Error> {
    copy.execute_batch("SAVEPOINT _tablature_rename")?;
    copy.pragma_update(None, "legacy_alter_table", is_legacy)?;
    let renamed = copy.execute_batch(rename);
    let named =
        "SELECT EXISTS (SELECT 1 FROM main.sqlite_master WHERE instr(sql, ?1) AND tbl_name <> ?1)";
    let is_named: rusqlite::Result<bool> = copy.query_row(named, [new], |row| row.get(0));
    copy.execute_batch("ROLLBACK TO _tablature_rename; RELEASE _tablature_rename")?;
    copy.pragma_update(None, "legacy_alter_table", false)?;
    match renamed {
        Ok(()) => Ok(!is_named?),
        Err(error) => environment(error).map_or(Ok(false), Err),
    }
}

/// A name that nothing in the database has.
fn free_name(connection: &Connection, table: &str) -> Result<String, Error> {
    let mut name = format!("_tablature_old_{table}");
    let taken = "SELECT EXISTS (SELECT 1 FROM main.sqlite_master WHERE lower(name) = lower(?1))";
    while connection.query_row(taken, [&name], |row| row.get(0))? {
        name.push('_');
    }
    Ok(name)
}
