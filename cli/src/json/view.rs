use super::History;
use serde::Serialize;
use tablature_schema::sqlite::catalog;
use tablature_schema::text::Sources;

/// A view.
#[derive(Debug, Serialize)]
pub(crate) struct View<'a> {
    name: &'a str,
    /// Null while its query names what does not exist.
    columns: Option<Vec<&'a str>>,
    #[serde(flatten)]
    history: History<'a>,
}

impl<'a> View<'a> {
    pub(crate) fn new(view: &'a catalog::View, sources: &'a Sources) -> View<'a> {
        View {
            name: &view.name,
            columns: view
                .columns
                .as_ref()
                .map(|columns| columns.iter().map(|column| &*column.name).collect()),
            history: History::new(&view.provenance, sources),
        }
    }
}
