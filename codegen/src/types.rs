//! What a column's declared type is in Rust, where the configuration says nothing else.
//!
//! | declared type | Rust | why |
//! |---|---|---|
//! | of a STRICT table: `INT`, `INTEGER`; `REAL`; `TEXT`; `BLOB`; `ANY` | `i64`; `f64`; `String`; `Vec<u8>`; `Value` | exact: the engine stores nothing else |
//! | `BOOL`, `BOOLEAN` | `bool` | stored as 0 and 1 |
//! | `INTEGER`, `BIGINT`, `INT8`, `UNSIGNED BIG INT`, … | `i64` | the engine's integers |
//! | `REAL`, `DOUBLE PRECISION`, `FLOAT`, … | `f64` | integers are stored as reals |
//! | `TEXT`, `VARCHAR(254)`, `CLOB`, … | `String` | numbers are stored as text |
//! | `BLOB` | `Vec<u8>` | |
//! | `DECIMAL`, `NUMERIC` | `f64` | stored as integers or reals, both of which read as `f64` |
//! | `DATE`, `TIME`, `DATETIME`, `TIMESTAMP`, … | `String` | what `CURRENT_TIMESTAMP` and the date functions give |
//! | `JSON`, `UUID` | `String` | their usual form; `JSONB` and a UUID in 16 bytes need `[types]` |
//! | none, `ANY`, and every other word | `Value` | such a column holds values of any type |
//!
//! Outside of STRICT tables a column may hold a value of another type than the declared one. Reading such a value is an
//! error of `rusqlite` that names the column; `[types]` in `tablature.toml` maps the column to what it holds.

use tablature_schema::catalog::Affinity;

/// The Rust types of the table above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plain {
    /// `i64`
    Integer,
    /// `bool`
    Boolean,
    /// `f64`
    Real,
    /// `String`
    Text,
    /// `Vec<u8>`
    Bytes,
    /// `rusqlite::types::Value`
    Value,
}

impl Plain {
    /// The type of a column of a table.
    pub(crate) fn of_column(declared: &str, affinity: Affinity, strict: bool) -> Plain {
        if strict {
            return Plain::of_strict(declared);
        }
        let name = type_name(declared);
        let words: Vec<&str> = name.split_whitespace().collect();
        if let Some(known) = words.first().and_then(|word| Plain::of_word(word)) {
            return known;
        }
        match affinity {
            Affinity::Integer if words.iter().any(|word| is_integer(word)) => Plain::Integer,
            // `FLOATING POINT` has the affinity of an integer, which keeps its reals and integers as they are.
            Affinity::Integer if words.iter().any(|word| word.starts_with("FLOAT")) => Plain::Real,
            Affinity::Integer | Affinity::Numeric => Plain::Value,
            Affinity::Real => Plain::Real,
            Affinity::Text => Plain::Text,
            Affinity::Blob if words.is_empty() => Plain::Value,
            Affinity::Blob => Plain::Bytes,
        }
    }

    /// The type of a view's column that shows no column unchanged.
    ///
    /// It may still have a declared type, that of a column in all parts of a compound query.
    pub(crate) fn of_expression(declared: &str, affinity: Option<Affinity>) -> Plain {
        let none = declared.is_empty();
        match affinity {
            Some(Affinity::Integer) if none => Plain::Integer,
            Some(Affinity::Real) if none => Plain::Real,
            Some(Affinity::Text) if none => Plain::Text,
            // The engine's word for a sum, which is an integer or a real.
            Some(Affinity::Numeric) if none || declared == "NUM" => Plain::Value,
            // The engine says BLOB of what may be anything.
            Some(Affinity::Blob) | None => Plain::Value,
            Some(
                affinity
                @ (Affinity::Integer | Affinity::Real | Affinity::Text | Affinity::Numeric),
            ) => Plain::of_column(declared, affinity, false),
        }
    }

    fn of_strict(declared: &str) -> Plain {
        match type_name(declared).as_str() {
            "INT" | "INTEGER" => Plain::Integer,
            "REAL" => Plain::Real,
            "TEXT" => Plain::Text,
            "BLOB" => Plain::Bytes,
            _ => Plain::Value,
        }
    }

    /// What a type that says more than its affinity is.
    fn of_word(word: &str) -> Option<Plain> {
        match word {
            "BOOL" | "BOOLEAN" => Some(Plain::Boolean),
            "DECIMAL" | "NUMERIC" => Some(Plain::Real),
            "DATE" | "TIME" | "DATETIME" | "TIMESTAMP" | "DATETIME2" | "TIMESTAMPTZ"
            | "DATETIMEOFFSET" | "TIMETZ" => Some(Plain::Text),
            "JSON" | "UUID" => Some(Plain::Text),
            _ => None,
        }
    }
}

/// A declared type as it is compared: upper case, without its numbers, one space between its words.
pub(crate) fn type_name(declared: &str) -> String {
    let upper = declared.to_ascii_uppercase();
    let before = upper.split('(').next().unwrap_or_default();
    let after = upper.rsplit_once(')').map_or("", |(_, after)| after);
    let words: Vec<&str> = before
        .split_whitespace()
        .chain(after.split_whitespace())
        .collect();
    words.join(" ")
}

/// `BIGINT` and `UINT32` are integers; the engine gives `POINT` and `INTERVAL` the same affinity.
fn is_integer(word: &str) -> bool {
    let stem = word.trim_end_matches(|last: char| last.is_ascii_digit());
    stem == "INTEGER" || stem.ends_with("INT") && stem != "POINT"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strict_types_are_exact() {
        for (declared, affinity, plain) in [
            ("INT", Affinity::Integer, Plain::Integer),
            ("integer", Affinity::Integer, Plain::Integer),
            ("REAL", Affinity::Real, Plain::Real),
            ("TEXT", Affinity::Text, Plain::Text),
            ("BLOB", Affinity::Blob, Plain::Bytes),
            ("ANY", Affinity::Blob, Plain::Value),
        ] {
            assert_eq!(Plain::of_column(declared, affinity, true), plain);
        }
    }

    #[test]
    fn declared_types_say_what_is_meant() {
        for (declared, affinity, plain) in [
            ("BOOLEAN", Affinity::Numeric, Plain::Boolean),
            ("bool", Affinity::Numeric, Plain::Boolean),
            ("UNSIGNED BIG INT", Affinity::Integer, Plain::Integer),
            ("INT8", Affinity::Integer, Plain::Integer),
            ("BIGINT(20) UNSIGNED", Affinity::Integer, Plain::Integer),
            ("POINT", Affinity::Integer, Plain::Value),
            ("INTERVAL", Affinity::Integer, Plain::Value),
            ("FLOATING POINT", Affinity::Integer, Plain::Real),
            ("DOUBLE PRECISION", Affinity::Real, Plain::Real),
            ("VARCHAR (254)", Affinity::Text, Plain::Text),
            ("DATETIME", Affinity::Numeric, Plain::Text),
            ("TIMESTAMP WITH TIME ZONE", Affinity::Numeric, Plain::Text),
            ("DECIMAL(10, 2)", Affinity::Numeric, Plain::Real),
            ("JSON", Affinity::Numeric, Plain::Text),
            ("JSONB", Affinity::Numeric, Plain::Value),
            ("STRING", Affinity::Numeric, Plain::Value),
            ("BLOB", Affinity::Blob, Plain::Bytes),
            ("", Affinity::Blob, Plain::Value),
        ] {
            assert_eq!(
                Plain::of_column(declared, affinity, false),
                plain,
                "{declared}"
            );
        }
    }

    #[test]
    fn an_expression_has_a_type_where_its_affinity_is_one() {
        for (declared, affinity, plain) in [
            ("INT", Some(Affinity::Integer), Plain::Integer),
            ("", Some(Affinity::Integer), Plain::Integer),
            ("TEXT", Some(Affinity::Text), Plain::Text),
            ("BOOLEAN", Some(Affinity::Numeric), Plain::Boolean),
            ("NUM", Some(Affinity::Numeric), Plain::Value),
            ("BLOB", Some(Affinity::Blob), Plain::Value),
            ("", None, Plain::Value),
        ] {
            assert_eq!(Plain::of_expression(declared, affinity), plain);
        }
    }

    #[test]
    fn type_names_are_compared_without_case_numbers_and_space() {
        assert_eq!(type_name("varchar ( 254 )"), "VARCHAR");
        assert_eq!(type_name("BigInt(20)  unsigned"), "BIGINT UNSIGNED");
        assert_eq!(type_name(""), "");
    }
}
