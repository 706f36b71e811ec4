//! The schema that a database has, read from the engine's own catalog.

use super::{history, progress, shadow};
use crate::schema::{
    Column, ForeignKey, Generated, Index, Schema, Table, Trigger, UniqueConstraint, View,
};
use rusqlite::{Connection, Row};
use std::borrow::Cow;
use std::collections::BTreeMap;
use tablature_lexer::{TableText, normal_form};

type Result<T> = rusqlite::Result<T>;
type Text = Cow<'static, str>;

/// Reads the schema of the main database.
pub(crate) fn schema(connection: &Connection) -> Result<Schema> {
    let mut columns = columns(connection)?;
    let mut unique = unique(connection)?;
    let mut foreign_keys = foreign_keys(connection)?;
    let mut tables = Vec::new();
    let mut indexes = Vec::new();
    let mut views = Vec::new();
    let mut triggers = Vec::new();
    for Object {
        kind,
        name,
        table,
        sql,
    } in objects(connection)?
    {
        match kind.as_str() {
            "table" => {
                let key = fold(&name);
                tables.push(make_table(
                    name,
                    TableText::read(&sql),
                    columns.remove(&key).unwrap_or_default(),
                    unique.remove(&key).unwrap_or_default(),
                    foreign_keys.remove(&key).unwrap_or_default(),
                ));
            }
            "index" => indexes.push(Index {
                name: name.into(),
                table: fold(&table).into(),
                definition: normal_form(&sql).into(),
                place: None,
            }),
            "view" => views.push(View {
                name: name.into(),
                definition: normal_form(&sql).into(),
                place: None,
            }),
            "trigger" => triggers.push(Trigger {
                name: name.into(),
                table: fold(&table).into(),
                definition: normal_form(&sql).into(),
                place: None,
            }),
            _ => {}
        }
    }
    tables.sort_by_cached_key(|table| fold(&table.name));
    indexes.sort_by_cached_key(|index| fold(&index.name));
    views.sort_by_cached_key(|view| fold(&view.name));
    triggers.sort_by_cached_key(|trigger| fold(&trigger.name));
    Ok(Schema {
        tables: tables.into(),
        indexes: indexes.into(),
        views: views.into(),
        triggers: triggers.into(),
    })
}

/// The names of the tables of the main database, with the same ones left out.
pub(super) fn table_names(connection: &Connection) -> Result<Vec<String>> {
    let objects = objects(connection)?;
    Ok(objects
        .into_iter()
        .filter(|object| object.kind == "table")
        .map(|object| object.name)
        .collect())
}

/// A row of the engine's schema table.
struct Object {
    kind: String,
    name: String,
    table: String,
    sql: String,
}

fn objects(connection: &Connection) -> Result<Vec<Object>> {
    let mut objects: Vec<Object> = connection
        // Indexes of constraints have no text.
        .prepare("SELECT type, name, tbl_name, sql FROM main.sqlite_master WHERE sql IS NOT NULL")?
        .query_map([], |row| {
            Ok(Object {
                kind: row.get(0)?,
                name: row.get(1)?,
                table: row.get(2)?,
                sql: row.get(3)?,
            })
        })?
        .collect::<Result<_>>()?;
    let shadows = shadow::tables(
        connection,
        objects.iter().map(|object| (&*object.name, &*object.sql)),
    )?;
    objects.retain(|object| {
        let table = fold(&object.table);
        let own = table == history::TABLE || table == progress::TABLE;
        !own && !fold(&object.name).starts_with("sqlite_") && !shadows.contains(&table)
    });
    Ok(objects)
}

fn make_table(
    name: String,
    text: TableText,
    rows: Vec<ColumnRow>,
    mut unique: Vec<UniqueConstraint>,
    mut foreign_keys: Vec<ForeignKey>,
) -> Table {
    let mut texts: BTreeMap<String, _> = text
        .columns
        .into_iter()
        .map(|column| (fold(&column.name), column))
        .collect();
    let columns = rows
        .into_iter()
        .map(|row| {
            let text = texts.remove(&fold(&row.name)).unwrap_or_default();
            let expression = text.generated.unwrap_or_default();
            Column {
                name: row.name.into(),
                declared_type: row.declared_type.into(),
                not_null: row.not_null,
                default: row.default.map(|default| normal_form(&default).into()),
                primary_key: row.primary_key,
                generated: row.generated.map(|stored| Generated {
                    stored,
                    expression: expression.into(),
                }),
                collation: text.collation.map(Cow::Owned),
                place: None,
            }
        })
        .collect();
    // The engine numbers foreign keys from the last in the text to the first.
    if foreign_keys.len() == text.deferred.len() {
        for (key, deferred) in foreign_keys.iter_mut().zip(text.deferred.iter().rev()) {
            key.deferred = *deferred;
        }
    }
    foreign_keys.sort();
    unique.sort();
    let mut checks: Vec<Text> = text.checks.into_iter().map(Cow::Owned).collect();
    checks.sort();
    Table {
        name: name.into(),
        module: text.module.map(Cow::Owned),
        strict: text.strict,
        without_rowid: text.without_rowid,
        autoincrement: text.autoincrement,
        columns: Cow::Owned(columns),
        unique: unique.into(),
        foreign_keys: foreign_keys.into(),
        checks: checks.into(),
        place: None,
    }
}

/// A row of `PRAGMA table_xinfo`.
struct ColumnRow {
    name: String,
    declared_type: String,
    not_null: bool,
    default: Option<String>,
    primary_key: u32,
    /// Whether the values of a generated column are stored.
    generated: Option<bool>,
}

/// The columns of every table by its folded name, in order.
fn columns(connection: &Connection) -> Result<BTreeMap<String, Vec<ColumnRow>>> {
    const HIDDEN: i64 = 1;
    const VIRTUAL: i64 = 2;
    const STORED: i64 = 3;
    let mut tables: BTreeMap<String, Vec<ColumnRow>> = BTreeMap::new();
    of_tables(
        connection,
        "SELECT m.name, c.hidden, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk
         FROM main.sqlite_master AS m, pragma_table_xinfo(m.name, 'main') AS c
         WHERE m.type = 'table' ORDER BY m.name, c.cid",
        |table, row| {
            let hidden: i64 = row.get(1)?;
            if hidden != HIDDEN {
                tables.entry(table).or_default().push(ColumnRow {
                    name: row.get(2)?,
                    declared_type: row.get(3)?,
                    not_null: row.get(4)?,
                    default: row.get(5)?,
                    primary_key: row.get(6)?,
                    generated: match hidden {
                        VIRTUAL => Some(false),
                        STORED => Some(true),
                        _ => None,
                    },
                });
            }
            Ok(())
        },
    )?;
    Ok(tables)
}

/// The UNIQUE constraints of every table by its folded name.
fn unique(connection: &Connection) -> Result<BTreeMap<String, Vec<UniqueConstraint>>> {
    let mut indexes: BTreeMap<(String, String), Vec<Text>> = BTreeMap::new();
    of_tables(
        connection,
        "SELECT m.name, i.name, c.name
         FROM main.sqlite_master AS m, pragma_index_list(m.name, 'main') AS i, pragma_index_info(i.name, 'main') AS c
         WHERE m.type = 'table' AND i.origin = 'u' ORDER BY m.name, i.name, c.seqno",
        |table, row| {
            let column: String = row.get(2)?;
            let index = indexes.entry((table, row.get(1)?)).or_default();
            index.push(fold(&column).into());
            Ok(())
        },
    )?;
    let mut tables: BTreeMap<String, Vec<UniqueConstraint>> = BTreeMap::new();
    for ((table, _), columns) in indexes {
        tables.entry(table).or_default().push(UniqueConstraint {
            columns: columns.into(),
        });
    }
    Ok(tables)
}

/// The foreign keys of every table by its folded name, from the last in the table's text to the first.
fn foreign_keys(connection: &Connection) -> Result<BTreeMap<String, Vec<ForeignKey>>> {
    let mut keys: BTreeMap<(String, i64), ForeignKey> = BTreeMap::new();
    of_tables(
        connection,
        "SELECT m.name, k.id, k.\"table\", k.\"from\", k.\"to\", k.on_update, k.on_delete
         FROM main.sqlite_master AS m, pragma_foreign_key_list(m.name, 'main') AS k
         WHERE m.type = 'table' ORDER BY m.name, k.id, k.seq",
        |table, row| {
            let parent: String = row.get(2)?;
            let (from, to): (String, Option<String>) = (row.get(3)?, row.get(4)?);
            let (on_update, on_delete): (String, String) = (row.get(5)?, row.get(6)?);
            let key = keys
                .entry((table, row.get(1)?))
                .or_insert_with(|| ForeignKey {
                    columns: Cow::Owned(Vec::new()),
                    table: fold(&parent).into(),
                    references: Cow::Owned(Vec::new()),
                    on_update: on_update.into(),
                    on_delete: on_delete.into(),
                    deferred: false,
                });
            key.columns.to_mut().push(fold(&from).into());
            if let Some(to) = to {
                key.references.to_mut().push(fold(&to).into());
            }
            Ok(())
        },
    )?;
    let mut tables: BTreeMap<String, Vec<ForeignKey>> = BTreeMap::new();
    for ((table, _), key) in keys {
        tables.entry(table).or_default().push(key);
    }
    Ok(tables)
}

/// Runs a query whose first column is the name of a table, and gives each row with that name folded.
fn of_tables(
    connection: &Connection,
    sql: &str,
    mut each: impl FnMut(String, &Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let table = fold(row.get_ref(0)?.as_str()?);
        each(table, row)?;
    }
    Ok(())
}

fn fold(name: &str) -> String {
    name.to_ascii_lowercase()
}
