//! Which expression gave a value that is another one at another moment.

use super::cell::Cell;
use super::moment::MOMENTS;
use rusqlite::Result;
use std::path::Path;

/// The ways in which SQL writes down the present.
const EXPRESSIONS: [&str; 22] = [
    "CURRENT_TIMESTAMP",
    "CURRENT_DATE",
    "CURRENT_TIME",
    "unixepoch()",
    "CAST(unixepoch() AS REAL)",
    "unixepoch() * 1000",
    "unixepoch('subsec')",
    "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
    "julianday('now')",
    "strftime('%s', 'now')",
    "strftime('%f', 'now')",
    "strftime('%Y', 'now')",
    "CAST(strftime('%Y', 'now') AS INTEGER)",
    "strftime('%Y-%m', 'now')",
    "strftime('%Y-%m-%d %H:%M:%f', 'now')",
    "strftime('%Y-%m-%dT%H:%M:%S', 'now')",
    "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')",
    "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
    "strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')",
    "datetime('now', 'localtime')",
    "date('now', 'localtime')",
    "time('now', 'localtime')",
];

/// What the expressions are at both moments.
pub(super) struct Present(Vec<(&'static str, [Cell; 2])>);

impl Present {
    pub(super) fn read() -> Result<Present> {
        let [one, other] = MOMENTS.map(|moment| moment.open(Path::new(":memory:")));
        let ((one, _), (other, _)) = (one?, other?);
        let found = EXPRESSIONS.into_iter().map(|expression| {
            let sql = format!("SELECT {expression}");
            let [one, other] = [&one, &other].map(|connection| {
                connection.query_row(&sql, [], |row| Ok(Cell::from(row.get_ref(0)?)))
            });
            Ok((expression, [one?, other?]))
        });
        Ok(Present(found.collect::<Result<_>>()?))
    }

    /// The expression whose value is the one at the one moment and the other at the other.
    pub(super) fn expression(&self, one: &Cell, other: &Cell) -> Option<&'static str> {
        let mut expressions = self.0.iter();
        let (expression, _) = expressions.find(|(_, values)| values.each_ref() == [one, other])?;
        Some(expression)
    }
}
