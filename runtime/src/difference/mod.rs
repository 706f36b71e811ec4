//! How two schemas differ, object by object.

#[cfg(feature = "sqlite")]
mod addition;
mod compare;
mod display;
#[cfg(feature = "tokio-postgres")]
mod postgres;

#[cfg(feature = "sqlite")]
pub(crate) use addition::is_addition;
pub use compare::differences;
#[cfg(feature = "tokio-postgres")]
pub use postgres::postgres_differences;
#[cfg(feature = "tokio-postgres")]
pub(crate) use postgres::{is_postgres_addition, shown};

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
    /// A trigger; on PostgreSQL, where each table has names of its own, after that of the table and a dot.
    Trigger { name: String },
    /// A schema.
    Schema { name: String },
    /// An extension.
    Extension { name: String },
    /// A type: an enum, a domain, a composite or a range type.
    Type { name: String },
    /// A sequence.
    Sequence { name: String },
    /// A function, procedure, aggregate or window function, with the arguments that tell it from others.
    Routine { name: String },
    /// A constraint that has a name, of a table or a domain.
    NamedConstraint { owner: String, name: String },
    /// A row security policy of a table.
    Policy { table: String, name: String },
    /// A rule of a table or view.
    Rule { table: String, name: String },
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
    /// The statement that defines an index, a view or a trigger, in normal form; of a constraint with a name, what it says.
    Definition,
    /// What kind of a thing it is, where several share a list of names.
    Kind,
    /// The values of an enum.
    Labels,
    /// The type that a domain or a range is over.
    Base,
    /// GENERATED … AS IDENTITY.
    Identity,
    /// UNLOGGED.
    Unlogged,
    /// How a table is partitioned.
    PartitionKey,
    /// Which rows a partition has.
    PartitionBound,
    /// The tables that a table inherits from.
    Parents,
    /// ENABLE and FORCE ROW LEVEL SECURITY.
    RowSecurity,
    /// The columns of a view or a composite type, with their types.
    Columns,
    /// What WITH (…) says of a view.
    Options,
    /// Whether a build of an index has come to its end.
    Validity,
    /// START, INCREMENT, MINVALUE, MAXVALUE and CYCLE of a sequence, and its type.
    Numbers,
    /// The column that a sequence goes with.
    Owner,
    /// What a function returns.
    Result,
    /// The language of a function, and what it says of itself: volatility, STRICT, SECURITY DEFINER.
    Attributes,
    /// The body of a function.
    Body,
    /// Whether a trigger fires.
    Enabled,
    /// What a policy or a rule is for.
    Command,
    /// The roles that a policy is for.
    Roles,
    /// USING and WITH CHECK of a policy.
    Conditions,
}
