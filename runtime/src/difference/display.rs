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
        })
    }
}
