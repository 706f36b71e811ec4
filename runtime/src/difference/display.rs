//! Differences as text, a line each.

use super::{Difference, Object, Property};
use crate::schema::Place;
use std::fmt;

impl fmt::Display for Difference {
    /// One line: ``column `users.email` is missing (migrations/0001_users.sql:3)``.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match self {
            Difference::Missing { object, place } => {
                write!(f, "{object} is missing")?;
                place
            }
            Difference::Unexpected { object } => {
                return write!(f, "{object} is unexpected: no migration defines it");
            }
            Difference::Changed {
                object,
                property,
                expected,
                found,
                place,
            } => {
                write!(
                    f,
                    "{property} of {object} is `{found}`, and the migrations define `{expected}`"
                )?;
                place
            }
        };
        match place {
            Some(Place { file, line }) => write!(f, " ({file}:{line})"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Object::Table { name } => write!(f, "table `{name}`"),
            Object::Column { table, name } => write!(f, "column `{table}.{name}`"),
            Object::Unique { table, columns } => write!(
                f,
                "constraint `UNIQUE ({})` of table `{table}`",
                columns.join(", ")
            ),
            Object::Check { table, expression } => {
                write!(f, "constraint `CHECK ({expression})` of table `{table}`")
            }
            Object::Constraint { table, definition } => {
                write!(f, "constraint `{definition}` of table `{table}`")
            }
            Object::ForeignKey {
                table,
                columns,
                parent,
            } => {
                write!(
                    f,
                    "foreign key `({}) REFERENCES {parent}` of table `{table}`",
                    columns.join(", ")
                )
            }
            Object::Index { name } => write!(f, "index `{name}`"),
            Object::View { name } => write!(f, "view `{name}`"),
            Object::Trigger { name } => write!(f, "trigger `{name}`"),
            Object::Schema { name } => write!(f, "schema `{name}`"),
            Object::Extension { name } => write!(f, "extension `{name}`"),
            Object::Type { name } => write!(f, "type `{name}`"),
            Object::Sequence { name } => write!(f, "sequence `{name}`"),
            Object::Routine { name } => write!(f, "function `{name}`"),
            Object::NamedConstraint { owner, name } => {
                write!(f, "constraint `{name}` of `{owner}`")
            }
            Object::Policy { table, name } => write!(f, "policy `{name}` of table `{table}`"),
            Object::Rule { table, name } => write!(f, "rule `{name}` of `{table}`"),
        }
    }
}

impl fmt::Display for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Property::Module => "the kind",
            Property::Strict => "STRICT",
            Property::WithoutRowid => "WITHOUT ROWID",
            Property::AutoIncrement => "AUTOINCREMENT",
            Property::PrimaryKey => "the primary key",
            Property::ColumnOrder => "the order of columns",
            Property::Type => "the type",
            Property::Nullability => "the nullability",
            Property::Default => "the default",
            Property::Generated => "the generated expression",
            Property::Collation => "the collation",
            Property::References => "the referenced key",
            Property::OnUpdate => "ON UPDATE",
            Property::OnDelete => "ON DELETE",
            Property::Deferred => "the time of checking",
            Property::Definition => "the definition",
            Property::Kind => "the kind",
            Property::Labels => "the list of values",
            Property::Base => "the underlying type",
            Property::Identity => "the identity",
            Property::Unlogged => "UNLOGGED",
            Property::PartitionKey => "the partition key",
            Property::PartitionBound => "the partition bound",
            Property::Parents => "the list of parents",
            Property::RowSecurity => "row level security",
            Property::Columns => "the list of columns",
            Property::Options => "WITH (…)",
            Property::Validity => "the state",
            Property::Numbers => "the range of numbers",
            Property::Owner => "OWNED BY",
            Property::Result => "the result",
            Property::Attributes => "the language or an attribute",
            Property::Body => "the body",
            Property::Enabled => "the firing",
            Property::Command => "the command",
            Property::Roles => "the list of roles",
            Property::Conditions => "the condition",
        })
    }
}
