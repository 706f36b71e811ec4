use super::Diagnostic;
use serde::Serialize;
use tablature_schema::Checked;

/// What `snapshot` did.
#[derive(Debug, Serialize)]
pub(crate) struct SnapshotReport<'a> {
    /// `accepted`, or `rejected`: the migrations are, something stands against a snapshot, or `--check` found something to
    /// write.
    pub(crate) verdict: &'static str,
    /// The snapshot.
    pub(crate) file: &'a str,
    /// Whether it was written.
    pub(crate) written: bool,
    /// The last migration that it stands for; null where there is none to stand for.
    pub(crate) version: Option<i64>,
    /// How many tables it makes, and how many rows it puts into them.
    pub(crate) tables: usize,
    pub(crate) rows: usize,
    /// What stands against it.
    pub(crate) refusals: Vec<String>,
    /// In the order of files and places.
    pub(crate) diagnostics: Vec<Diagnostic<'a>>,
}

impl<'a> SnapshotReport<'a> {
    /// Before anything was made.
    pub(crate) fn new(checked: &'a Checked, file: &'a str) -> SnapshotReport<'a> {
        SnapshotReport {
            verdict: "rejected",
            file,
            written: false,
            version: None,
            tables: 0,
            rows: 0,
            refusals: Vec::new(),
            diagnostics: checked
                .diagnostics
                .iter()
                .map(|diagnostic| Diagnostic::new(diagnostic, &checked.sources))
                .collect(),
        }
    }
}
