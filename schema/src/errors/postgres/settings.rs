//! SET and what it sets.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::postgres::builtin::settings::InvalidSetting;
use crate::text::Span;

/// A parameter that the server does not have; `since` is the version that has it.
pub(crate) fn unknown<'a>(
    name: &str,
    span: Span,
    since: Option<u32>,
    names: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("no parameter `{name}` exists");
    let diagnostic = Diagnostic::new(Code::UnknownSetting, message, span, "no such parameter");
    if let Some(since) = since {
        return diagnostic
            .with_note(format!("PostgreSQL has it since version {since}"))
            .with_help(format!(
                "leave it out, or write `engine_version = \"{since}\"` in tablature.toml if no older server runs this"
            ));
    }
    match nearest(name, names) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => {
            diagnostic.with_note("a parameter of the application has a dot in its name: `app.name`")
        }
    }
}

/// A parameter that no SET changes.
pub(crate) fn cannot_change(name: &str, span: Span, why: &str) -> Diagnostic {
    let message = format!("parameter `{name}` cannot be changed here");
    Diagnostic::new(Code::InvalidSetting, message, span, why)
}

/// A second value of a parameter that has one.
pub(crate) fn one_value(name: &str, span: Span) -> Diagnostic {
    let message = format!("parameter `{name}` takes one value only");
    Diagnostic::new(Code::InvalidSetting, message, span, "one too many")
}

/// A name with a dot whose parts are no names.
pub(crate) fn not_a_name(name: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` cannot be the name of a parameter");
    Diagnostic::new(
        Code::InvalidSetting,
        message,
        span,
        "not names with dots between them",
    )
}

/// A value that is not one of the parameter's.
pub(crate) fn invalid(name: &str, value: &str, mistake: &InvalidSetting, span: Span) -> Diagnostic {
    let message = format!("parameter `{name}` cannot be '{value}'");
    let (label, help) = match mistake {
        InvalidSetting::NotBool => ("neither `on` nor `off`".to_owned(), None),
        InvalidSetting::NotAWord(words) => {
            let help = nearest(value, words.split(',')).map(|it| format!("write `{it}`"));
            let shown: Vec<&str> = words.split(',').take(8).collect();
            (format!("not one of {}", shown.join(", ")), help)
        }
        InvalidSetting::NotANumber("") => ("not a number".to_owned(), None),
        InvalidSetting::NotANumber(units) => (
            "not a number".to_owned(),
            Some(format!("its units are {units}")),
        ),
        InvalidSetting::OutOfRange {
            least,
            greatest,
            unit,
        } => {
            let unit = if unit.is_empty() {
                String::new()
            } else {
                format!(" {unit}")
            };
            (format!("not between {least} and {greatest}{unit}"), None)
        }
    };
    let diagnostic = Diagnostic::new(Code::InvalidSetting, message, span, label);
    match help {
        Some(help) => diagnostic.with_help(help),
        None => diagnostic,
    }
}

/// A text that names nothing that the parameter can be.
pub(crate) fn invalid_text(name: &str, value: &str, span: Span) -> Diagnostic {
    let message = format!("parameter `{name}` cannot be '{value}'");
    Diagnostic::new(
        Code::InvalidSetting,
        message,
        span,
        "the server knows no such thing",
    )
}

/// DEFERRED of a constraint that is not.
pub(crate) fn not_deferrable(name: &str, span: Span, declared: Option<Span>) -> Diagnostic {
    let message = format!("constraint `{name}` is not deferrable");
    let diagnostic = Diagnostic::new(Code::InvalidConstraint, message, span, "not deferrable");
    match declared {
        Some(declared) => diagnostic.with_label(declared, "created here"),
        None => diagnostic,
    }
}
