//! Mistakes in `tablature.toml`.

use crate::config::{EngineVersion, Level, Server, Setting};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::text::Span;

pub(crate) fn not_toml(message: &str, span: Span) -> Diagnostic {
    // The parser says what it expected on further lines.
    let mut lines = message.lines();
    let first = lines.next().unwrap_or_default();
    let mut diagnostic = invalid(format!("not TOML: {first}"), span, "");
    for line in lines {
        diagnostic = diagnostic.with_note(line);
    }
    diagnostic
}

pub(crate) fn unknown_key(key: &str, known: &[&str], span: Span) -> Diagnostic {
    let diagnostic = invalid(format!("unknown key `{key}`"), span, "no such key");
    with_choice(diagnostic, key, known)
}

pub(crate) fn wrong_type(wanted: &str, found: &str, span: Span) -> Diagnostic {
    let article = if found.starts_with(['a', 'i']) {
        "an"
    } else {
        "a"
    };
    let diagnostic = invalid(
        format!("wanted {wanted}, found {article} {found}"),
        span,
        format!("not {wanted}"),
    );
    match (wanted, found) {
        ("a string", "integer" | "float") => diagnostic.with_help("put it in quotes"),
        _ => diagnostic,
    }
}

/// `users.email = …`, which TOML takes for a table `users`.
pub(crate) fn unquoted_column(table: &str, span: Span) -> Diagnostic {
    invalid(
        format!("`{table}` is a table, not a type"),
        span,
        "its dot makes it a table",
    )
    .with_help(format!("put the key in quotes: `\"{table}.…\"`"))
}

pub(crate) fn empty_string(span: Span) -> Diagnostic {
    invalid("the string is empty", span, "")
}

/// Without the feature, a build of an application on SQLite is spared the other grammar.
#[cfg(not(feature = "postgres"))]
pub(crate) fn postgres_is_not_built(dialect: &Setting) -> Diagnostic {
    invalid(
        "`tablature` is built without PostgreSQL",
        dialect.value,
        "the migrations are not looked at",
    )
    .with_help("turn on the feature `postgres` of `tablature`, or of `tablature-build`")
}

pub(crate) fn unknown_dialect(dialect: &Setting) -> Diagnostic {
    invalid(
        format!("unknown dialect `{}`", dialect.text),
        dialect.value,
        "the migrations are not looked at",
    )
    .with_help("write `sqlite` or `postgres`")
}

pub(crate) fn not_a_version(text: &str, span: Span) -> Diagnostic {
    invalid(
        format!("`{text}` is no version of SQLite"),
        span,
        "not a version",
    )
    .with_help(
        "write the oldest version that the migrations must run on, such as `3.45` or `3.45.1`",
    )
}

pub(crate) fn not_a_server_version(text: &str, span: Span) -> Diagnostic {
    let (oldest, newest) = (Server::VERSIONS.start(), Server::VERSIONS.end());
    invalid(
        format!("`{text}` is no version of PostgreSQL whose rules are known"),
        span,
        "not such a version",
    )
    .with_help(format!(
        "write the oldest major version that the migrations must run on, from `{oldest}` to `{newest}`"
    ))
}

pub(crate) fn only_for(engine: &str, key: &str, span: Span) -> Diagnostic {
    invalid(
        format!("`{key}` means something to {engine} only"),
        span,
        "the dialect is another one",
    )
}

pub(crate) fn not_sqlite_3(version: EngineVersion, span: Span) -> Diagnostic {
    invalid(
        format!("SQLite {version} is not supported"),
        span,
        "not a version of SQLite 3",
    )
}

pub(crate) fn version_too_new(version: EngineVersion, span: Span) -> Diagnostic {
    let bundled = EngineVersion::BUNDLED;
    invalid(
        format!(
            "SQLite {version} is newer than {bundled}, the newest version whose rules are known"
        ),
        span,
        "too new",
    )
    .with_help(format!(
        "write the oldest version that the migrations must run on, at most `{bundled}`"
    ))
}

pub(crate) fn unknown_lint(name: &str, span: Span) -> Diagnostic {
    super::lints::unknown(Code::InvalidConfiguration, name, span)
}

pub(crate) fn unknown_level(name: &str, span: Span) -> Diagnostic {
    let names: Vec<&str> = Level::ALL.iter().map(|level| level.name()).collect();
    let diagnostic = invalid(format!("unknown level `{name}`"), span, "no such level");
    with_choice(diagnostic, name, &names)
}

pub(crate) fn repeated_type(name: &str, span: Span, first: Span) -> Diagnostic {
    invalid(
        format!("the type `{name}` is set twice"),
        span,
        "set again here",
    )
    .with_label(first, "set here")
}

fn invalid(message: impl Into<String>, span: Span, label: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::InvalidConfiguration, message, span, label)
}

/// Says the nearest of the names that are known, or all of them.
fn with_choice(diagnostic: Diagnostic, name: &str, known: &[&str]) -> Diagnostic {
    match nearest(name, known.iter().copied()) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic.with_help(format!("known are `{}`", known.join("`, `"))),
    }
}
