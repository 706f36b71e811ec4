//! Names of fields.

use super::{Identifier, Taken};

/// The names of the fields and constants of a struct.
pub(crate) struct Scope {
    fields: Taken,
    constants: Taken,
}

impl Scope {
    pub(crate) fn new() -> Scope {
        let mut constants = Taken::default();
        // The constants of the `Row` and `Insert` traits; one of the struct's own would hide them.
        for name in ["table", "columns", "insert"] {
            if let Some(name) = Identifier::shouty(name) {
                constants.take(&name);
            }
        }
        Scope {
            fields: Taken::default(),
            constants,
        }
    }

    /// The name of the field of a column, and that of the constant that holds the column's name. `position` counts the fields
    /// before it.
    pub(crate) fn names(&mut self, column: &str, position: usize) -> (Identifier, Identifier) {
        let fallback = Identifier::numbered("column_", position + 1);
        let name = self
            .fields
            .unique([Identifier::snake(column)], fallback, "_");
        let fallback = Identifier::numbered("COLUMN_", position + 1);
        let shouty = Identifier::shouty(column);
        let underscored = shouty.as_ref().map(|name| name.with_suffix("_"));
        let constant = self.constants.unique([shouty, underscored], fallback, "");
        (name, constant)
    }
}
