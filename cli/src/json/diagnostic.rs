use serde::Serialize;
use tablature_schema::diagnostic::{self, Severity};
use tablature_schema::text::{Sources, Span};

/// A diagnostic. Each place is where an editor marks it: a mistake in the name of a file is at its first character.
#[derive(Debug, Serialize)]
pub(crate) struct Diagnostic<'a> {
    /// `T0203`.
    code: &'static str,
    /// `unknown_column`.
    name: &'static str,
    /// `error` or `warning`.
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    help: Option<&'a str>,
    /// Facts that explain it.
    notes: &'a [String],
    /// The other places that it is about: a declaration, the statement that dropped it.
    labels: Vec<Label<'a>>,
}

/// A place with a few words about it.
#[derive(Debug, Serialize)]
struct Label<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
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
    end_line: u32,
    /// One past the last character.
    end_column: u32,
}

impl<'a> Place<'a> {
    fn new(span: Span, sources: &'a Sources) -> Place<'a> {
        let start = sources.start(span);
        let end = sources.end(span);
        Place {
            file: &sources.file(span.file).path,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

impl<'a> Label<'a> {
    fn new(label: &'a diagnostic::Label, sources: &'a Sources) -> Label<'a> {
        Label {
            place: Place::new(label.span, sources),
            text: &label.text,
        }
    }
}

impl<'a> Diagnostic<'a> {
    pub(crate) fn new(
        diagnostic: &'a diagnostic::Diagnostic,
        sources: &'a Sources,
    ) -> Diagnostic<'a> {
        Diagnostic {
            code: diagnostic.code.number(),
            name: diagnostic.code.name(),
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: &diagnostic.message,
            place: Place::new(diagnostic.primary.span, sources),
            help: diagnostic.help.as_deref(),
            notes: &diagnostic.notes,
            labels: diagnostic
                .secondary
                .iter()
                .map(|label| Label::new(label, sources))
                .collect(),
        }
    }
}
