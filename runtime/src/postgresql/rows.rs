//! What a message of statements gives: for each its rows, as texts.

use super::client::Client;
use tokio_postgres::{Error, SimpleQueryMessage, SimpleQueryRow};

/// The rows of one statement.
pub(super) type Rows = Vec<SimpleQueryRow>;

/// Sends a message, and gives the rows of each of its statements.
pub(super) async fn each<C: Client>(client: &mut C, sql: &str) -> Result<Vec<Rows>, Error> {
    let mut all = Vec::new();
    let mut rows = Rows::new();
    for message in client.query(sql).await? {
        match message {
            SimpleQueryMessage::Row(row) => rows.push(row),
            SimpleQueryMessage::CommandComplete(_) => all.push(std::mem::take(&mut rows)),
            _ => {}
        }
    }
    Ok(all)
}

/// Sends a message, and gives the rows of its last statement.
pub(super) async fn last<C: Client>(client: &mut C, sql: &str) -> Result<Rows, Error> {
    Ok(each(client, sql).await?.pop().unwrap_or_default())
}

/// The text in a column; empty for NULL.
pub(super) fn text(row: &SimpleQueryRow, column: usize) -> &str {
    optional(row, column).unwrap_or_default()
}

/// The text in a column; none for NULL.
pub(super) fn optional(row: &SimpleQueryRow, column: usize) -> Option<&str> {
    row.try_get(column).ok().flatten()
}

/// The truth of a column; false for NULL.
pub(super) fn flag(row: &SimpleQueryRow, column: usize) -> bool {
    text(row, column) == "t"
}

/// The number in a column; zero for NULL.
pub(super) fn number(row: &SimpleQueryRow, column: usize) -> i64 {
    text(row, column).parse().unwrap_or_default()
}

/// The bytes that a column holds in hexadecimal.
pub(super) fn bytes(row: &SimpleQueryRow, column: usize) -> Vec<u8> {
    let digits = text(row, column).as_bytes().chunks(2);
    digits
        .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}
