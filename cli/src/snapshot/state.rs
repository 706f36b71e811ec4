//! All that a database holds: its schema as the engine keeps it, every row, and the settings in its header.

use super::cell::Cell;
use super::virtual_table::Keeps;
use rusqlite::{Connection, Result};
use std::collections::{BTreeMap, BTreeSet};

/// What a database holds, but for the library's own tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State {
    /// In the order in which the engine keeps them.
    pub(super) objects: Vec<Object>,
    /// The rows of every table that keeps its own, by its name.
    pub(super) tables: BTreeMap<String, Rows>,
    /// The settings that a database keeps, by their names.
    pub(super) settings: Vec<(&'static str, Cell)>,
    /// Whether ANALYZE was run; what it found is for the engine's own use and not compared.
    pub(super) has_statistics: bool,
}

/// A table, index, view or trigger that a statement made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Object {
    pub(super) kind: Kind,
    pub(super) name: String,
    /// As the engine keeps it.
    pub(super) sql: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Table,
    Virtual(Keeps),
    /// A table that a virtual one keeps its rows in.
    Shadow,
    View,
    Index,
    Trigger,
}

/// The rows of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rows {
    /// The columns that are written, the rowid before them if it is none of them.
    pub(super) columns: Vec<String>,
    /// In the order of the key.
    pub(super) rows: Vec<Vec<Cell>>,
}

/// In which the engine notes the greatest key that a table with AUTOINCREMENT has had.
pub(super) const SEQUENCE: &str = "sqlite_sequence";

/// What the header of a database keeps. The first two a statement sets wherever it stands.
pub(super) const SETTABLE: [&str; 2] = ["user_version", "application_id"];
const SETTINGS: [&str; 6] = [
    SETTABLE[0],
    SETTABLE[1],
    "journal_mode",
    "encoding",
    "page_size",
    "auto_vacuum",
];

impl State {
    pub(super) fn read(connection: &Connection) -> Result<State> {
        let objects = objects(connection)?;
        let mut tables = BTreeMap::new();
        for object in &objects {
            match object.kind {
                Kind::Shadow if is_made_again(&objects, &object.name) => {}
                Kind::Table | Kind::Shadow | Kind::Virtual(Keeps::Rows) => {
                    let rows = Rows::of(connection, &object.name)?;
                    tables.insert(object.name.clone(), rows);
                }
                Kind::Virtual(Keeps::Index | Keeps::Other)
                | Kind::View
                | Kind::Index
                | Kind::Trigger => {}
            }
        }
        if connection.table_exists(Some("main"), SEQUENCE)? {
            let rows = Rows::of(connection, SEQUENCE)?.without_rowid();
            if !rows.rows.is_empty() {
                tables.insert(SEQUENCE.to_owned(), rows);
            }
        }
        Ok(State {
            objects,
            tables,
            settings: settings(connection)?,
            has_statistics: connection.table_exists(Some("main"), "sqlite_stat1")?,
        })
    }

    /// How many rows the tables of the migrations have.
    pub(super) fn row_count(&self) -> usize {
        let of_migrations =
            |object: &&Object| matches!(object.kind, Kind::Table | Kind::Virtual(_));
        let tables = self.objects.iter().filter(of_migrations);
        let rows = tables.filter_map(|table| self.tables.get(&table.name));
        rows.map(|rows| rows.rows.len()).sum()
    }

    /// How many tables the migrations have made.
    pub(super) fn table_count(&self) -> usize {
        let is_table = |object: &&Object| matches!(object.kind, Kind::Table | Kind::Virtual(_));
        self.objects.iter().filter(is_table).count()
    }

    /// The first thing in which another database differs; none if nobody can tell the two apart. The order in which objects
    /// were made does not count.
    pub(super) fn difference(&self, other: &State) -> Option<String> {
        let (ours, theirs) = (self.by_name(), other.by_name());
        let names = ours.keys().chain(theirs.keys());
        let mut names = names.filter(|name| ours.get(*name) != theirs.get(*name));
        if let Some(name) = names.next() {
            return Some(format!("the definition of `{name}`"));
        }
        let names = self.tables.keys().chain(other.tables.keys());
        let mut names = names.filter(|name| self.tables.get(*name) != other.tables.get(*name));
        if let Some(name) = names.next() {
            return Some(match ours.get(name.as_str()) {
                Some((Kind::Shadow, _)) => format!("what a virtual table keeps in `{name}`"),
                _ => format!("the rows of `{name}`"),
            });
        }
        let mut settings = self.settings.iter().zip(&other.settings);
        let (name, _) = settings.find_map(|(one, other)| (one != other).then_some(one))?;
        Some(format!("`PRAGMA {name}`"))
    }

    fn by_name(&self) -> BTreeMap<&str, (Kind, &str)> {
        let objects = self.objects.iter();
        objects
            .map(|it| (it.name.as_str(), (it.kind, it.sql.as_str())))
            .collect()
    }
}

fn objects(connection: &Connection) -> Result<Vec<Object>> {
    let mut statement = connection.prepare(
        "SELECT s.type, s.name, s.sql, t.type
         FROM main.sqlite_schema AS s
         LEFT JOIN pragma_table_list AS t ON t.schema = 'main' AND t.name = s.name AND s.type = 'table'
         WHERE s.sql IS NOT NULL AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
           AND s.tbl_name NOT LIKE '\\_tablature\\_%' ESCAPE '\\'
         ORDER BY s.rowid",
    )?;
    let rows = statement.query_map([], |row| {
        let (kind, of_table): (String, Option<String>) = (row.get(0)?, row.get(3)?);
        Ok(Object {
            kind: match (kind.as_str(), of_table.as_deref()) {
                ("index", _) => Kind::Index,
                ("view", _) => Kind::View,
                ("trigger", _) => Kind::Trigger,
                (_, Some("virtual")) => Kind::Virtual(Keeps::Other),
                (_, Some("shadow")) => Kind::Shadow,
                _ => Kind::Table,
            },
            name: row.get(1)?,
            sql: row.get(2)?,
        })
    })?;
    let mut objects = rows.collect::<Result<Vec<Object>>>()?;
    let is_shadow = |object: &&Object| object.kind == Kind::Shadow;
    let shadows = objects.iter().filter(is_shadow);
    let shadows: BTreeSet<String> = shadows.map(|object| object.name.clone()).collect();
    for object in &mut objects {
        if let Kind::Virtual(keeps) = &mut object.kind {
            *keeps = Keeps::of(connection, &object.name, &shadows)?;
        }
    }
    Ok(objects)
}

/// Whether a virtual table makes the rows of the table in which it keeps them when its own are made.
fn is_made_again(objects: &[Object], shadow: &str) -> bool {
    objects.iter().any(|object| match object.kind {
        Kind::Virtual(keeps) => keeps.makes_again(&object.name, shadow),
        Kind::Table | Kind::Shadow | Kind::View | Kind::Index | Kind::Trigger => false,
    })
}

fn settings(connection: &Connection) -> Result<Vec<(&'static str, Cell)>> {
    let read = |name| {
        let value = connection
            .pragma_query_value(Some("main"), name, |row| Ok(Cell::from(row.get_ref(0)?)))?;
        Ok((name, value))
    };
    SETTINGS.into_iter().map(read).collect()
}

impl Rows {
    fn of(connection: &Connection, table: &str) -> Result<Rows> {
        let columns = Columns::of(connection, table)?;
        let rowid = columns.rowid;
        let order = rowid.map(|rowid| format!(" ORDER BY {rowid}"));
        let mut written = columns.written;
        if !columns.is_rowid_written {
            written.splice(0..0, rowid.map(str::to_owned));
        }
        let names: Vec<String> = written.iter().map(|name| quoted(name)).collect();
        let sql = format!(
            "SELECT {} FROM main.{}{}",
            names.join(", "),
            quoted(table),
            order.unwrap_or_default()
        );
        let mut statement = connection.prepare(&sql)?;
        let rows = statement.query_map([], |row| {
            let cells = (0..written.len()).map(|at| Ok(Cell::from(row.get_ref(at)?)));
            cells.collect()
        })?;
        let rows = rows.collect::<Result<_>>()?;
        Ok(Rows {
            columns: written,
            rows,
        })
    }

    /// Without the rowid before the columns, which says which row was written first: nobody asks for that.
    fn without_rowid(self) -> Rows {
        let rows = self.rows.into_iter();
        let mut rows: Vec<Vec<Cell>> = rows.map(|row| row.into_iter().skip(1).collect()).collect();
        rows.sort();
        Rows {
            columns: self.columns.into_iter().skip(1).collect(),
            rows,
        }
    }
}

struct Column {
    name: String,
    /// False if it is generated.
    is_written: bool,
    /// Whether it is in the primary key.
    is_key: bool,
}

/// What the columns of a table are to a statement that writes its rows.
struct Columns {
    written: Vec<String>,
    /// What the rowid can be called; none if there is none, or if every name for it is a column's.
    rowid: Option<&'static str>,
    /// Whether one of the columns is the rowid.
    is_rowid_written: bool,
}

impl Columns {
    fn of(connection: &Connection, table: &str) -> Result<Columns> {
        let mut statement =
            connection.prepare("SELECT name, hidden, pk FROM pragma_table_xinfo(?1, 'main')")?;
        let columns = statement.query_map([table], |row| {
            let (name, hidden, key): (String, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Column {
                is_written: hidden == 0 || hidden == HIDDEN && is_content(table, &name),
                name,
                is_key: key > 0,
            })
        })?;
        let columns = columns.collect::<Result<Vec<Column>>>()?;
        let is_without_rowid: bool = connection.query_row(
            "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?1",
            [table],
            |row| row.get(0),
        )?;
        // The engine keeps an index for every primary key but the rowid.
        let is_indexed: bool = connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM pragma_index_list(?1, 'main') WHERE origin = 'pk')",
            [table],
            |row| row.get(0),
        )?;
        let is_taken = |name: &str| {
            let mut names = columns.iter();
            names.any(|column| column.name.eq_ignore_ascii_case(name))
        };
        let key = columns.iter().filter(|column| column.is_key).count();
        let free = ["rowid", "_rowid_", "oid"];
        let rowid = free
            .into_iter()
            .find(|name| !is_without_rowid && !is_taken(name));
        Ok(Columns {
            rowid,
            is_rowid_written: !is_without_rowid && key == 1 && !is_indexed,
            written: columns
                .into_iter()
                .filter(|column| column.is_written)
                .map(|column| column.name)
                .collect(),
        })
    }
}

/// What the engine says of a column that `*` does not mean.
const HIDDEN: i64 = 1;

/// Whether a hidden column of a virtual table holds something, as the language of a full-text row does: of the others one
/// has the name of the table and takes commands, and the rest are other names for what there is.
fn is_content(table: &str, column: &str) -> bool {
    let others = [table, "rank", "docid", "__langid"];
    !others.iter().any(|name| name.eq_ignore_ascii_case(column))
}

/// A name in double quotes.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
