//! A value of a row, as it is stored, and as SQL.

use rusqlite::types::ValueRef;

/// A value; two are equal if nothing that the engine can tell apart differs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cell {
    Null,
    Integer(i64),
    /// The bits of the number.
    Real(u64),
    /// The bytes, which need not be UTF-8.
    Text(Vec<u8>),
    Blob(Vec<u8>),
}

impl From<ValueRef<'_>> for Cell {
    fn from(value: ValueRef<'_>) -> Cell {
        match value {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(number) => Cell::Integer(number),
            ValueRef::Real(number) => Cell::Real(number.to_bits()),
            ValueRef::Text(bytes) => Cell::Text(bytes.to_owned()),
            ValueRef::Blob(bytes) => Cell::Blob(bytes.to_owned()),
        }
    }
}

impl Cell {
    /// The value as SQL; none for a text that no SQL can hold, as it is not UTF-8.
    pub(super) fn sql(&self) -> Option<String> {
        Some(match self {
            Cell::Null => "NULL".to_owned(),
            // Its digits are one too many for the engine, which would take them for a real number.
            Cell::Integer(i64::MIN) => "-9223372036854775807 - 1".to_owned(),
            Cell::Integer(number) => number.to_string(),
            Cell::Real(bits) => real(f64::from_bits(*bits)),
            Cell::Text(bytes) => text(std::str::from_utf8(bytes).ok()?),
            Cell::Blob(bytes) => {
                let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                format!("X'{digits}'")
            }
        })
    }
}

fn real(number: f64) -> String {
    if number.is_infinite() {
        let sign = if number < 0.0 { "-" } else { "" };
        return format!("{sign}9e999");
    }
    // The fewest digits that stand for this number and no other, always with a point or an exponent.
    format!("{number:?}")
}

/// A text in quotes. Other characters, which it does not have, stand for a NUL, which would end it for the engine, and for a
/// carriage return, which version control would take away at the end of a line.
fn text(text: &str) -> String {
    let mut marks = ('*'..char::MAX).filter(|mark| !text.contains(*mark) && *mark != '\'');
    let (mut marked, mut calls) = (text.to_owned(), Vec::new());
    for (character, code) in [('\0', 0), ('\r', 13)] {
        if let (true, Some(mark)) = (text.contains(character), marks.next()) {
            marked = marked.replace(character, &mark.to_string());
            calls.push(format!(", '{mark}', char({code}))"));
        }
    }
    let quoted = format!("'{}'", marked.replace('\'', "''"));
    format!(
        "{}{quoted}{}",
        "replace(".repeat(calls.len()),
        calls.concat()
    )
}

#[cfg(test)]
mod tests {
    use super::Cell;
    use rusqlite::Connection;

    #[test]
    fn the_engine_reads_what_is_written() {
        let connection = Connection::open_in_memory().unwrap();
        let numbers = [0.0, 0.1, -1e-300, 1e300, f64::MAX, 5e-324, 1.0, 1e15, 1e16];
        let reals = numbers.into_iter().chain([f64::INFINITY, -f64::INFINITY]);
        let reals = reals.map(|number| Cell::Real(number.to_bits()));
        let integers = [i64::MIN, -1, 0, i64::MAX].map(Cell::Integer);
        let many = "\0".repeat(2000);
        let texts = [
            "",
            "it's",
            "a\0b",
            "\0",
            "ü\n\"x\"",
            "-- ; /*",
            "*\0'\0+",
            &many,
        ];
        let texts = texts.map(|text| Cell::Text(text.as_bytes().to_owned()));
        let blobs = [Vec::new(), vec![0, 255, 16]].map(Cell::Blob);
        let cells = [Cell::Null].into_iter().chain(integers).chain(reals);
        for cell in cells.chain(texts).chain(blobs) {
            let sql = format!("SELECT {}", cell.sql().unwrap());
            let read = connection.query_row(&sql, [], |row| Ok(Cell::from(row.get_ref(0)?)));
            assert_eq!(read.unwrap(), cell, "{sql}");
            assert!(!sql.contains(['\0', '\r']));
        }
        assert_eq!(Cell::Text(vec![0xff]).sql(), None);
    }
}
