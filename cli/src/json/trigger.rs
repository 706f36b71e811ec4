use super::History;
use serde::Serialize;
use tablature_schema::sqlite::catalog;
use tablature_schema::text::Sources;

/// A trigger.
#[derive(Debug, Serialize)]
pub(crate) struct Trigger<'a> {
    name: &'a str,
    /// The table or view, in the letter case in which the engine keeps it.
    table: &'a str,
    #[serde(flatten)]
    history: History<'a>,
}

impl<'a> Trigger<'a> {
    pub(crate) fn new(trigger: &'a catalog::Trigger, sources: &'a Sources) -> Trigger<'a> {
        Trigger {
            name: &trigger.name,
            table: &trigger.table_name,
            history: History::new(&trigger.provenance, sources),
        }
    }
}
