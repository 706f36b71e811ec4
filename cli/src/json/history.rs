use serde::Serialize;
use tablature_schema::catalog::Provenance;
use tablature_schema::text::{Sources, Span};

/// Where something was created and what has changed it since.
#[derive(Debug, Serialize)]
pub(crate) struct History<'a> {
    /// Where the first of its name was, if a migration dropped it and created it again.
    created: Place<'a>,
    /// Oldest first; empty if nothing has.
    changed: Vec<Change<'a>>,
}

/// A change.
#[derive(Debug, Serialize)]
struct Change<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    /// In words: ``renamed from `a` ``, ``column `b` added``, `created again`.
    what: String,
}

/// A place in a file.
#[derive(Debug, Serialize)]
struct Place<'a> {
    /// Relative to the current directory.
    file: &'a str,
    /// 1-based.
    line: u32,
    /// 1-based, in characters.
    column: u32,
}

impl<'a> History<'a> {
    pub(crate) fn new(provenance: &Provenance, sources: &'a Sources) -> History<'a> {
        let changed = provenance
            .changes
            .oldest_first()
            .into_iter()
            .map(|change| Change {
                place: Place::new(change.span, sources),
                what: change.kind.words(|name| format!("`{name}`")),
            });
        History {
            created: Place::new(provenance.first_created(), sources),
            changed: changed.collect(),
        }
    }
}

impl<'a> Place<'a> {
    fn new(span: Span, sources: &'a Sources) -> Place<'a> {
        let start = sources.start(span);
        Place {
            file: &sources.file(span.file).path,
            line: start.line,
            column: start.column,
        }
    }
}
