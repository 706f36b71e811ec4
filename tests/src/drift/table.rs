//! A table made anew with another definition.

use super::{Object, columns, objects, quoted};
use crate::random::Random;
use rusqlite::{Connection, Error};
use std::ops::Range;
use tablature_lexer::TableText;

/// What is written otherwise in a definition.
const WORDS: &[(&str, &str)] = &[
    (" NOT NULL", ""),
    (" UNIQUE", ""),
    (" PRIMARY KEY AUTOINCREMENT", " PRIMARY KEY"),
    (" PRIMARY KEY AUTOINCREMENT", ""),
    (" PRIMARY KEY", ""),
    (" PRIMARY KEY", " UNIQUE"),
    (" STRICT", ""),
    (" WITHOUT ROWID", ""),
    (" ON DELETE CASCADE", ""),
    (" ON DELETE CASCADE", " ON DELETE SET NULL"),
    (" ON DELETE SET NULL", " ON DELETE CASCADE"),
    (" ON UPDATE CASCADE", ""),
    (" DEFERRABLE INITIALLY DEFERRED", ""),
    (" TEXT", " BLOB"),
    (" TEXT", " VARCHAR(20)"),
    (" TEXT", " INTEGER"),
    (" INTEGER", " INT"),
    (" INTEGER", " TEXT"),
    (" REAL", " INTEGER"),
    (" BOOLEAN", " TEXT"),
    (" COLLATE NOCASE", ""),
    (" DEFAULT 0", ""),
    (" DEFAULT 0", " DEFAULT 1"),
    (" DEFAULT ''", ""),
    (" DEFAULT CURRENT_TIMESTAMP", ""),
    (" STORED", " VIRTUAL"),
    (" VIRTUAL", " STORED"),
    (")", ") WITHOUT ROWID"),
    (")", ") STRICT"),
];

/// What is added to the definition of a column.
const MORE: &[&str] = &[
    " NOT NULL",
    " UNIQUE",
    " CHECK (1)",
    " COLLATE NOCASE",
    " DEFAULT 'drift'",
    " REFERENCES nothing (x) ON DELETE CASCADE",
];

/// The statements that give a table another definition and keep the rows that fit it; none if what was drawn is not there.
pub(super) fn drifted(
    connection: &Connection,
    table: &Object,
    random: &mut Random,
) -> Result<Option<String>, Error> {
    let Some(definition) = other(&table.sql, random) else {
        return Ok(None);
    };
    let name = quoted(&table.name);
    // The columns that the new definition has are asked of the engine.
    let scratch = Connection::open_in_memory()?;
    if scratch.execute_batch(&definition).is_err() {
        return Ok(None);
    }
    let left = columns(&scratch, &table.name)?;
    let mut common = columns(connection, &table.name)?;
    common.retain(|column| left.contains(column));
    let common: Vec<String> = common.iter().map(|column| quoted(column)).collect();
    let common = common.join(", ");
    let mut sql = format!(
        "PRAGMA legacy_alter_table = ON;
         ALTER TABLE {name} RENAME TO drifting;
         {definition};
         INSERT OR IGNORE INTO {name} ({common}) SELECT {common} FROM drifting;
         DROP TABLE drifting;"
    );
    for kind in ["index", "trigger"] {
        for object in objects(connection, kind)? {
            // One in three is forgotten, as people do.
            if object.table.eq_ignore_ascii_case(&table.name) && !random.once_in(3) {
                sql.push_str(&format!("\n{};", object.sql));
            }
        }
    }
    Ok(Some(sql))
}

/// Another definition of a table.
fn other(sql: &str, random: &mut Random) -> Option<String> {
    let definitions: Vec<Range<usize>> = TableText::definitions(sql)
        .into_iter()
        .map(|text| {
            let start = text.as_ptr() as usize - sql.as_ptr() as usize;
            start..start + text.len()
        })
        .collect();
    let mut other = sql.to_owned();
    let one = random.pick(&definitions)?.clone();
    match random.below(6) {
        0 => {
            let end = one.end;
            other.insert_str(end, random.pick(MORE)?);
        }
        1 => {
            let two = random.pick(&definitions)?.clone();
            let (first, second) = if one.start < two.start {
                (one, two)
            } else {
                (two, one)
            };
            if first == second {
                return None;
            }
            let (a, b) = (
                sql[first.clone()].to_owned(),
                sql[second.clone()].to_owned(),
            );
            other.replace_range(second, &a);
            other.replace_range(first, &b);
        }
        2 => {
            let check = find(sql, "check")?;
            let open = check.end + sql[check.end..].find('(')?;
            let mut depth = 0_usize;
            let close = sql[open..].char_indices().find(|(_, character)| {
                match character {
                    '(' => depth += 1,
                    ')' => depth -= 1,
                    _ => {}
                }
                depth == 0
            })?;
            other.replace_range(check.start..open + close.0 + 1, "");
        }
        _ => {
            let there: Vec<&(&str, &str)> = WORDS
                .iter()
                .filter(|(word, _)| find(sql, word).is_some())
                .collect();
            let (word, instead) = random.pick(&there)?;
            let at = match *word {
                ")" => sql.rfind(')').map(|at| at..at + 1)?,
                word => find(sql, word)?,
            };
            other.replace_range(at, instead);
        }
    }
    Some(other)
}

fn find(sql: &str, word: &str) -> Option<Range<usize>> {
    let at = sql.to_ascii_uppercase().find(&word.to_ascii_uppercase())?;
    Some(at..at + word.len())
}
