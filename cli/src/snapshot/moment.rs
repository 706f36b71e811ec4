//! A database in which it is always the same moment and the same numbers are drawn by lot.
//!
//! What rows owe to the clock or to chance is found by making the same database twice, at two such moments: it is what
//! differs. The functions of the engine that ask for the time or for chance are replaced by ones that do not; a function that
//! is given a time as its argument is still the engine's own, on a connection beside.

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::Value;
use rusqlite::{Connection, Result, params_from_iter};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A moment, and what chance then has in store.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    /// In UTC.
    instant: &'static str,
    /// What `localtime` adds.
    offset: &'static str,
    /// What `utc` adds.
    back: &'static str,
    /// The first random number.
    lot: u64,
}

/// Two moments of which every part differs: century, year, month, day, hour, minute, second, fraction, weekday, offset; also
/// whether the year is a leap year.
///
/// Whatever a migration compares the present with lies between them. They are the first and the last day of a year, and in
/// local time another day, so that what is a day or an offset away from the present is not taken for it. The offsets are
/// more than a day apart, so that the local date of any time differs.
pub(super) const MOMENTS: [Moment; 2] = [
    Moment {
        instant: "2001-01-01 04:05:06.789",
        offset: "-833 minutes",
        back: "+833 minutes",
        lot: 0x2545_f491_4f6c_dd1d,
    },
    Moment {
        instant: "2128-12-31 19:28:37.654",
        offset: "+845 minutes",
        back: "-845 minutes",
        lot: 0x9e37_79b9_7f4a_7c15,
    },
];

/// Where a function takes a time.
const FUNCTIONS: [(&str, usize); 7] = [
    ("date", 0),
    ("time", 0),
    ("datetime", 0),
    ("julianday", 0),
    ("timediff", 0),
    ("unixepoch", 0),
    ("strftime", 1),
];

/// The names of the present that are keywords, and what gives them.
const KEYWORDS: [(&str, &str); 3] = [
    ("current_date", "date"),
    ("current_time", "time"),
    ("current_timestamp", "datetime"),
];

impl Moment {
    /// The same moment with other numbers.
    pub(super) fn with_lot(self, number: u64) -> Moment {
        // Any odd factor but 1 makes another one of it, and none makes it zero.
        let lot = self.lot.wrapping_mul(2 * number + 3);
        Moment { lot, ..self }
    }

    /// Opens a database at this moment. Beside it, whether it was asked for chance.
    pub(super) fn open(self, path: &Path) -> Result<(Connection, Draws)> {
        let connection = Connection::open(path)?;
        // The engine asks for the same value twice only of functions that it may ask so.
        let pure = FunctionFlags::SQLITE_UTF8
            | FunctionFlags::SQLITE_DETERMINISTIC
            | FunctionFlags::SQLITE_INNOCUOUS;
        for (name, position) in FUNCTIONS {
            let engine = Mutex::new(Connection::open_in_memory()?);
            connection.create_scalar_function(name, -1, pure, move |context| {
                self.ask(&engine, name, position, context)
            })?;
        }
        for (name, function) in KEYWORDS {
            let engine = Mutex::new(Connection::open_in_memory()?);
            connection.create_scalar_function(name, 0, pure, move |context| {
                self.ask(&engine, function, 0, context)
            })?;
        }
        let draws = Draws::default();
        // That of the application's engine may be another one.
        for name in ["sqlite_version", "sqlite_source_id"] {
            connection.create_scalar_function(name, 0, pure, move |_| {
                Ok(format!("the engine of {}", self.instant))
            })?;
        }
        let chance = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_INNOCUOUS;
        let (lots, drawn) = (AtomicU64::new(self.lot), draws.clone());
        connection.create_scalar_function("random", 0, chance, move |_| {
            drawn.note();
            Ok(draw(&lots))
        })?;
        let (lots, drawn) = (AtomicU64::new(self.lot), draws.clone());
        connection.create_scalar_function("randomblob", 1, chance, move |context| {
            drawn.note();
            let length: i64 = context.get(0)?;
            let bytes = (0..length.max(1)).map(|_| draw(&lots).to_le_bytes()[0]);
            Ok(bytes.collect::<Vec<u8>>())
        })?;
        Ok((connection, draws))
    }

    /// What the engine answers if this is the present.
    fn ask(
        self,
        engine: &Mutex<Connection>,
        function: &str,
        position: usize,
        context: &Context<'_>,
    ) -> Result<Value> {
        let mut arguments = (0..context.len())
            .map(|at| context.get(at))
            .collect::<Result<Vec<Value>>>()?;
        if arguments.len() == position {
            arguments.push(Value::Text("now".to_owned()));
        }
        // In the place of a time, this is the present too.
        if let Some(Value::Text(text)) = arguments.get(position)
            && ["subsec", "subsecond"].contains(&text.to_ascii_lowercase().as_str())
        {
            arguments.insert(position, Value::Text("now".to_owned()));
        }
        for argument in arguments.iter_mut().skip(position) {
            if let Value::Text(text) = argument {
                let meant = match text.to_ascii_lowercase().as_str() {
                    "now" => self.instant,
                    "localtime" => self.offset,
                    "utc" => self.back,
                    _ => continue,
                };
                *text = meant.to_owned();
            }
        }
        let marks = vec!["?"; arguments.len()].join(", ");
        // A poisoned connection is one that nobody has asked to the end.
        let engine = engine.lock().unwrap_or_else(PoisonError::into_inner);
        engine.query_row(
            &format!("SELECT {function}({marks})"),
            params_from_iter(arguments),
            |row| row.get(0),
        )
    }
}

/// Whether a connection was asked for chance.
#[derive(Debug, Clone, Default)]
pub(super) struct Draws(Arc<AtomicBool>);

impl Draws {
    fn note(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(super) fn any(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The next random number: Marsaglia's xorshift.
fn draw(lots: &AtomicU64) -> i64 {
    let mut number = lots.load(Ordering::Relaxed);
    number ^= number << 13;
    number ^= number >> 7;
    number ^= number << 17;
    lots.store(number, Ordering::Relaxed);
    number.cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(moment: Moment, expression: &str) -> Value {
        let (connection, _) = moment.open(Path::new(":memory:")).unwrap();
        let sql = format!("SELECT {expression}");
        connection.query_row(&sql, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn whatever_asks_for_the_present_is_told_the_moment() {
        let [moment, _] = MOMENTS;
        for (expression, expected) in [
            ("CURRENT_TIMESTAMP", "2001-01-01 04:05:06"),
            ("current_date", "2001-01-01"),
            ("CURRENT_TIME", "04:05:06"),
            ("datetime()", "2001-01-01 04:05:06"),
            (
                "datetime('now', '-1 month', 'start of month')",
                "2000-12-01 00:00:00",
            ),
            ("datetime('NOW', 'localtime')", "2000-12-31 14:12:06"),
            ("strftime('%Y')", "2001"),
            ("strftime('%f', 'now')", "06.789"),
            ("date('2024-02-29', '+1 year')", "2025-03-01"),
            ("time('subsec')", "04:05:06.789"),
            ("strftime('%Y', 'subsecond')", "2001"),
            ("timediff('now', '2000-01-01')", "+0001-00-00 04:05:06.789"),
            ("coalesce(date(' now'), 'none')", "none"),
            ("CAST(unixepoch() AS TEXT)", "978321906"),
        ] {
            let expected = Value::Text(expected.to_owned());
            assert_eq!(asked(moment, expression), expected, "{expression}");
        }
    }

    #[test]
    fn chance_is_the_same_at_one_moment_and_another_at_another() {
        let [one, other] = MOMENTS;
        for expression in ["random()", "hex(randomblob(16))", "abs(random() % 100)"] {
            assert_eq!(asked(one, expression), asked(one, expression));
            assert_ne!(asked(one, expression), asked(other, expression));
            assert_ne!(asked(one, expression), asked(one.with_lot(0), expression));
        }
    }

    #[test]
    fn nothing_that_can_be_told_of_the_present_is_the_same_at_both_moments() {
        let [one, other] = MOMENTS;
        for expression in [
            "strftime('%w', 'now')",
            "substr(date('now'), 1, 2)",
            "date('now') < '2026-01-01'",
            "strftime('%Y') % 4 = 0",
            "strftime('%p', 'now')",
            "strftime('%H', 'now') / 6",
            "strftime('%W', 'now') + 0",
            "substr(timediff('now', '2000-01-01'), 1, 5)",
            "date('2020-06-15 12:00', 'localtime')",
            "date('2020-06-15 00:00', 'utc')",
        ] {
            assert_ne!(
                asked(one, expression),
                asked(other, expression),
                "{expression}"
            );
        }
        for (expression, local) in [
            ("date('now')", "date('now', 'localtime')"),
            ("strftime('%Y')", "strftime('%Y', 'now', 'localtime')"),
            ("strftime('%M')", "strftime('%M', 'now', 'localtime')"),
            ("strftime('%Y-%m')", "strftime('%Y-%m', 'now', '-1 day')"),
        ] {
            let both = |of: &str| MOMENTS.map(|moment| asked(moment, of));
            assert_ne!(both(expression), both(local), "{local}");
        }
    }

    #[test]
    fn a_default_asks_too() {
        let [moment, _] = MOMENTS;
        let (connection, _) = moment.open(Path::new(":memory:")).unwrap();
        connection
            .execute_batch(
                "CREATE TABLE t (a, at TEXT DEFAULT CURRENT_TIMESTAMP, day DEFAULT (date('now')));
                 INSERT INTO t (a) VALUES (1);",
            )
            .unwrap();
        let row = connection.query_row("SELECT at, day FROM t", [], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        });
        let expected = ("2001-01-01 04:05:06".to_owned(), "2001-01-01".to_owned());
        assert_eq!(row.unwrap(), expected);
    }
}
