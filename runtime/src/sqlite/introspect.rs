//! The schema that a database has, read from the engine's own catalog.

use super::{history, progress, shadow};
use crate::schema::{
    Column, ForeignKey, Generated, Index, Schema, Table, Trigger, UniqueConstraint, View,
};
use rusqlite::{Connection, Row};
use std::borrow::Cow;
use std::collections::BTreeMap;
use tablature_lexer::{TableText, normal_default, normal_form, normal_index, normal_trigger};

type Result<T> = rusqlite::Result<T>;
type Text = Cow<'static, str>;

/// What a row of the engine's schema table defines.
#[derive(Debug, Clone)]
pub(super) enum Definition {
    Table(Table),
    Index(Index),
    View(View),
    Trigger(Trigger),
}

/// Reads the schema of the main database.
pub(crate) fn schema(connection: &Connection) -> Result<Schema> {
    let mut objects = objects(connection)?;
    objects.sort_by_cached_key(|object| fold(&object.name));
    let definitions: Vec<Definition> = objects
        .iter()
        .filter_map(|object| definition(connection, object).transpose())
        .collect::<Result<_>>()?;
    Ok(collected(definitions))
}

/// Reads what a row of the schema table defines; it depends on the text in that row alone.
pub(super) fn definition(connection: &Connection, object: &Object) -> Result<Option<Definition>> {
    let Object {
        kind,
        name,
        table,
        sql,
    } = object;
    Ok(Some(match kind.as_str() {
        "table" => {
            let columns = columns(connection, name)?;
            // To ask costs more than to look whether there is anything to ask for.
            let unique = if mentions(sql, "unique") {
                unique(connection, name)?
            } else {
                Vec::new()
            };
            let foreign_keys = if mentions(sql, "references") {
                foreign_keys(connection, name)?
            } else {
                Vec::new()
            };
            let text = TableText::read(sql);
            let name = name.clone();
            Definition::Table(make_table(name, text, columns, unique, foreign_keys))
        }
        "index" => Definition::Index(Index {
            name: name.clone().into(),
            table: fold(table).into(),
            definition: normal_index(sql).into(),
            place: None,
        }),
        "view" => Definition::View(View {
            name: name.clone().into(),
            definition: normal_form(sql).into(),
            place: None,
        }),
        "trigger" => Definition::Trigger(Trigger {
            name: name.clone().into(),
            table: fold(table).into(),
            definition: normal_trigger(sql).into(),
            place: None,
        }),
        _ => return Ok(None),
    }))
}

/// Makes a schema of what its rows define, in the order of the rows.
pub(super) fn collected(definitions: impl IntoIterator<Item = Definition>) -> Schema {
    let mut tables = Vec::new();
    let mut indexes = Vec::new();
    let mut views = Vec::new();
    let mut triggers = Vec::new();
    for definition in definitions {
        match definition {
            Definition::Table(table) => tables.push(table),
            Definition::Index(index) => indexes.push(index),
            Definition::View(view) => views.push(view),
            Definition::Trigger(trigger) => triggers.push(trigger),
        }
    }
    Schema {
        tables: tables.into(),
        indexes: indexes.into(),
        views: views.into(),
        triggers: triggers.into(),
    }
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Object {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) table: String,
    pub(super) sql: String,
}

/// The rows of the schema table that make the schema of the main database: internal, shadow and own ones left out.
pub(super) fn objects(connection: &Connection) -> Result<Vec<Object>> {
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
                default: row
                    .default
                    .and_then(|default| normal_default(&default).map(Cow::Owned)),
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
    let mut constraints: Vec<Text> = text.constraints.into_iter().map(Cow::Owned).collect();
    constraints.sort();
    constraints.dedup();
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
        constraints: constraints.into(),
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

/// The columns of a table, in order.
fn columns(connection: &Connection, table: &str) -> Result<Vec<ColumnRow>> {
    const HIDDEN: i64 = 1;
    const VIRTUAL: i64 = 2;
    const STORED: i64 = 3;
    let mut columns = Vec::new();
    // By position: of all rows that are read these are by far the most.
    each_row(connection, "table_xinfo", table, |row| {
        let hidden: i64 = row.get(6)?;
        if hidden != HIDDEN {
            columns.push(ColumnRow {
                name: row.get(1)?,
                declared_type: row.get(2)?,
                not_null: row.get(3)?,
                default: row.get(4)?,
                primary_key: row.get(5)?,
                generated: match hidden {
                    VIRTUAL => Some(false),
                    STORED => Some(true),
                    _ => None,
                },
            });
        }
        Ok(())
    })?;
    Ok(columns)
}

/// The UNIQUE constraints of a table.
fn unique(connection: &Connection, table: &str) -> Result<Vec<UniqueConstraint>> {
    let mut indexes: Vec<String> = Vec::new();
    each_row(connection, "index_list", table, |row| {
        if row.get_ref("origin")?.as_str() == Ok("u") {
            indexes.push(row.get("name")?);
        }
        Ok(())
    })?;
    let mut constraints = Vec::new();
    for index in indexes {
        let mut columns: Vec<Text> = Vec::new();
        each_row(connection, "index_info", &index, |row| {
            columns.push(fold(row.get_ref("name")?.as_str()?).into());
            Ok(())
        })?;
        constraints.push(UniqueConstraint {
            columns: columns.into(),
        });
    }
    Ok(constraints)
}

/// The foreign keys of a table, from the last in its text to the first.
fn foreign_keys(connection: &Connection, table: &str) -> Result<Vec<ForeignKey>> {
    let mut keys: BTreeMap<i64, ForeignKey> = BTreeMap::new();
    each_row(connection, "foreign_key_list", table, |row| {
        let parent: String = row.get("table")?;
        let (from, to): (String, Option<String>) = (row.get("from")?, row.get("to")?);
        let (on_update, on_delete): (String, String) =
            (row.get("on_update")?, row.get("on_delete")?);
        let key = keys.entry(row.get("id")?).or_insert_with(|| ForeignKey {
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
    })?;
    Ok(keys.into_values().collect())
}

/// Gives each row that a pragma has about a table or index of the main database.
///
/// The engine's table-valued functions would do it in one query, but a table of the same name hides them.
pub(super) fn each_row(
    connection: &Connection,
    pragma: &str,
    name: &str,
    mut each: impl FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    let name = name.replace('"', "\"\"");
    let mut statement = connection.prepare(&format!("PRAGMA main.{pragma}(\"{name}\")"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(row)?;
    }
    Ok(())
}

/// Whether a word, given in lower case, stands in a text.
pub(super) fn mentions(sql: &str, word: &str) -> bool {
    let mut windows = sql.as_bytes().windows(word.len());
    windows.any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

fn fold(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// Whether the engine can read columns of a table or view.
pub(crate) fn can_read(connection: &Connection, relation: &str, columns: &[&str]) -> bool {
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    // Without the table before it, the engine takes an unknown name in quotes for a string.
    let columns = columns
        .iter()
        .map(|column| format!("it.{}", quoted(column)));
    let columns: Vec<String> = columns.collect();
    let select = format!(
        "SELECT {} FROM main.{} AS it",
        columns.join(", "),
        quoted(relation)
    );
    connection.prepare(&select).is_ok()
}
