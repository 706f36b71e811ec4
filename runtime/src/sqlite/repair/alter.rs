//! Mending a table in place, which the engine tries: it knows best which columns it can add and drop.

use super::super::introspect;
use super::super::outcome::environment;
use super::build::Builder;
use super::quoted;
use super::sides::{is_about, is_order, statement};
use crate::difference::{Difference, Object, differences};
use crate::error::Error;
use tablature_lexer::TableText;

impl Builder<'_> {
    /// Tries to mend a table with ADD COLUMN and DROP COLUMN alone; false if that does not make it what it is to be.
    pub(super) fn alter(&mut self, table: &str, work: &[&Difference]) -> Result<bool, Error> {
        let mut statements = Vec::new();
        let sql = statement(&self.sides.objects, "table", table).unwrap_or_default();
        let columns = TableText::read(sql).columns;
        let definitions = TableText::definitions(sql);
        for (column, definition) in columns.iter().zip(definitions) {
            let is_missing = |it: &&Difference| {
                matches!(it, Difference::Missing { object: Object::Column { name, .. }, .. }
                    if name.eq_ignore_ascii_case(&column.name))
            };
            if work.iter().any(is_missing) {
                let table = quoted(table);
                statements.push(format!("ALTER TABLE main.{table} ADD COLUMN {definition}"));
            }
        }
        for it in work {
            if let Difference::Unexpected {
                object: Object::Column { name, .. },
            } = it
            {
                let (table, name) = (quoted(table), quoted(name));
                statements.push(format!("ALTER TABLE main.{table} DROP COLUMN {name}"));
            }
        }
        if statements.is_empty() {
            return Ok(false);
        }
        self.copy.execute_batch("SAVEPOINT _tablature_trial")?;
        let works = self.works(table, &statements);
        self.copy
            .execute_batch("ROLLBACK TO _tablature_trial; RELEASE _tablature_trial")?;
        if works? {
            self.say(work);
            for statement in &statements {
                self.script.run(statement)?;
            }
            return Ok(true);
        }
        Ok(false)
    }

    /// Whether statements make a table what it is to be.
    fn works(&self, table: &str, statements: &[String]) -> Result<bool, Error> {
        for statement in statements {
            if let Err(error) = self.copy.execute_batch(statement) {
                return environment(error).map_or(Ok(false), Err);
            }
        }
        let now = introspect::schema(self.copy)?;
        let of_table = |it: &Difference| is_about(it, table);
        let left = differences(&self.sides.target, &now);
        let left = left.iter().any(|it| of_table(it) && !is_order(it));
        let order = differences(&self.sides.expected, &now);
        let order = order.iter().any(|it| of_table(it) && is_order(it));
        Ok(!left && !order)
    }
}
