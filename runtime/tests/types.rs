//! Every value of a field's type comes back from the database as it was written, and every default can be read.
#![cfg(all(feature = "macros", feature = "sqlite"))]

use tablature::rusqlite::types::Value;
use tablature::rusqlite::{Connection, Result};
use tablature::{Insert, Row};

tablature::migrations!("tests/types");

const ROWS: usize = 2_000;

/// Texts that the engine may take for something else.
const TEXTS: &[&str] = &[
    "",
    " ",
    "0",
    "5",
    "-7",
    "007",
    "+3",
    "1.0",
    "1.5",
    "1e3",
    " 5 ",
    "0x10",
    "9223372036854775808",
    "inf",
    "nan",
    "NULL",
    "true",
    "2026-11-21 10:00:00",
    "{\"a\": 1}",
    "a\0b",
    "größe",
];

const INTEGERS: &[i64] = &[0, 1, -1, i64::MIN, i64::MAX, 1 << 53, (1 << 53) + 1];

const REALS: &[f64] = &[
    0.0,
    -0.0,
    0.5,
    5.0,
    1e15,
    1e18,
    9_223_372_036_854_775_808.0,
    1e300,
    f64::MIN_POSITIVE,
    f64::MAX,
    f64::INFINITY,
    f64::NEG_INFINITY,
];

/// A sequence of numbers that look random, the same in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or_default()
    }

    /// One of some values, every second time.
    fn one_of<T: Copy>(&mut self, values: &[T]) -> Option<T> {
        let chosen = self.below(2 * values.len());
        values.get(chosen).copied()
    }
}

/// A type with random values.
trait Any {
    fn any(random: &mut Random) -> Self;
}

fn any<T: Any>(random: &mut Random) -> T {
    T::any(random)
}

impl Any for i64 {
    fn any(random: &mut Random) -> i64 {
        let chosen = random.one_of(INTEGERS);
        chosen.unwrap_or_else(|| random.next().cast_signed() >> random.below(64))
    }
}

impl Any for bool {
    fn any(random: &mut Random) -> bool {
        random.below(2) == 0
    }
}

impl Any for f64 {
    fn any(random: &mut Random) -> f64 {
        let chosen = random.one_of(REALS);
        let number = chosen.unwrap_or_else(|| f64::from_bits(random.next()));
        // The engine knows no NaN: it is NULL.
        if number.is_nan() { 1.25 } else { number }
    }
}

impl Any for String {
    fn any(random: &mut Random) -> String {
        let chosen = random.one_of(TEXTS).map(str::to_owned);
        chosen.unwrap_or_else(|| {
            let characters = "0123456789.+-eE xé\u{1F980}";
            let characters: Vec<char> = characters.chars().collect();
            let length = random.below(8);
            (0..length)
                .map(|_| characters[random.below(characters.len())])
                .collect()
        })
    }
}

impl Any for Vec<u8> {
    fn any(random: &mut Random) -> Vec<u8> {
        let text: String = any(random);
        text.into_bytes()
    }
}

impl Any for Value {
    fn any(random: &mut Random) -> Value {
        match random.below(4) {
            0 => Value::Integer(any(random)),
            1 => Value::Real(any(random)),
            2 => Value::Text(any(random)),
            _ => Value::Blob(any(random)),
        }
    }
}

fn database() -> Connection {
    let mut connection = Connection::open_in_memory().expect("memory is there");
    MIGRATIONS
        .apply(&mut connection)
        .expect("the migrations are right");
    connection
}

/// Writes a row into an empty table and reads it.
fn written<T: Row + Insert>(connection: &Connection, row: &T) -> Result<T> {
    connection.execute(&format!("DELETE FROM {}", T::TABLE), [])?;
    row.insert_with(&mut connection.prepare(T::INSERT)?)?;
    let mut select = connection.prepare(&format!("SELECT * FROM {}", T::TABLE))?;
    select.query_row([], T::from_row)
}

/// The same values, with those of `Value` as the engine has them: some texts and reals become numbers of another kind.
fn as_stored(row: &Sample, read: &Sample) -> Sample {
    Sample {
        date_column: read.date_column.clone(),
        time_column: read.time_column.clone(),
        datetime_column: read.datetime_column.clone(),
        timestamp_column: read.timestamp_column.clone(),
        timestamp_with_time_zone_column: read.timestamp_with_time_zone_column.clone(),
        json_column: read.json_column.clone(),
        jsonb_column: read.jsonb_column.clone(),
        uuid_column: read.uuid_column.clone(),
        string_column: read.string_column.clone(),
        money_column: read.money_column.clone(),
        point_column: read.point_column.clone(),
        interval_column: read.interval_column.clone(),
        any_column: read.any_column.clone(),
        ..row.clone()
    }
}

#[test]
fn what_is_written_is_read() -> Result<()> {
    let connection = database();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for _ in 0..ROWS {
        let random = &mut random;
        let row = Sample {
            integer_column: any(random),
            int_column: any(random),
            bigint_column: any(random),
            unsigned_big_int_column: any(random),
            tinyint_1_column: any(random),
            boolean_column: any(random),
            bool_column: any(random),
            real_column: any(random),
            double_precision_column: any(random),
            float_column: any(random),
            floating_point_column: any(random),
            decimal_10_2_column: any(random),
            numeric_column: any(random),
            decimal_text_column: any(random),
            text_column: any(random),
            varchar_254_column: any(random),
            clob_column: any(random),
            native_character_70_column: any(random),
            blob_column: any(random),
            date_column: any(random),
            time_column: any(random),
            datetime_column: any(random),
            datetime_text_column: any(random),
            timestamp_column: any(random),
            timestamp_with_time_zone_column: any(random),
            json_column: any(random),
            jsonb_column: any(random),
            uuid_column: any(random),
            string_column: any(random),
            money_column: any(random),
            point_column: any(random),
            interval_column: any(random),
            any_column: any(random),
            none_column: any(random),
        };
        let read = written(&connection, &row)?;
        assert_eq!(read, as_stored(&row, &read));
        // What the engine has made of a value stays as it is.
        assert_eq!(written(&connection, &read)?, read);
    }
    Ok(())
}

#[test]
fn what_is_written_to_a_strict_table_is_read() -> Result<()> {
    let connection = database();
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    for _ in 0..ROWS {
        let random = &mut random;
        let row = StrictSample {
            int_column: any(random),
            integer_column: any(random),
            real_column: any(random),
            text_column: any(random),
            blob_column: any(random),
            any_column: any(random),
        };
        assert_eq!(written(&connection, &row)?, row);
    }
    Ok(())
}

#[test]
fn every_default_is_read() -> Result<()> {
    let connection = database();
    let read = inserted_by_default(&connection)?;
    assert!(read.seconds > 0);
    assert_eq!(read.text_of_digits, 7);
    assert_eq!(read.exponent, 1000);
    assert_eq!(read.number_of_text, "0");
    assert_eq!(read.text_of_blob, Value::Text(String::new()));
    assert!(read.truth);
    assert_eq!(read.json, Value::Integer(5));
    Ok(())
}

#[test]
fn a_new_row_without_values_has_the_defaults() -> Result<()> {
    let connection = database();
    let expected = inserted_by_default(&connection)?;
    let id = NewDefaultRow::default().insert(&connection)?;
    let sql = "SELECT * FROM defaults WHERE id = ?1";
    let read = connection.query_row(sql, [id], DefaultRow::from_row)?;
    let expected = DefaultRow {
        id,
        // What the clock and chance give.
        time_of_integer: read.time_of_integer.clone(),
        seconds: read.seconds,
        formatted_seconds: read.formatted_seconds,
        milliseconds: read.milliseconds,
        day: read.day,
        bytes_of_text: read.bytes_of_text.clone(),
        hex_of_text: read.hex_of_text.clone(),
        created: read.created.clone(),
        created_seconds: read.created_seconds.clone(),
        ..expected
    };
    assert_eq!(read, expected);
    Ok(())
}

fn inserted_by_default(connection: &Connection) -> Result<DefaultRow> {
    connection.execute("INSERT INTO defaults DEFAULT VALUES", [])?;
    let sql = "SELECT * FROM defaults WHERE id = last_insert_rowid()";
    connection.query_row(sql, [], DefaultRow::from_row)
}
