//! The last line of what people read: the verdict, what it was given on, and how long that took.

use crate::migrations::count;
use clap_cargo::style::{ERROR, GOOD};
use std::time::Duration;
use tablature_schema::Checked;
use tablature_schema::diagnostic::Severity;

/// Returns `accepted: 19 migrations with 73 statements, 1 warning, in 4 ms`, in colours, without a line end.
pub(crate) fn summary(checked: &Checked, elapsed: Duration) -> String {
    let verdict = if checked.accepted() {
        format!("{GOOD}accepted{GOOD:#}")
    } else {
        format!("{ERROR}rejected{ERROR:#}")
    };
    let statements = checked
        .migrations
        .iter()
        .map(|migration| migration.up.statements.len())
        .sum();
    let mut parts = vec![format!(
        "{} with {}",
        counted(checked.migrations.len(), "migration"),
        counted(statements, "statement"),
    )];
    for (severity, noun) in [(Severity::Error, "error"), (Severity::Warning, "warning")] {
        let found = count(&checked.diagnostics, severity);
        if found > 0 {
            parts.push(counted(found, noun));
        }
    }
    format!(
        "{verdict}: {}, in {} ms",
        parts.join(", "),
        elapsed.as_millis()
    )
}

/// `1 error`, `2 errors`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_is_singular_and_none_is_plural() {
        assert_eq!(counted(0, "error"), "0 errors");
        assert_eq!(counted(1, "error"), "1 error");
        assert_eq!(counted(2, "error"), "2 errors");
    }
}
