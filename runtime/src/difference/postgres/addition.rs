//! What a newer program may have added to a schema.

use super::super::{Difference, Object};
use super::shown;
use tablature_model::postgres::Schema;

/// Whether a difference is no more than an additive migration makes: something that `found` has besides what is expected,
/// and that keeps no row from being written by a program that does not know it.
pub(crate) fn is_postgres_addition(difference: &Difference, found: &Schema) -> bool {
    let object = match difference {
        Difference::Unexpected { object } => object,
        // What a newer program has added values to.
        Difference::Missing { .. } | Difference::Changed { .. } => return false,
    };
    match object {
        Object::Column { table, name } => {
            let mut tables = found.tables.iter();
            let table = tables.find(|it| shown(&it.name) == *table);
            let mut columns = table.into_iter().flat_map(|table| table.columns.iter());
            columns.any(|column| {
                *column.name == **name
                    && (!column.not_null
                        || column.default.is_some()
                        || column.generated.is_some()
                        || !column.identity.is_empty())
            })
        }
        Object::Index { name } => {
            let mut indexes = found.indexes.iter();
            indexes.any(|index| {
                shown(&index.name) == *name && !index.definition.starts_with("CREATE UNIQUE")
            })
        }
        Object::Table { .. }
        | Object::View { .. }
        | Object::Schema { .. }
        | Object::Extension { .. }
        | Object::Type { .. }
        | Object::Sequence { .. }
        | Object::Routine { .. } => true,
        Object::Unique { .. }
        | Object::Check { .. }
        | Object::Constraint { .. }
        | Object::ForeignKey { .. }
        | Object::NamedConstraint { .. }
        | Object::Trigger { .. }
        | Object::Policy { .. }
        | Object::Rule { .. } => false,
    }
}
