//! Diagnostics as people read them: rustc's frames around lines of SQL.

mod excerpt;
mod frame;
mod printable;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::text::Sources;
use std::collections::BTreeSet;

/// As many diagnostics as somebody reads in one go.
const MAX_SHOWN: usize = 50;

/// What the output is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    Plain,
    /// Text with ANSI colours, for a terminal.
    Colored,
}

/// Renders each diagnostic for itself, without a newline at the end. The first one of each lint says how to allow it.
#[must_use]
pub fn frames<'a>(
    sources: &Sources,
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    style: Style,
) -> Vec<String> {
    let mut told: BTreeSet<Code> = BTreeSet::new();
    let diagnostics = diagnostics.into_iter();
    diagnostics
        .map(|one| frame::diagnostic(sources, one, style, told.insert(one.code)))
        .collect()
}

/// Renders diagnostics one after the other, with an empty line between them and a newline at the end.
///
/// At most 50 are shown, errors rather than warnings; a last line says how many are not.
#[must_use]
pub fn report<'a>(
    sources: &Sources,
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    style: Style,
) -> String {
    let all: Vec<&Diagnostic> = diagnostics.into_iter().collect();
    let errors = all.iter().filter(|one| is_error(one)).count();
    let mut places = Places {
        errors: errors.min(MAX_SHOWN),
        warnings: MAX_SHOWN.saturating_sub(errors),
    };
    let mut hidden = Hidden::default();
    let mut shown = Vec::new();
    for one in all {
        if places.take(one.severity) {
            shown.push(one);
        } else {
            hidden.add(one.severity);
        }
    }
    let mut text = frames(sources, shown, style).join("\n\n");
    if !text.is_empty() {
        text.push('\n');
    }
    if let Some(line) = hidden.line() {
        text.push_str(&format!("\n{line}\n"));
    }
    text
}

fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
}

/// How many diagnostics can still be shown.
struct Places {
    errors: usize,
    warnings: usize,
}

impl Places {
    fn take(&mut self, severity: Severity) -> bool {
        let left = match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        let free = *left > 0;
        *left = left.saturating_sub(1);
        free
    }
}

/// How many are not shown.
#[derive(Default)]
struct Hidden {
    errors: usize,
    warnings: usize,
}

impl Hidden {
    fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
    }

    fn line(&self) -> Option<String> {
        let counted = |count: usize, noun: &str| match count {
            0 => None,
            1 => Some(format!("1 more {noun}")),
            _ => Some(format!("{count} more {noun}s")),
        };
        let parts = [
            counted(self.errors, "error"),
            counted(self.warnings, "warning"),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!("… and {}", parts.join(" and ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::text::Span;

    #[test]
    fn what_is_not_shown_is_counted_and_errors_come_before_warnings() {
        let mut sources = Sources::default();
        let file = sources.add("1_a.sql", "SELECT x;");
        let one = |severity| Diagnostic {
            severity,
            ..Diagnostic::new(
                Code::UnknownColumn,
                "no column `x`",
                Span::new(file, 7..8),
                "",
            )
        };
        let mut all = vec![one(Severity::Warning); 60];
        all.extend(vec![one(Severity::Error); 49]);
        let text = report(&sources, &all, Style::Plain);
        assert_eq!(text.matches("error[T0203]").count(), 49);
        assert_eq!(text.matches("warning[T0203]").count(), 1);
        assert!(text.ends_with("\n\n… and 59 more warnings\n"), "{text}");
        all.extend(vec![one(Severity::Error); 3]);
        let text = report(&sources, &all, Style::Plain);
        assert!(
            text.ends_with("\n\n… and 2 more errors and 60 more warnings\n"),
            "{text}"
        );
        assert_eq!(report(&sources, &[], Style::Plain), "");
    }

    #[test]
    fn the_first_finding_of_a_lint_says_how_to_allow_it() {
        let mut sources = Sources::default();
        let file = sources.add("1_a.sql", "DROP TABLE t;");
        let empty = sources.add("2_b.sql", "");
        let one = |code, span| Diagnostic::new(code, "", span, "");
        let all = [
            one(Code::Destructive, Span::new(file, 0..4)),
            one(Code::Destructive, Span::new(file, 5..10)),
            one(Code::EmptyMigration, Span::new(empty, 0..0)),
            one(Code::UnknownTable, Span::new(file, 11..12)),
        ];
        let frames = frames(&sources, &all, Style::Plain);
        let notes = frames
            .iter()
            .map(|frame| Some(frame.split_once("-- tablature: ")?.1));
        assert_eq!(
            notes.collect::<Vec<_>>(),
            [
                Some("allow(destructive) <reason>` before the statement"),
                None,
                Some("allow(empty_migration) <reason>` in the file"),
                None,
            ]
        );
    }
}
