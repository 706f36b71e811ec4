//! The type of a value: which type, how it is modified, and how it is collated.

use super::Oid;

/// A type's modifier as the engine encodes it: the length of a `varchar(20)`, the precision and scale of a `numeric(10,2)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Typmod(pub i32);

impl Typmod {
    /// No modifier.
    pub const NONE: Typmod = Typmod(-1);

    /// Whether there is a modifier.
    #[must_use]
    pub fn is_some(self) -> bool {
        self.0 >= 0
    }
}

/// The type of a value, a column, a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueType {
    /// The type, an object of `pg_type`.
    pub oid: Oid,
    /// Its modifier.
    pub typmod: Typmod,
    /// The collation of the value, an object of `pg_collation`; none where the type has no collations, and where
    /// collations conflict.
    pub collation: Option<Oid>,
}

impl ValueType {
    /// A type without modifier and collation.
    #[must_use]
    pub const fn plain(oid: Oid) -> ValueType {
        ValueType {
            oid,
            typmod: Typmod::NONE,
            collation: None,
        }
    }

    /// The same type with a modifier.
    #[must_use]
    pub const fn modified(self, typmod: Typmod) -> ValueType {
        ValueType { typmod, ..self }
    }

    /// The same type with a collation.
    #[must_use]
    pub const fn collated(self, collation: Option<Oid>) -> ValueType {
        ValueType { collation, ..self }
    }
}
