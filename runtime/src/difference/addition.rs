//! What a newer program may have added to a schema.

use super::{Difference, Object};
use crate::schema::{Schema, Table};

/// Whether a difference is no more than an additive migration makes: something that `found` has besides `expected`, and that
/// keeps no row from being written by a program that does not know it.
pub(crate) fn is_addition(difference: &Difference, expected: &Schema, found: &Schema) -> bool {
    let object = match difference {
        Difference::Unexpected { object } => object,
        Difference::Missing { .. } | Difference::Changed { .. } => return false,
    };
    match object {
        Object::Table { .. } | Object::View { .. } => true,
        Object::Column { table, name } => {
            let mut columns = columns(found, table);
            let column = columns.find(|column| column.name.eq_ignore_ascii_case(name));
            column.is_some_and(|column| {
                column.generated.is_none() && (!column.not_null || column.default.is_some())
            })
        }
        // That of a new column, which older programs leave NULL.
        Object::ForeignKey { table, columns, .. } => {
            let mut known = self::columns(expected, table);
            !known.any(|known| {
                let mut columns = columns.iter();
                columns.any(|column| column.eq_ignore_ascii_case(&known.name))
            })
        }
        Object::Index { name } => {
            let mut indexes = found.indexes.iter();
            let index = indexes.find(|index| index.name.eq_ignore_ascii_case(name));
            index.is_some_and(|index| !index.definition.starts_with("create unique"))
        }
        Object::Unique { .. }
        | Object::Check { .. }
        | Object::Constraint { .. }
        | Object::Trigger { .. }
        // SQLite has none of these.
        | Object::Schema { .. }
        | Object::Extension { .. }
        | Object::Type { .. }
        | Object::Sequence { .. }
        | Object::Routine { .. }
        | Object::NamedConstraint { .. }
        | Object::Policy { .. }
        | Object::Rule { .. } => false,
    }
}

/// The columns of a table.
fn columns<'a>(schema: &'a Schema, table: &str) -> impl Iterator<Item = &'a crate::schema::Column> {
    let is_named = |found: &&Table| found.name.eq_ignore_ascii_case(table);
    let table = schema.tables.iter().find(is_named);
    table.into_iter().flat_map(|table| table.columns.iter())
}
