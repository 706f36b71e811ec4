//! The live catalog, read through the engine's own pragmas.

use crate::model::{
    Column, Database, ForeignKey, Index, Key, Schema, Table, Term, Trigger, View, Visibility,
};
use rusqlite::{Connection, Error, Row};
use std::collections::HashMap;
use std::ffi::CStr;
use tablature_lexer::normal_form;

/// Tables that were read already, by database, name and statement: what the engine says of a table follows from these.
pub(super) type Cache = HashMap<(String, String, Option<String>), Table>;

/// Reads everything that a connection sees.
pub(super) fn schema(connection: &Connection, cache: &mut Cache) -> Result<Schema, Error> {
    let names = query(
        connection,
        "SELECT name FROM pragma_database_list ORDER BY seq",
        [],
        |row| row.get::<_, String>(0),
    )?;
    // `temp` is listed only once something was put there.
    let mut databases = Vec::new();
    for name in names {
        let database = database(connection, &name, cache)?;
        if name == "main" || !database.is_empty() {
            databases.push(database);
        }
    }
    Ok(Schema { databases })
}

/// An object as the schema table keeps it.
struct Entry {
    kind: String,
    name: String,
    table: String,
    sql: Option<String>,
}

fn database(connection: &Connection, name: &str, cache: &mut Cache) -> Result<Database, Error> {
    let quoted = quote(name);
    let entries = query(
        connection,
        &format!("SELECT type, name, tbl_name, sql FROM {quoted}.sqlite_schema"),
        [],
        |row| {
            Ok(Entry {
                kind: row.get(0)?,
                name: row.get(1)?,
                table: row.get(2)?,
                sql: row.get(3)?,
            })
        },
    )?;
    let mut database = Database {
        name: name.to_owned(),
        ..Database::default()
    };
    for entry in entries {
        let sql = entry.sql.as_deref().map(normal_form);
        match entry.kind.as_str() {
            "table" => {
                let key = (name.to_owned(), entry.name, entry.sql);
                if !cache.contains_key(&key) {
                    let table = table(connection, name, &key.1, sql)?;
                    cache.insert(key.clone(), table);
                }
                database.tables.extend(cache.get(&key).cloned());
            }
            // The index of a constraint has no statement; it is read with its table.
            "index" => {
                if let Some(sql) = sql {
                    let index = index(connection, name, entry, sql)?;
                    database.indexes.push(index);
                }
            }
            "view" => database.views.push(View {
                columns: view_columns(connection, name, &entry.name).ok(),
                name: entry.name,
                sql: sql.unwrap_or_default(),
            }),
            _ => database.triggers.push(Trigger {
                name: entry.name,
                table: entry.table,
                sql: sql.unwrap_or_default(),
            }),
        }
    }
    Ok(database.sorted())
}

fn table(
    connection: &Connection,
    database: &str,
    name: &str,
    sql: Option<String>,
) -> Result<Table, Error> {
    let (kind, without_rowid, strict) = connection.query_row(
        "SELECT type, wr, strict FROM pragma_table_list(?2) WHERE schema = ?1",
        [database, name],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    Ok(Table {
        name: name.to_owned(),
        kind,
        strict,
        without_rowid,
        columns: columns(connection, database, name)?,
        keys: keys(connection, database, name)?,
        foreign_keys: foreign_keys(connection, database, name)?,
        sql,
    })
}

fn columns(connection: &Connection, database: &str, table: &str) -> Result<Vec<Column>, Error> {
    let mut columns = query(
        connection,
        "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?2, ?1)",
        [database, table],
        |row| {
            Ok(Column {
                name: row.get(0)?,
                declared_type: row.get(1)?,
                not_null: row.get(2)?,
                default: row.get(3)?,
                primary_key: row.get(4)?,
                autoincrement: false,
                collation: String::new(),
                visibility: match row.get(5)? {
                    0 => Visibility::Ordinary,
                    1 => Visibility::Hidden,
                    2 => Visibility::Virtual,
                    _ => Visibility::Stored,
                },
            })
        },
    )?;
    for column in &mut columns {
        let (_, collation, _, _, autoincrement) =
            connection.column_metadata(Some(database), table, column.name.as_str())?;
        column.collation = collation.map_or_else(String::new, text);
        column.autoincrement = autoincrement;
    }
    Ok(columns)
}

fn keys(connection: &Connection, database: &str, table: &str) -> Result<Vec<Key>, Error> {
    let indexes = query(
        connection,
        "SELECT name, origin FROM pragma_index_list(?2, ?1) WHERE origin <> 'c'",
        [database, table],
        |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)),
    )?;
    let mut keys = Vec::new();
    for (name, origin) in indexes {
        keys.push(Key {
            primary: origin == "pk",
            columns: query(
                connection,
                "SELECT name, coll FROM pragma_index_xinfo(?2, ?1) WHERE key ORDER BY seqno",
                [database, &name],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?,
        });
    }
    keys.sort_by_key(Key::to_string);
    Ok(keys)
}

fn foreign_keys(
    connection: &Connection,
    database: &str,
    table: &str,
) -> Result<Vec<ForeignKey>, Error> {
    // The engine lists the last one first, and numbers them so.
    let rows = query(
        connection,
        "SELECT id, \"table\", \"from\", \"to\", on_update, on_delete
         FROM pragma_foreign_key_list(?2, ?1) ORDER BY id DESC, seq",
        [database, table],
        |row| {
            let key = ForeignKey {
                columns: vec![row.get(2)?],
                table: row.get(1)?,
                references: row.get::<_, Option<String>>(3)?.into_iter().collect(),
                on_update: row.get(4)?,
                on_delete: row.get(5)?,
            };
            Ok((row.get::<_, i64>(0)?, key))
        },
    )?;
    let mut keys: Vec<(i64, ForeignKey)> = Vec::new();
    for (id, key) in rows {
        match keys.last_mut() {
            Some((last, open)) if *last == id => {
                open.columns.extend(key.columns);
                open.references.extend(key.references);
            }
            Some(_) | None => keys.push((id, key)),
        }
    }
    Ok(keys.into_iter().map(|(_, key)| key).collect())
}

fn index(
    connection: &Connection,
    database: &str,
    entry: Entry,
    sql: String,
) -> Result<Index, Error> {
    let (unique, partial) = connection.query_row(
        "SELECT \"unique\", partial FROM pragma_index_list(?2, ?1) WHERE name = ?3",
        [database, &entry.table, &entry.name],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let terms = query(
        connection,
        "SELECT cid, name, coll, \"desc\" FROM pragma_index_xinfo(?2, ?1) WHERE key ORDER BY seqno",
        [database, &entry.name],
        |row| {
            let (what, collation) = match row.get::<_, i64>(0)? {
                -1 => ("<rowid>".to_owned(), Some(row.get(2)?)),
                -2 => ("<expression>".to_owned(), None),
                _ => (row.get(1)?, Some(row.get(2)?)),
            };
            Ok(Term {
                what,
                collation,
                descending: row.get(3)?,
            })
        },
    )?;
    Ok(Index {
        name: entry.name,
        table: entry.table,
        unique,
        partial,
        terms,
        sql,
    })
}

/// Fails if the view's query names what does not exist.
fn view_columns(
    connection: &Connection,
    database: &str,
    view: &str,
) -> Result<Vec<(String, String)>, Error> {
    query(
        connection,
        "SELECT name, type FROM pragma_table_xinfo(?2, ?1)",
        [database, view],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

fn query<T, const N: usize>(
    connection: &Connection,
    sql: &str,
    parameters: [&str; N],
    read: impl FnMut(&Row<'_>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    connection
        .prepare_cached(sql)?
        .query_map(rusqlite::params_from_iter(parameters), read)?
        .collect()
}

/// A name in double quotes.
pub(super) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn text(text: &CStr) -> String {
    text.to_string_lossy().into_owned()
}
