//! How two schemas differ, object by object.

mod addition;
mod compare;
mod display;

#[cfg(feature = "sqlite")]
pub(crate) use addition::is_addition;
pub use compare::differences;

use crate::schema::Place;

/// A difference between the schema that the migrations define and that of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(tag = "kind", rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Difference {
    /// The migrations define it, and the database does not have it.
    Missing {
        /// What.
        object: Object,
        /// Where the migrations define it.
        place: Option<Place>,
    },
    /// The database has it, and no migration defines it.
    Unexpected {
        /// What.
        object: Object,
    },
    /// Both have it, and it is not the same.
    Changed {
        /// What.
        object: Object,
        /// In which respect.
        property: Property,
        /// As the migrations define it.
        expected: String,
        /// As the database has it.
        found: String,
        /// Where the migrations define it.
        place: Option<Place>,
    },
}

impl Difference {
    /// What it is about.
    #[must_use]
    pub fn object(&self) -> &Object {
        match self {
            Difference::Missing { object, .. }
            | Difference::Unexpected { object }
            | Difference::Changed { object, .. } => object,
        }
    }
}

/// What a difference is about. Names are in their creator's letter case, or folded where the schema holds them so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(tag = "kind", rename_all = "snake_case")
)]
#[non_exhaustive]
#[expect(
    missing_docs,
    reason = "the fields are names and texts of the variant's thing"
)]
pub enum Object {
    /// A table.
    Table { name: String },
    /// A column of a table.
    Column { table: String, name: String },
    /// A UNIQUE constraint of a table.
    Unique { table: String, columns: Vec<String> },
    /// A CHECK constraint of a table: its expression in normal form.
    Check { table: String, expression: String },
    /// What a key or a NOT NULL constraint of a table says beyond its columns: collations, DESC, ON CONFLICT.
    Constraint { table: String, definition: String },
    /// A foreign key of a table.
    ForeignKey {
        table: String,
        columns: Vec<String>,
        parent: String,
    },
    /// An index that CREATE INDEX made.
    Index { name: String },
    /// A view.
    View { name: String },
    /// A trigger.
    Trigger { name: String },
}

/// In which respect something differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Property {
    /// Whether a table is an ordinary or a virtual one, and the module and arguments of a virtual one.
    Module,
    /// STRICT.
    Strict,
    /// WITHOUT ROWID.
    WithoutRowid,
    /// AUTOINCREMENT.
    AutoIncrement,
    /// The columns of a table's primary key.
    PrimaryKey,
    /// The order of a table's columns.
    ColumnOrder,
    /// A column's declared type.
    Type,
    /// NOT NULL.
    Nullability,
    /// DEFAULT.
    Default,
    /// GENERATED ALWAYS AS.
    Generated,
    /// COLLATE.
    Collation,
    /// The parent's columns that a foreign key refers to.
    References,
    /// ON UPDATE.
    OnUpdate,
    /// ON DELETE.
    OnDelete,
    /// DEFERRABLE INITIALLY DEFERRED.
    Deferred,
    /// The statement that defines an index, a view or a trigger, in normal form.
    Definition,
}
