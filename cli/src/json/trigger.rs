use serde::Serialize;
use tablature_schema::catalog::{self, Database};

/// A trigger.
#[derive(Debug, Serialize)]
pub(crate) struct Trigger<'a> {
    name: &'a str,
    /// The table or view, in its creator's letter case.
    table: &'a str,
}

impl<'a> Trigger<'a> {
    pub(crate) fn new(trigger: &'a catalog::Trigger, database: &'a Database) -> Trigger<'a> {
        Trigger {
            name: &trigger.name,
            table: database
                .relations
                .get(&trigger.table)
                .map_or(trigger.table.as_str(), catalog::Relation::name),
        }
    }
}
