//! From what databases hold to the statements that make another one hold the same.

use super::cell::Cell;
use super::present::Present;
use super::state::{Kind, Rows, SEQUENCE, SETTABLE, State, quoted};
use super::virtual_table::Keeps;
use std::collections::BTreeSet;

/// Something that no statement can make so again.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unrepeatable {
    /// A value that is neither always the same nor one of the ways to write down the present.
    #[error("{0} is another value each time that the migrations run")]
    Value(Place),
    /// A text that is not UTF-8.
    #[error("{0} is a text that is not UTF-8")]
    NoText(Place),
    /// Rows that are there at one time and not at another.
    #[error("`{0}` has other rows each time that the migrations run")]
    Rows(String),
    /// A setting in the header of the database that differs from an empty one's.
    #[error("`PRAGMA {0}` was changed, which no statement in a transaction can do")]
    Setting(&'static str),
}

/// Where a value is.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{table}.{column}` in row {row}")]
pub(super) struct Place {
    table: String,
    column: String,
    /// From 1, in the order of the key.
    row: usize,
}

/// As many rows as one statement inserts.
const ROWS: usize = 100;

/// The statements that make of an empty database what both of these are, each at its moment.
///
/// # Errors
///
/// Everything that stands against it, at most one for each column.
pub(super) fn statements(
    made: [&State; 2],
    empty: &State,
    present: &Present,
) -> Result<Vec<String>, Vec<Unrepeatable>> {
    let [one, _] = made;
    let mut writer = Writer {
        made,
        present,
        statements: Vec::new(),
        found: Vec::new(),
        told: BTreeSet::new(),
    };
    writer.objects(|kind| matches!(kind, Kind::Table | Kind::Virtual(_)));
    for object in &one.objects {
        match object.kind {
            Kind::Table | Kind::Virtual(Keeps::Rows) => writer.rows(&object.name),
            Kind::Virtual(Keeps::Index | Keeps::Other)
            | Kind::Shadow
            | Kind::View
            | Kind::Index
            | Kind::Trigger => {}
        }
    }
    writer.objects(|kind| kind == Kind::View);
    // The content may be that of a table that comes later, or of a view.
    for object in &one.objects {
        if object.kind == Kind::Virtual(Keeps::Index) {
            let name = quoted(&object.name);
            let rebuild = format!("INSERT INTO {name} ({name}) VALUES ('rebuild')");
            writer.statements.push(rebuild);
        }
    }
    if one.tables.contains_key(SEQUENCE) {
        // The engine has noted the greatest of the keys that were inserted.
        writer.statements.push(format!("DELETE FROM {SEQUENCE}"));
        writer.rows(SEQUENCE);
    }
    writer.settings(empty);
    // After the rows, so that an index is built once and no trigger fires.
    for wanted in [Kind::Index, Kind::Trigger] {
        writer.objects(|kind| kind == wanted);
    }
    if one.has_statistics {
        // Which tables they are kept in, and what in them, differs from one build of the engine to the next.
        writer.statements.push("ANALYZE".to_owned());
    }
    if writer.found.is_empty() {
        Ok(writer.statements)
    } else {
        Err(writer.found)
    }
}

struct Writer<'a> {
    made: [&'a State; 2],
    present: &'a Present,
    statements: Vec<String>,
    found: Vec<Unrepeatable>,
    /// The columns, with their tables, of which something was found.
    told: BTreeSet<(String, String)>,
}

impl Writer<'_> {
    fn objects(&mut self, is_wanted: impl Fn(Kind) -> bool) {
        let [state, _] = self.made;
        let objects = state.objects.iter();
        let objects = objects.filter(|object| is_wanted(object.kind));
        self.statements
            .extend(objects.map(|object| object.sql.clone()));
    }

    /// The settings that a statement may change within a transaction; the others must be those of an empty database.
    fn settings(&mut self, empty: &State) {
        let [state, _] = self.made;
        for ((name, value), (_, usual)) in state.settings.iter().zip(&empty.settings) {
            match value {
                value if value == usual => {}
                Cell::Integer(number) if SETTABLE.contains(name) => {
                    self.statements.push(format!("PRAGMA {name} = {number}"));
                }
                _ => self.found.push(Unrepeatable::Setting(name)),
            }
        }
    }

    fn rows(&mut self, table: &str) {
        let [one, other] = self.made.map(|state| state.tables.get(table));
        let (Some(one), Some(other)) = (one, other) else {
            return;
        };
        if one.rows.len() != other.rows.len() {
            self.found.push(Unrepeatable::Rows(table.to_owned()));
            return;
        }
        let mut rows = Vec::new();
        for (number, (one_row, other_row)) in (1..).zip(one.rows.iter().zip(&other.rows)) {
            let cells = one_row.iter().zip(other_row).zip(&one.columns);
            // Each is looked at, whatever was found of another.
            let cells: Vec<Option<String>> = cells
                .map(|((one, other), column)| self.cell(one, other, table, column, number))
                .collect();
            let cells: Option<Vec<String>> = cells.into_iter().collect();
            rows.extend(cells.map(|cells| format!("  ({})", cells.join(", "))));
        }
        for rows in rows.chunks(ROWS) {
            self.statements.push(insert(table, one, rows));
        }
    }

    /// A value as SQL; none if there is no SQL for it, which is noted once for a column.
    fn cell(
        &mut self,
        one: &Cell,
        other: &Cell,
        table: &str,
        column: &str,
        row: usize,
    ) -> Option<String> {
        let sql = if one == other {
            one.sql()
        } else {
            self.present.expression(one, other).map(str::to_owned)
        };
        if sql.is_none() && self.told.insert((table.to_owned(), column.to_owned())) {
            let place = Place {
                table: table.to_owned(),
                column: column.to_owned(),
                row,
            };
            self.found.push(if one == other {
                Unrepeatable::NoText(place)
            } else {
                Unrepeatable::Value(place)
            });
        }
        sql
    }
}

fn insert(table: &str, of: &Rows, rows: &[String]) -> String {
    let columns: Vec<String> = of.columns.iter().map(|name| quoted(name)).collect();
    format!(
        "INSERT INTO {} ({}) VALUES\n{}",
        quoted(table),
        columns.join(", "),
        rows.join(",\n")
    )
}
