//! Drift: what others do to the schema of a database with rows, behind the back of its migrations.

mod rows;
mod table;

pub use rows::{contents, fill, written};

use crate::random::Random;
use rusqlite::{Connection, Error};

/// Does one thing to the schema; none if what was drawn cannot be done there.
///
/// # Errors
///
/// If the engine cannot list what there is.
pub fn drift(connection: &Connection, random: &mut Random) -> Result<Option<String>, Error> {
    let named = |random: &mut Random, kind: &str| -> Result<Option<Object>, Error> {
        Ok(random.pick(&objects(connection, kind)?).cloned())
    };
    let Some(table) = named(random, "table")? else {
        return Ok(None);
    };
    let name = quoted(&table.name);
    let column = columns(connection, &table.name)?;
    let column = random.pick(&column).cloned().unwrap_or_default();
    let column = quoted(&column);
    let fresh = format!("drift_{}", random.below(1_000_000));
    let sql = match random.below(16) {
        0 => named(random, "index")?.map(|it| format!("DROP INDEX {}", quoted(&it.name))),
        1 => named(random, "view")?.map(|it| format!("DROP VIEW {}", quoted(&it.name))),
        2 => named(random, "trigger")?.map(|it| format!("DROP TRIGGER {}", quoted(&it.name))),
        3 => Some(format!("CREATE INDEX {fresh} ON {name} ({column})")),
        4 => Some(format!(
            "CREATE VIEW {fresh} AS SELECT {column} FROM {name}"
        )),
        5 => Some(format!(
            "CREATE TRIGGER {fresh} AFTER DELETE ON {name} BEGIN SELECT 1; END"
        )),
        6 => Some(format!(
            "CREATE TABLE {fresh} (x); INSERT INTO {fresh} VALUES (1), (2)"
        )),
        7 => Some(format!("DROP TABLE {name}")),
        8 => Some(format!("ALTER TABLE {name} DROP COLUMN {column}")),
        9 => Some(format!(
            "ALTER TABLE {name} ADD COLUMN {fresh} TEXT DEFAULT 'x'"
        )),
        10 => Some(format!(
            "ALTER TABLE {name} RENAME COLUMN {column} TO {fresh}"
        )),
        11 => named(random, "index")?.map(|it| {
            format!(
                "DROP INDEX {}; CREATE INDEX {} ON {name} ({column})",
                quoted(&it.name),
                quoted(&it.name)
            )
        }),
        _ => table::drifted(connection, &table, random)?,
    };
    let Some(sql) = sql else { return Ok(None) };
    connection.execute_batch("SAVEPOINT drift")?;
    let done = connection.execute_batch(&sql);
    if done.is_err() {
        connection.execute_batch("ROLLBACK TO drift")?;
    }
    connection.execute_batch("RELEASE drift; PRAGMA legacy_alter_table = OFF")?;
    Ok(done.is_ok().then_some(sql))
}

/// A row of the schema table.
#[derive(Debug, Clone)]
struct Object {
    name: String,
    table: String,
    sql: String,
}

/// What there is of a kind; of tables the ordinary ones.
fn objects(connection: &Connection, kind: &str) -> Result<Vec<Object>, Error> {
    let mut select = connection.prepare(
        "SELECT name, tbl_name, sql FROM sqlite_schema AS s
         WHERE s.type = ?1 AND sql IS NOT NULL AND name NOT LIKE 'sqlite@_%' ESCAPE '@'
           AND tbl_name NOT LIKE '@_tablature%' ESCAPE '@'
           AND (s.type <> 'table' OR (SELECT l.type FROM pragma_table_list AS l
                                      WHERE l.schema = 'main' AND l.name = s.name) = 'table')
         ORDER BY name",
    )?;
    let objects = select.query_map([kind], |row| {
        Ok(Object {
            name: row.get(0)?,
            table: row.get(1)?,
            sql: row.get(2)?,
        })
    })?;
    objects.collect()
}

/// The columns of a table that can be written.
fn columns(connection: &Connection, table: &str) -> Result<Vec<String>, Error> {
    let sql = "SELECT name FROM pragma_table_xinfo(?1) WHERE hidden = 0";
    let mut select = connection.prepare(sql)?;
    let columns = select.query_map([table], |row| row.get(0))?;
    columns.collect()
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
