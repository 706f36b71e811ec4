use serde::Serialize;
use tablature_schema::catalog;

/// A trigger.
#[derive(Debug, Serialize)]
pub(crate) struct Trigger<'a> {
    name: &'a str,
    /// The table or view, in the letter case in which the engine keeps it.
    table: &'a str,
}

impl<'a> Trigger<'a> {
    pub(crate) fn new(trigger: &'a catalog::Trigger) -> Trigger<'a> {
        Trigger {
            name: &trigger.name,
            table: &trigger.table_name,
        }
    }
}
