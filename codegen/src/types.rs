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
//! | `DATE`, `DATETIME`, `TIMESTAMP`, `JSON`, `UUID`, `STRING`, every other word, and none | `Value` | the engine stores such a text as a number if it looks like one, as `'5'` does, and all else as it is |
//! | a column of FTS3, FTS4 or FTS5 | `Option<String>` | NULL where the content is not kept |
//! | an UNINDEXED or `notindexed` column of them | `Option<Value>` | kept as it is: keys, numbers, anything |
//! | the id and the coordinates of `rtree`, of `rtree_i32` | `i64` and `f32`, `i64` and `i32` | coordinates have 32 bits |
//!
//! Every value of the Rust type comes back as it was written; but NaN, which is NULL to the engine, and a text in a
//! `Value` that the engine takes for a number. A column whose DEFAULT is of another type, such as
//! `INTEGER DEFAULT CURRENT_TIMESTAMP`, is a `Value` too. What other programs write outside of STRICT tables may be of
//! any type; reading a value of another type than the field's is an error of `rusqlite` that names the column. `[types]`
//! in `tablature.toml` gives a type or a column another one: `"DATETIME" = "String"` where the application writes times
//! as texts.
//!
//! A view's column has the type of the column that its values come from, unchanged, as in `max(created_at)`. What it
//! computes has the type of the one storage class that the engine gives it, else `Value`: a sum of integers is an `i64`,
//! but `a + b` becomes a real when it is too large.

use crate::module::{Coordinates, ModuleColumn};
use tablature_schema::config::type_name;
use tablature_schema::sqlite::catalog::{Content, StorageClasses, Table};

/// The Rust types of the table above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plain {
    /// `i64`
    Integer,
    /// `bool`
    Boolean,
    /// `f64`
    Real,
    /// `f32`
    Single,
    /// `i32`
    Small,
    /// `String`
    Text,
    /// `Vec<u8>`
    Bytes,
    /// `rusqlite::types::Value`
    Value,
}

impl Plain {
    /// Its name in Rust.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Plain::Integer => "i64",
            Plain::Boolean => "bool",
            Plain::Real => "f64",
            Plain::Single => "f32",
            Plain::Small => "i32",
            Plain::Text => "String",
            Plain::Bytes => "Vec<u8>",
            Plain::Value => "rusqlite::types::Value",
        }
    }

    /// The type of a column of a table.
    pub(crate) fn of_column(table: &Table, position: usize) -> Plain {
        if let Some(kept) = ModuleColumn::of(table, position) {
            return Plain::of_module(kept);
        }
        let Some(column) = table.columns.get(position) else {
            return Plain::Value;
        };
        Plain::of_declared(&column.declared_type, column.classes(table.strict))
    }

    fn of_module(column: ModuleColumn) -> Plain {
        match column {
            ModuleColumn::Text => Plain::Text,
            ModuleColumn::Id => Plain::Integer,
            ModuleColumn::Coordinate(Coordinates::Reals) => Plain::Single,
            ModuleColumn::Coordinate(Coordinates::Integers) => Plain::Small,
            ModuleColumn::Auxiliary => Plain::Value,
        }
    }

    /// The type of a view's column.
    pub(crate) fn of_content(content: &Content) -> Plain {
        match &content.declared_type {
            Some(declared) => Plain::of_declared(declared, content.classes),
            None => Plain::of_classes(content.classes),
        }
    }

    /// The type of values that columns of a declared type hold.
    fn of_declared(declared: &str, classes: StorageClasses) -> Plain {
        let name = type_name(declared);
        match name.split_whitespace().next() {
            Some("BOOL" | "BOOLEAN") if classes == StorageClasses::INTEGER => Plain::Boolean,
            _ if classes == StorageClasses::NUMBER => Plain::Real,
            _ => Plain::of_classes(classes),
        }
    }

    fn of_classes(classes: StorageClasses) -> Plain {
        match classes {
            StorageClasses::INTEGER => Plain::Integer,
            StorageClasses::REAL => Plain::Real,
            StorageClasses::TEXT => Plain::Text,
            StorageClasses::BLOB => Plain::Bytes,
            _ => Plain::Value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declared_type_says_more_than_its_class() {
        for (declared, classes, plain) in [
            ("BOOLEAN", StorageClasses::INTEGER, Plain::Boolean),
            ("bool", StorageClasses::INTEGER, Plain::Boolean),
            ("BOOLEAN", StorageClasses::ANY, Plain::Value),
            ("DECIMAL(10, 2)", StorageClasses::NUMBER, Plain::Real),
            ("INT", StorageClasses::INTEGER, Plain::Integer),
            ("DATETIME", StorageClasses::ANY, Plain::Value),
            ("BLOB", StorageClasses::BLOB, Plain::Bytes),
            ("", StorageClasses::ANY, Plain::Value),
        ] {
            assert_eq!(Plain::of_declared(declared, classes), plain, "{declared}");
        }
    }

    #[test]
    fn only_one_class_is_a_type() {
        for (classes, plain) in [
            (StorageClasses::INTEGER, Plain::Integer),
            (StorageClasses::REAL, Plain::Real),
            (StorageClasses::NUMBER, Plain::Value),
            (StorageClasses::TEXT, Plain::Text),
            (StorageClasses::BLOB, Plain::Bytes),
            (StorageClasses::NONE, Plain::Value),
            (StorageClasses::ANY, Plain::Value),
        ] {
            assert_eq!(Plain::of_classes(classes), plain, "{classes:?}");
        }
    }
}
