//! The proof: the script runs on the copy, which then has the schema that it is to have, and every row as it was.

use super::super::inspection::{Inspection, verify};
use super::super::introspect;
use super::super::outcome::{environment, message};
use super::misfits::{Rows, by_rowid};
use super::rebuild::{alias, find, rowid};
use super::sides::Sides;
use super::{fold, quoted};
use crate::difference::differences;
use crate::error::Error;
use crate::others;
use crate::repair::{Repair, RepairProblem};
use crate::schema::{Schema, Table};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use std::collections::BTreeMap;

/// How many columns are compared at once.
const AT_ONCE: usize = 500;

/// Runs the script on the copy, and says what is not as it should be afterwards.
pub(super) fn of(
    repair: &Repair,
    sides: &Sides,
    inspection: &Inspection<'_, '_>,
    copy: &Connection,
) -> Result<Vec<RepairProblem>, Error> {
    let runner = inspection.runner;
    let was_sound = is_sound(copy)?;
    if let Err(error) = copy.execute_batch(&repair.script) {
        let reason = message(&error);
        environment(error).map_or(Ok(()), Err)?;
        return Ok(vec![RepairProblem::NotProven { reason }]);
    }
    let mut found = introspect::schema(copy)?;
    others::leave_out(
        &mut found,
        &[&sides.expected, &runner.migrations.schema()],
        &runner.ignored_tables,
    );
    let left = differences(&sides.expected, &found);
    let mut problems: Vec<RepairProblem> = left
        .iter()
        .filter(|it| !sides.kept.contains(it))
        .map(|it| RepairProblem::NotProven {
            reason: it.to_string(),
        })
        .collect();
    if was_sound && !is_sound(copy)? {
        let reason = "`PRAGMA integrity_check` finds something".to_owned();
        problems.push(RepairProblem::NotProven { reason });
    }
    if problems.is_empty() {
        let (before, after) = (
            introspect::schema(inspection.connection)?,
            introspect::schema(copy)?,
        );
        for table in before.tables.iter().filter(|it| it.module.is_none()) {
            if let Some(same) = find(&after, &table.name) {
                problems.extend(compare(inspection.connection, copy, table, same)?);
            }
        }
        problems.extend(counters(inspection.connection, copy, &before, &after)?);
    }
    if problems.is_empty() && sides.kept.is_empty() && repair.pending.is_empty() {
        verify(runner, copy)?;
    }
    Ok(problems)
}

/// Whether the engine's check finds nothing, or cannot be made, such as for a CHECK that the engine refuses to run.
fn is_sound(connection: &Connection) -> Result<bool, Error> {
    let check = |row: &Row<'_>| Ok(row.get_ref(0)?.as_str() == Ok("ok"));
    let checked = connection.query_row("PRAGMA main.integrity_check(1)", [], check);
    checked.or_else(|error| environment(error).map_or(Ok(true), Err))
}

/// Compares the rows of a table before and after, in the columns that it has in both.
fn compare(
    live: &Connection,
    copy: &Connection,
    before: &Table,
    after: &Table,
) -> Result<Vec<RepairProblem>, Error> {
    let names: Vec<&str> = before
        .columns
        .iter()
        .map(|column| &*column.name)
        .filter(|name| {
            let mut columns = after.columns.iter();
            columns.any(|column| column.name.eq_ignore_ascii_case(name))
        })
        .collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let alias_before = alias(live, &before.name, before)?.map(|name| fold(&name));
    let alias_after = alias(copy, &after.name, after)?.map(|name| fold(&name));
    let is_numbered_anew = alias_after.is_some_and(|alias| {
        alias_before.as_ref() != Some(&alias) && names.iter().any(|name| fold(name) == alias)
    });
    match (rowid(before), rowid(after)) {
        (Some(old), Some(new)) if !is_numbered_anew => {
            // With the rowid there may be more than the engine shows at once.
            let mut problems = Vec::new();
            for names in names.chunks(AT_ONCE) {
                problems.extend(in_order(live, copy, before, names, [old, new])?);
            }
            Ok(problems)
        }
        _ => in_any_order(live, copy, before, &names),
    }
}

/// Compares row with row.
fn in_order(
    live: &Connection,
    copy: &Connection,
    table: &Table,
    names: &[&str],
    [old, new]: [&str; 2],
) -> Result<Vec<RepairProblem>, Error> {
    let list: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    let select = |rowid: &str| {
        format!(
            "SELECT {rowid}, {} FROM main.{} ORDER BY {rowid}",
            list.join(", "),
            quoted(&table.name)
        )
    };
    let mut before = live.prepare(&select(old))?;
    let mut after = copy.prepare(&select(new))?;
    let (mut before, mut after) = (before.query([])?, after.query([])?);
    let mut changed: BTreeMap<&str, (Rows, String)> = BTreeMap::new();
    loop {
        let (old, new) = match (before.next()?, after.next()?) {
            (Some(old), Some(new)) if old.get_ref(0)? == new.get_ref(0)? => (old, new),
            (None, None) => break,
            _ => {
                let reason = format!("not every row of `{}` is there under its rowid", table.name);
                return Ok(vec![RepairProblem::NotProven { reason }]);
            }
        };
        for (column, name) in (1..).zip(names) {
            let (was, is) = (old.get_ref(column)?, new.get_ref(column)?);
            if !is_same(was, is) {
                let example = || format!("{} becomes {}", shown(was), shown(is));
                let changed = changed.entry(name);
                let (rows, _) = changed.or_insert_with(|| (Rows::default(), example()));
                rows.add(old.get(0)?);
            }
        }
    }
    let problems = changed.into_iter().map(|(name, (rows, example))| {
        let query = by_rowid(&table.name, Some(old), &rows.rowids);
        RepairProblem::Values {
            table: table.name.to_string(),
            column: name.to_owned(),
            count: rows.count,
            rowids: rows.rowids,
            example,
            query,
        }
    });
    Ok(problems.collect())
}

/// Compares all values of each column, and all rows, where nothing says which row is which.
fn in_any_order(
    live: &Connection,
    copy: &Connection,
    table: &Table,
    names: &[&str],
) -> Result<Vec<RepairProblem>, Error> {
    let list: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    let select = format!(
        "SELECT {} FROM main.{}",
        list.join(", "),
        quoted(&table.name)
    );
    let (before, after) = (rows(live, &select)?, rows(copy, &select)?);
    if before == after {
        return Ok(Vec::new());
    }
    if before.len() != after.len() {
        let reason = format!("not every row of `{}` is there", table.name);
        return Ok(vec![RepairProblem::NotProven { reason }]);
    }
    let mut problems = Vec::new();
    for (position, name) in names.iter().enumerate() {
        let column = |rows: &[Vec<String>]| {
            let mut values: Vec<String> = rows
                .iter()
                .filter_map(|row| row.get(position).cloned())
                .collect();
            values.sort();
            values
        };
        let (was, is) = (column(&before), column(&after));
        let mut others = was.iter().zip(&is).filter(|(was, is)| was != is);
        if let Some((was, is)) = others.next() {
            problems.push(RepairProblem::Values {
                table: table.name.to_string(),
                column: (*name).to_owned(),
                count: 1 + others.count() as u64,
                rowids: Vec::new(),
                example: format!("{was} becomes {is}"),
                query: format!("SELECT {} FROM {};", quoted(name), quoted(&table.name)),
            });
        }
    }
    if problems.is_empty() {
        let reason = format!("the rows of `{}` are others", table.name);
        problems.push(RepairProblem::NotProven { reason });
    }
    Ok(problems)
}

/// All rows, sorted, each value in a form in which the same value looks the same whatever the type of its column.
fn rows(connection: &Connection, select: &str) -> rusqlite::Result<Vec<Vec<String>>> {
    let mut select = connection.prepare(select)?;
    let count = select.column_count();
    let mut rows: Vec<Vec<String>> = select
        .query_map([], |row| {
            let values = (0..count).map(|column| Ok(canonical(row.get_ref(column)?)));
            values.collect()
        })?
        .collect::<rusqlite::Result<_>>()?;
    rows.sort();
    Ok(rows)
}

/// The greatest numbers that AUTOINCREMENT has given in tables that have it before and after.
fn counters(
    live: &Connection,
    copy: &Connection,
    before: &Schema,
    after: &Schema,
) -> Result<Vec<RepairProblem>, Error> {
    let mut problems = Vec::new();
    for table in after.tables.iter().filter(|table| table.autoincrement) {
        if !find(before, &table.name).is_some_and(|before| before.autoincrement) {
            continue;
        }
        let counter = |connection: &Connection| {
            let max = "SELECT max(seq) FROM main.sqlite_sequence WHERE lower(name) = lower(?1)";
            connection.query_row(max, [&*table.name], |row| row.get::<_, Option<i64>>(0))
        };
        // Without one the engine goes by the greatest rowid.
        if counter(live)?.is_some_and(|before| Ok(Some(before)) != counter(copy)) {
            let reason = format!("the counter of `{}` is another one", table.name);
            problems.push(RepairProblem::NotProven { reason });
        }
    }
    Ok(problems)
}

/// Whether a value is the same, if perhaps in another form: a column's type makes 12 of '12', but also 7 of '007'.
fn is_same(was: ValueRef<'_>, is: ValueRef<'_>) -> bool {
    match (was, is) {
        (ValueRef::Integer(integer), ValueRef::Real(real))
        | (ValueRef::Real(real), ValueRef::Integer(integer)) => is_integer(real, integer),
        (ValueRef::Integer(integer), ValueRef::Text(text))
        | (ValueRef::Text(text), ValueRef::Integer(integer)) => {
            text == integer.to_string().as_bytes()
        }
        (ValueRef::Text(text), ValueRef::Real(real))
        | (ValueRef::Real(real), ValueRef::Text(text)) => {
            text == format!("{real:?}").as_bytes() || text == real.to_string().as_bytes()
        }
        (was, is) => was == is,
    }
}

/// Whether a number is an integer that it can hold exactly.
fn is_integer(real: f64, integer: i64) -> bool {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    real.abs() <= EXACT && real.to_string() == integer.to_string()
}

fn canonical(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(integer) => integer.to_string(),
        ValueRef::Real(real) => real.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(blob) => format!("x{blob:?}"),
    }
}

/// A value in a message.
fn shown(value: ValueRef<'_>) -> String {
    const LONGEST: usize = 40;
    match value {
        ValueRef::Text(text) => {
            let text = String::from_utf8_lossy(text);
            format!("'{}'", text.chars().take(LONGEST).collect::<String>())
        }
        ValueRef::Blob(blob) => format!("a blob of {} bytes", blob.len()),
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => canonical(value),
    }
}
