use super::Diagnostic;
use serde::Serialize;
use tablature_schema::Checked;

/// What `check` found.
#[derive(Debug, Serialize)]
pub(crate) struct Report<'a> {
    /// `accepted` or `rejected`.
    verdict: &'static str,
    /// In the order of files and places.
    diagnostics: Vec<Diagnostic<'a>>,
}

impl Report<'_> {
    pub(crate) fn new(checked: &Checked) -> Report<'_> {
        Report {
            verdict: if checked.accepted() {
                "accepted"
            } else {
                "rejected"
            },
            diagnostics: checked
                .diagnostics
                .iter()
                .map(|diagnostic| Diagnostic::new(diagnostic, &checked.sources))
                .collect(),
        }
    }
}
