//! What columns and expressions hold.

use super::Affinity;
use crate::catalog::Key;
use crate::config::type_name;
use std::sync::Arc;

/// A set of the engine's storage classes, NULL aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StorageClasses(u8);

impl StorageClasses {
    /// None: nothing but NULL.
    pub const NONE: StorageClasses = StorageClasses(0);
    /// Integers.
    pub const INTEGER: StorageClasses = StorageClasses(1);
    /// Reals.
    pub const REAL: StorageClasses = StorageClasses(2);
    /// Texts.
    pub const TEXT: StorageClasses = StorageClasses(4);
    /// Blobs.
    pub const BLOB: StorageClasses = StorageClasses(8);
    /// Integers and reals.
    pub const NUMBER: StorageClasses = StorageClasses(3);
    /// All.
    pub const ANY: StorageClasses = StorageClasses(15);

    /// The classes that are in one of two sets.
    #[must_use]
    pub const fn or(self, other: StorageClasses) -> StorageClasses {
        StorageClasses(self.0 | other.0)
    }

    /// Whether all of some classes are in the set.
    #[must_use]
    pub const fn contains(self, other: StorageClasses) -> bool {
        self.0 & other.0 == other.0
    }

    /// What a column of a table holds.
    ///
    /// Of a STRICT table the engine sees to it. Elsewhere it is what the affinity leaves of the values that the declared
    /// type is meant for: a `DATETIME` may be anything, as a column of its affinity makes numbers of some texts.
    #[must_use]
    pub fn of_column(declared: &str, affinity: Affinity, strict: bool) -> StorageClasses {
        match affinity {
            _ if strict => StorageClasses::of_strict(&type_name(declared)),
            Affinity::Integer => StorageClasses::of_integer(declared),
            Affinity::Numeric => StorageClasses::of_numeric(&type_name(declared)),
            Affinity::Real => StorageClasses::REAL,
            Affinity::Text => StorageClasses::TEXT,
            Affinity::Blob if declared.trim().is_empty() => StorageClasses::ANY,
            Affinity::Blob => StorageClasses::BLOB,
        }
    }

    fn of_strict(name: &str) -> StorageClasses {
        match name {
            "INT" | "INTEGER" => StorageClasses::INTEGER,
            "REAL" => StorageClasses::REAL,
            "TEXT" => StorageClasses::TEXT,
            "BLOB" => StorageClasses::BLOB,
            _ => StorageClasses::ANY,
        }
    }

    fn of_integer(declared: &str) -> StorageClasses {
        if declared.eq_ignore_ascii_case("INTEGER") {
            return StorageClasses::INTEGER;
        }
        let name = type_name(declared);
        let mut words = name.split_whitespace();
        match words.clone().any(is_integer) {
            true => StorageClasses::INTEGER,
            // `FLOATING POINT` has the affinity of an integer, which keeps its reals and integers as they are.
            false if words.any(|word| word.starts_with("FLOAT")) => StorageClasses::NUMBER,
            false => StorageClasses::ANY,
        }
    }

    /// What is meant by a type of numeric affinity, which keeps texts as they are unless they look like numbers.
    fn of_numeric(name: &str) -> StorageClasses {
        match name.split_whitespace().next().unwrap_or_default() {
            "BOOL" | "BOOLEAN" => StorageClasses::INTEGER,
            "DECIMAL" | "NUMERIC" => StorageClasses::NUMBER,
            _ => StorageClasses::ANY,
        }
    }
}

/// `BIGINT` and `UINT32` are integers; the engine gives `POINT` and `INTERVAL` the same affinity.
fn is_integer(word: &str) -> bool {
    let stem = word.trim_end_matches(|last: char| last.is_ascii_digit());
    stem == "INTEGER" || stem.ends_with("INT") && stem != "POINT"
}

/// What the values of a column or an expression are, NULL aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The classes that they have.
    pub classes: StorageClasses,
    /// The declared type of the columns of tables that they come from, unchanged, if all of them have the same one.
    pub declared_type: Option<Arc<str>>,
    /// The one column of a table that they come from, unchanged: the table's database, key and the column's position.
    pub column: Option<(usize, Key, usize)>,
}

impl Content {
    /// Anything.
    pub(crate) const ANY: Content = Content::of(StorageClasses::ANY);
    /// Nothing but NULL.
    pub(crate) const NOTHING: Content = Content::of(StorageClasses::NONE);

    /// Values that are made and come from no column.
    pub(crate) const fn of(classes: StorageClasses) -> Content {
        Content {
            classes,
            declared_type: None,
            column: None,
        }
    }

    /// Values that come from here or from there.
    pub(crate) fn or(self, other: &Content) -> Content {
        if self.classes == StorageClasses::NONE {
            return other.clone();
        }
        if other.classes == StorageClasses::NONE {
            return self;
        }
        Content {
            classes: self.classes.or(other.classes),
            declared_type: self.declared_type.filter(|declared| {
                let other = other.declared_type.as_ref();
                other.is_some_and(|other| other.eq_ignore_ascii_case(declared))
            }),
            column: self
                .column
                .filter(|column| other.column.as_ref() == Some(column)),
        }
    }

    /// Values that come from any of some places.
    pub(crate) fn any_of<'a>(places: impl IntoIterator<Item = &'a Content>) -> Content {
        places.into_iter().fold(Content::NOTHING, Content::or)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_types_say_what_is_meant() {
        for (declared, affinity, classes) in [
            ("BOOLEAN", Affinity::Numeric, StorageClasses::INTEGER),
            ("bool", Affinity::Numeric, StorageClasses::INTEGER),
            (
                "UNSIGNED BIG INT",
                Affinity::Integer,
                StorageClasses::INTEGER,
            ),
            ("INT8", Affinity::Integer, StorageClasses::INTEGER),
            (
                "BIGINT(20) UNSIGNED",
                Affinity::Integer,
                StorageClasses::INTEGER,
            ),
            ("POINT", Affinity::Integer, StorageClasses::ANY),
            ("INTERVAL", Affinity::Integer, StorageClasses::ANY),
            ("FLOATING POINT", Affinity::Integer, StorageClasses::NUMBER),
            ("DOUBLE PRECISION", Affinity::Real, StorageClasses::REAL),
            ("VARCHAR (254)", Affinity::Text, StorageClasses::TEXT),
            ("DATETIME", Affinity::Numeric, StorageClasses::ANY),
            ("DATETIME TEXT", Affinity::Text, StorageClasses::TEXT),
            ("DECIMAL(10, 2)", Affinity::Numeric, StorageClasses::NUMBER),
            ("DECIMAL TEXT", Affinity::Text, StorageClasses::TEXT),
            ("JSON", Affinity::Numeric, StorageClasses::ANY),
            ("JSONB", Affinity::Numeric, StorageClasses::ANY),
            ("STRING", Affinity::Numeric, StorageClasses::ANY),
            ("BLOB", Affinity::Blob, StorageClasses::BLOB),
            ("", Affinity::Blob, StorageClasses::ANY),
        ] {
            let meant = StorageClasses::of_column(declared, affinity, false);
            assert_eq!(meant, classes, "{declared}");
        }
    }

    #[test]
    fn strict_types_are_exact() {
        for (declared, affinity, classes) in [
            ("INT", Affinity::Integer, StorageClasses::INTEGER),
            ("integer", Affinity::Integer, StorageClasses::INTEGER),
            ("REAL", Affinity::Real, StorageClasses::REAL),
            ("TEXT", Affinity::Text, StorageClasses::TEXT),
            ("BLOB", Affinity::Blob, StorageClasses::BLOB),
            ("ANY", Affinity::Blob, StorageClasses::ANY),
        ] {
            let exact = StorageClasses::of_column(declared, affinity, true);
            assert_eq!(exact, classes, "{declared}");
        }
    }

    #[test]
    fn values_from_two_places_have_the_classes_of_both_and_what_the_places_share() {
        let text = Content {
            classes: StorageClasses::TEXT,
            declared_type: Some("DATETIME".into()),
            column: Some((0, Key::new("t"), 1)),
        };
        assert_eq!(Content::NOTHING.or(&text), text);
        assert_eq!(text.clone().or(&Content::NOTHING), text);
        assert_eq!(text.clone().or(&text), text);
        let other = Content {
            column: Some((0, Key::new("t"), 2)),
            ..text.clone()
        };
        let shared = Content {
            column: None,
            ..text.clone()
        };
        assert_eq!(text.clone().or(&other), shared);
        let made = Content::of(StorageClasses::INTEGER);
        let both = StorageClasses::TEXT.or(StorageClasses::INTEGER);
        assert_eq!(text.or(&made), Content::of(both));
    }
}
