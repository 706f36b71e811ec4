//! Triggers and views.

use crate::diagnostic::{Code, Diagnostic};
use crate::errors::sqlite::names::counted;
use crate::text::Span;

pub(crate) fn qualified_target_in_trigger(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidTrigger,
        "a statement in a trigger cannot name the database of the table that it changes",
        span,
        "a database before the table",
    )
}

pub(crate) fn triggers_too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::LimitExceeded,
        "the statement fires too long a chain of triggers",
        span,
        "fires a trigger that fires a trigger, and so on",
    )
}

pub(crate) fn circular_view(span: Span, name: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidView,
        format!("view `{name}` is made from itself"),
        span,
        "directly or by way of other views",
    )
    .with_label(declared, "the view is declared here")
}

pub(crate) fn view_width(span: Span, name: &str, listed: usize, count: usize) -> Diagnostic {
    Diagnostic::new(
        Code::WrongColumnCount,
        format!(
            "view `{name}` lists {} for {count}",
            counted(listed, "name")
        ),
        span,
        format!("its query has {}", counted(count, "column")),
    )
}

/// A view that cannot be used, for the reason that its own query gives.
pub(crate) fn broken_view(span: Span, name: &str, reason: &Diagnostic) -> Diagnostic {
    let Some((_, first)) = reason.message.rsplit_once(CANNOT_BE_USED) else {
        let message = format!("view `{name}`{CANNOT_BE_USED}{}", reason.message);
        return because(span, message, "used here", reason);
    };
    // Of a view upon views only the lowest matters.
    Diagnostic {
        message: format!("view `{name}`{CANNOT_BE_USED}{first}"),
        primary: Diagnostic::new(reason.code, "", span, "used here").primary,
        ..reason.clone()
    }
}

const CANNOT_BE_USED: &str = " cannot be used: ";
const CANNOT_RUN: &str = " cannot run: ";

/// Whether a mistake is one of a view or trigger that exists, of which a statement makes use.
pub(crate) fn is_of_a_body(mistake: &Diagnostic) -> bool {
    [CANNOT_BE_USED, CANNOT_RUN]
        .iter()
        .any(|words| mistake.message.contains(words))
}

/// A trigger that stops what fires it, for the reason that its own body gives.
pub(crate) fn broken_trigger(span: Span, name: &str, reason: &Diagnostic) -> Diagnostic {
    because(
        span,
        format!("trigger `{name}`{CANNOT_RUN}{}", reason.message),
        "fires it",
        reason,
    )
}

/// A CHECK that cannot be computed.
pub(crate) fn broken_check(span: Span, table: &str, reason: &Diagnostic) -> Diagnostic {
    because(
        span,
        format!(
            "a CHECK of table `{table}` cannot be computed: {}",
            reason.message
        ),
        "writes a row",
        reason,
    )
}

/// A default that cannot be computed.
pub(crate) fn broken_default(span: Span, column: &str, reason: &Diagnostic) -> Diagnostic {
    because(
        span,
        format!(
            "the default of column `{column}` cannot be computed: {}",
            reason.message
        ),
        "no value is given for it",
        reason,
    )
}

fn because(span: Span, message: String, label: &str, reason: &Diagnostic) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(reason.code, message, span, label)
        .with_label(reason.primary.span, reason.primary.text.clone());
    diagnostic
        .secondary
        .extend(reason.secondary.iter().cloned());
    diagnostic.notes.extend(reason.notes.iter().cloned());
    diagnostic.help.clone_from(&reason.help);
    diagnostic
}
