//! Writing the script: what is dropped, changed in place, made anew and made.

use super::super::affected::Affected;
use super::super::foreign_keys;
use super::super::introspect::Object;
use super::super::outcome::{environment, message};
use super::rebuild::Rebuild;
use super::script::Script;
use super::sides::{Sides, count, is_about, object, statement, table_of};
use super::{fold, misfits, quoted};
use crate::difference::{self, Difference, Property};
use crate::error::{Error, ForeignKeyViolation};
use crate::repair::head::{self, Engine};
use crate::repair::{Dropped, Repair, RepairProblem};
use rusqlite::Connection;
use std::collections::BTreeSet;
use tablature_lexer::{TableText, TokenKind, tokenize};

/// Writes the script into a repair; returns what stands against it.
pub(super) fn script(
    sides: &Sides,
    connection: &Connection,
    copy: &Connection,
    repair: &mut Repair,
) -> Result<Vec<RepairProblem>, Error> {
    let broken = foreign_keys::violations(copy, &Affected::All)?;
    let mut builder = Builder {
        sides,
        copy,
        script: Script::begin(copy)?,
        problems: Vec::new(),
        drops: Vec::new(),
        notes: Vec::new(),
        remade: BTreeSet::new(),
    };
    builder.drop_definitions()?;
    builder.tables()?;
    builder.make_definitions()?;
    if builder.problems.is_empty() {
        builder.find_orphans(broken)?;
    }
    let Builder {
        script,
        problems,
        drops,
        notes,
        ..
    } = builder;
    repair.drops = drops;
    repair.notes = notes;
    let enforces = connection.pragma_query_value(None, "foreign_keys", |row| row.get(0))?;
    repair.script = format!(
        "{}{}",
        head::of(repair, Engine::Sqlite),
        script.end(enforces)?
    );
    Ok(problems)
}

pub(super) struct Builder<'a> {
    pub(super) sides: &'a Sides,
    pub(super) copy: &'a Connection,
    pub(super) script: Script<'a>,
    pub(super) problems: Vec<RepairProblem>,
    drops: Vec<Dropped>,
    notes: Vec<String>,
    /// The tables and views that are made, folded: with the old ones go the indexes and triggers.
    pub(super) remade: BTreeSet<String>,
}

impl Builder<'_> {
    /// Drops indexes, views and triggers that are unexpected or others: they hold no data.
    fn drop_definitions(&mut self) -> Result<(), Error> {
        // Triggers come last there; with a view go its own.
        for it in self.sides.work.iter().rev() {
            let object = object(it);
            let (Some((kind, name)), false) =
                (definition(object), matches!(it, Difference::Missing { .. }))
            else {
                continue;
            };
            self.script.say(&it.to_string());
            let drop = format!("DROP {} main.{}", kind.to_ascii_uppercase(), quoted(name));
            self.attempt(&drop, object)?;
            if let Difference::Unexpected { object } = it {
                let sql = statement(&self.sides.live_objects, kind, name);
                self.drops.push(Dropped {
                    object: object.clone(),
                    rows: None,
                    sql: sql.map(str::to_owned),
                });
            }
        }
        Ok(())
    }

    /// Brings each table that differs to what it is to be: in place where the engine can, else by making it anew.
    fn tables(&mut self) -> Result<(), Error> {
        let mut anew = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        for name in self.sides.work.iter().filter_map(|it| table_of(object(it))) {
            if names.last() != Some(&name) {
                names.push(name);
            }
        }
        for name in names {
            let work: Vec<&Difference> = self
                .sides
                .work
                .iter()
                .filter(|it| is_about(it, name))
                .collect();
            match work.as_slice() {
                [
                    Difference::Missing {
                        object: object @ difference::Object::Table { .. },
                        ..
                    },
                ] => self.make_table(name, object, &work)?,
                [
                    Difference::Unexpected {
                        object: object @ difference::Object::Table { .. },
                    },
                ] => self.drop_table(name, object, &work)?,
                [
                    Difference::Changed {
                        property: Property::Module,
                        expected,
                        found,
                        ..
                    },
                ] => self.problems.push(RepairProblem::Virtual {
                    table: name.to_owned(),
                    expected: expected.clone(),
                    found: found.clone(),
                }),
                _ => {
                    self.note_columns(name, &work)?;
                    if !self.alter(name, &work)? {
                        anew.push((name, work));
                    }
                }
            }
        }
        Rebuild::all(self, &anew)
    }

    fn make_table(
        &mut self,
        name: &str,
        object: &difference::Object,
        work: &[&Difference],
    ) -> Result<(), Error> {
        self.say(work);
        let sql = statement(&self.sides.objects, "table", name).unwrap_or_default();
        self.attempt(written(sql), object)?;
        self.remade.insert(fold(name));
        let seeds = self.sides.seeds.get(&fold(name)).copied().unwrap_or(0);
        if TableText::read(sql).module.is_some() {
            self.notes.push(format!(
                "virtual table `{name}` is made without content: fill it as your application does"
            ));
        } else if seeds > 0 {
            self.notes.push(format!(
                "table `{name}` is made empty; on an empty database the migrations leave {seeds} row{} in it",
                if seeds == 1 { "" } else { "s" }
            ));
        }
        Ok(())
    }

    fn drop_table(
        &mut self,
        name: &str,
        object: &difference::Object,
        work: &[&Difference],
    ) -> Result<(), Error> {
        self.say(work);
        self.drops.push(Dropped {
            object: object.clone(),
            rows: Some(count(self.copy, name)?),
            sql: None,
        });
        let drop = format!("DROP TABLE main.{}", quoted(name));
        self.attempt(&drop, object)?;
        Ok(())
    }

    /// Tells what is lost with columns, and what is not known of the values of new ones.
    fn note_columns(&mut self, table: &str, work: &[&Difference]) -> Result<(), Error> {
        let rows = count(self.copy, table)?;
        for it in work {
            match it {
                Difference::Unexpected {
                    object: object @ difference::Object::Column { name, .. },
                } => {
                    let count = format!(
                        "SELECT count({}) FROM main.{}",
                        quoted(name),
                        quoted(table)
                    );
                    let values: i64 = self.copy.query_row(&count, [], |row| row.get(0))?;
                    self.drops.push(Dropped {
                        object: (*object).clone(),
                        rows: Some(values.unsigned_abs()),
                        sql: None,
                    });
                }
                Difference::Missing {
                    object: object @ difference::Object::Column { name, .. },
                    ..
                } if rows > 0 && !self.is_generated(table, name) => self.notes.push(format!(
                    "{object} has its default in each of {rows} row{}; what a migration or the application would have \
                     written there is not known",
                    if rows == 1 { "" } else { "s" }
                )),
                Difference::Missing { .. }
                | Difference::Unexpected { .. }
                | Difference::Changed { .. } => {}
            }
        }
        Ok(())
    }

    fn is_generated(&self, table: &str, name: &str) -> bool {
        let mut tables = self.sides.target.tables.iter();
        let table = tables.find(|it| it.name.eq_ignore_ascii_case(table));
        let columns = table.map(|table| table.columns.iter());
        columns.into_iter().flatten().any(|column| {
            column.name.eq_ignore_ascii_case(name)
                && (column.generated.is_some() || column.primary_key > 0)
        })
    }

    /// Makes indexes, views and triggers that are missing or were dropped, alone or with their tables.
    fn make_definitions(&mut self) -> Result<(), Error> {
        for kind in ["index", "view", "trigger"] {
            for made in self.sides.objects.iter().filter(|it| it.kind == kind) {
                let work = self.sides.work.iter().find(|it| {
                    !matches!(it, Difference::Unexpected { .. })
                        && definition(object(it)) == Some((kind, &*made.name))
                });
                if work.is_none() && (kind == "view" || !self.remade.contains(&fold(&made.table))) {
                    continue;
                }
                match work {
                    Some(work) => self.script.say(&work.to_string()),
                    None => self.script.say(&format!("{kind} `{}` again", made.name)),
                }
                self.make_definition(made)?;
                if kind == "view" {
                    self.remade.insert(fold(&made.name));
                }
            }
        }
        Ok(())
    }

    fn make_definition(&mut self, made: &Object) -> Result<(), Error> {
        let sql = written(&made.sql);
        let Err(error) = self.script.run(sql) else {
            return Ok(());
        };
        let reason = message(&error);
        environment(error).map_or(Ok(()), Err)?;
        if made.kind == "index" {
            let found = misfits::of_index(self, &made.table, sql)?;
            if !found.is_empty() {
                self.problems.extend(found);
                return Ok(());
            }
        }
        let name = made.name.clone();
        let object = match made.kind.as_str() {
            "index" => difference::Object::Index { name },
            "view" => difference::Object::View { name },
            _ => difference::Object::Trigger { name },
        };
        self.problems
            .push(RepairProblem::Refused { object, reason });
        Ok(())
    }

    /// Finds the rows that would refer to nothing, and do not so now.
    fn find_orphans(&mut self, before: Vec<ForeignKeyViolation>) -> Result<(), Error> {
        let after = foreign_keys::violations(self.copy, &Affected::All)?;
        let new = foreign_keys::new_ones(self.copy, before, after)?;
        self.problems
            .extend(misfits::orphans(&self.sides.target, &self.sides.live, &new));
        Ok(())
    }

    /// Says what the next statements mend.
    pub(super) fn say(&mut self, work: &[&Difference]) {
        for it in work {
            self.script.say(&it.to_string());
        }
    }

    /// Runs a statement; what the engine says against it is a problem. Returns whether it ran.
    pub(super) fn attempt(
        &mut self,
        sql: &str,
        object: &difference::Object,
    ) -> Result<bool, Error> {
        let Err(error) = self.script.run(sql) else {
            return Ok(true);
        };
        let reason = message(&error);
        environment(error).map_or(Ok(()), Err)?;
        let object = object.clone();
        self.problems
            .push(RepairProblem::Refused { object, reason });
        Ok(false)
    }
}

/// What has a statement of its own and holds no data, and its kind.
fn definition(object: &difference::Object) -> Option<(&'static str, &str)> {
    match object {
        difference::Object::Index { name } => Some(("index", name)),
        difference::Object::View { name } => Some(("view", name)),
        difference::Object::Trigger { name } => Some(("trigger", name)),
        _ => None,
    }
}

/// A statement without what follows its last token: a comment there would take the semicolon.
fn written(sql: &str) -> &str {
    let tokens = tokenize(sql);
    let is_blank = |kind| matches!(kind, TokenKind::Space | TokenKind::Comment);
    let last = tokens.iter().rfind(|token| !is_blank(token.kind));
    last.and_then(|last| sql.get(..last.end)).unwrap_or(sql)
}
