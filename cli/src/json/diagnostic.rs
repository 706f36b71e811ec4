use serde::Serialize;
use tablature_schema::diagnostic::{self, Severity};
use tablature_schema::text::Sources;

/// A diagnostic with its primary place.
#[derive(Debug, Serialize)]
pub(crate) struct Diagnostic<'a> {
    /// `T0203`.
    code: &'static str,
    /// `unknown_column`.
    name: &'static str,
    /// `error` or `warning`.
    severity: &'static str,
    message: &'a str,
    /// Relative to the current directory.
    file: &'a str,
    /// 1-based.
    line: u32,
    /// 1-based, in characters.
    column: u32,
    end_line: u32,
    /// One past the last character.
    end_column: u32,
    help: Option<&'a str>,
}

impl<'a> Diagnostic<'a> {
    pub(crate) fn new(
        diagnostic: &'a diagnostic::Diagnostic,
        sources: &'a Sources,
    ) -> Diagnostic<'a> {
        let span = diagnostic.primary.span;
        let start = sources.start(span);
        let end = sources.end(span);
        Diagnostic {
            code: diagnostic.code.number(),
            name: diagnostic.code.name(),
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: &diagnostic.message,
            file: &sources.file(span.file).path,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            help: diagnostic.help.as_deref(),
        }
    }
}
