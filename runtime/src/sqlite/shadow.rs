//! The tables that virtual tables keep their content in.

use rusqlite::Connection;
use std::collections::BTreeSet;

/// The folded names of the shadow tables of the main database, given the names and statements of what is in it.
pub(super) fn tables<'a>(
    connection: &Connection,
    objects: impl Iterator<Item = (&'a str, &'a str)> + Clone,
) -> rusqlite::Result<BTreeSet<String>> {
    const TABLE_LIST: i32 = 3_037_000;
    // Asking the engine has it look at every table.
    if !objects.clone().any(is_virtual) {
        return Ok(BTreeSet::new());
    }
    if rusqlite::version_number() < TABLE_LIST {
        return Ok(by_name(objects));
    }
    let mut statement = connection.prepare("PRAGMA main.table_list")?;
    let mut shadows = BTreeSet::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if row.get_ref("schema")?.as_str() == Ok("main")
            && row.get_ref("type")?.as_str() == Ok("shadow")
        {
            shadows.insert(row.get_ref("name")?.as_str()?.to_ascii_lowercase());
        }
    }
    Ok(shadows)
}

/// The engine keeps these words as it writes them, whatever the statement was.
fn is_virtual((_, sql): (&str, &str)) -> bool {
    sql.starts_with("CREATE VIRTUAL TABLE")
}

/// Tells the shadow tables of the engine's own modules (FTS3 to FTS5, R-tree, Geopoly) by their names, where the engine
/// does not tell.
fn by_name<'a>(objects: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> BTreeSet<String> {
    const SUFFIXES: &[&str] = &[
        "config", "content", "data", "docsize", "idx", "node", "parent", "rowid", "segdir",
        "segments", "stat",
    ];
    let virtual_tables: BTreeSet<String> = objects
        .clone()
        .filter(|object| is_virtual(*object))
        .map(|(name, _)| name.to_ascii_lowercase())
        .collect();
    objects
        .map(|(name, _)| name.to_ascii_lowercase())
        .filter(|name| {
            name.rsplit_once('_').is_some_and(|(table, suffix)| {
                SUFFIXES.contains(&suffix) && virtual_tables.contains(table)
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{by_name, tables};
    use rusqlite::Connection;

    #[test]
    fn names_tell_what_the_engine_tells() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE VIRTUAL TABLE Search USING fts5(title);
                 CREATE VIRTUAL TABLE old USING fts4(title);
                 CREATE VIRTUAL TABLE places USING rtree(id, a, b);
                 CREATE TABLE places_data (x); CREATE TABLE my_content (x); CREATE TABLE content (x);
                 DROP TABLE places_data;",
            )
            .unwrap();
        let mut select = connection
            .prepare("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            .unwrap();
        let objects: Vec<(String, String)> = select
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let objects = objects.iter().map(|(name, sql)| (&**name, &**sql));
        let told = tables(&connection, objects.clone()).unwrap();
        assert!(told.contains("search_data") && told.contains("places_node"));
        assert_eq!(by_name(objects), told);
    }
}
