//! Directories and the names of files.

use crate::diagnostic::{Code, Diagnostic};
use crate::directory::{Problem, Reason};
use crate::text::{LineColumn, Span};

pub(crate) fn unreadable_directory(path: &str, problem: &Problem, span: Span) -> Diagnostic {
    let diagnostic =
        |message: String| Diagnostic::new(Code::UnreadableDirectory, message, span, "");
    match problem {
        Problem::Missing { nearest } => {
            let missing = diagnostic(format!("there is no directory `{path}`"));
            match nearest {
                Some(nearest) => missing.with_help(format!("a directory `{nearest}` exists there")),
                None => missing.with_help("create it, or give the path of another"),
            }
        }
        Problem::NotADirectory => diagnostic(format!("`{path}` is no directory")),
        Problem::DanglingLink
        | Problem::ADirectory
        | Problem::NotAFile
        | Problem::TooLarge
        | Problem::System(_) => diagnostic(format!(
            "cannot read the directory `{path}`: {}",
            reason(problem)
        )),
    }
}

pub(crate) fn unreadable_file(path: &str, problem: &Problem, span: Span) -> Diagnostic {
    let message = format!("cannot read `{path}`: {}", reason(problem));
    Diagnostic::new(Code::UnreadableFile, message, span, "")
}

fn reason(problem: &Problem) -> &str {
    match problem {
        Problem::Missing { .. } => "it is not there",
        Problem::DanglingLink => "it is a symbolic link to what is not there",
        Problem::NotADirectory => "it is no directory",
        Problem::ADirectory => "it is a directory",
        Problem::NotAFile => "it is neither a file nor a directory",
        Problem::TooLarge => {
            "it is longer than 1,000,000,000 bytes, the longest SQL text of the engine"
        }
        Problem::System(message) => message,
    }
}

pub(crate) fn no_migrations(path: &str, span: Span) -> Diagnostic {
    let message = format!("the directory `{path}` holds no migrations");
    Diagnostic::new(Code::NoMigrations, message, span, "")
        .with_help("add a file such as `0001_create_users.sql`")
}

pub(crate) fn near_miss(path: &str, reason: Reason, meant: Option<&str>, span: Span) -> Diagnostic {
    let why = match reason {
        Reason::NoNumber => "it does not begin with a number",
        Reason::NoUnderscore => "no underscore follows its number",
        Reason::OneUnderscore => "two underscores must follow its number",
        Reason::LowerCaseV => "the letter before its number must be a capital",
        Reason::PrefixAndDirection => "a name that begins with `V` cannot end in `.up` or `.down`",
        Reason::NotWhole => "its version is not a whole number",
        Reason::TooLarge => "its number is larger than 9223372036854775807",
        Reason::NoName => "no name follows its number",
        Reason::LetterCase => "it has capitals where small letters must stand",
        Reason::NotSql => "it does not end in `.sql`",
        Reason::Undo => "undo files that begin with `U` are not supported",
        Reason::Repeatable => "repeatable files that begin with `R` are not supported",
        Reason::Baseline => "baseline files that begin with `B` are not supported",
        Reason::Unprintable => "it holds bytes that cannot be printed",
        Reason::OtherDirectory => "it is a directory",
        Reason::OtherScript => {
            "a migration's directory holds `up.sql` or `migration.sql`, and `down.sql`"
        }
    };
    let shown: String = path.escape_debug().collect();
    let diagnostic = Diagnostic::new(
        Code::MalformedFileName,
        format!("`{shown}` is not named like a migration: {why}"),
        span,
        "",
    );
    match (meant, reason) {
        (Some(meant), _) => diagnostic.with_help(format!("rename it to `{meant}`")),
        (None, Reason::Undo) => diagnostic
            .with_help("name the pair `<number>_<name>.up.sql` and `<number>_<name>.down.sql`"),
        (None, Reason::OtherDirectory | Reason::OtherScript | Reason::NotSql) => {
            diagnostic.with_help("move it out of the directory")
        }
        (None, Reason::NoUnderscore) => {
            diagnostic.with_help("give it a number of its own, the next that is free")
        }
        (None, _) => diagnostic
            .with_help("rename it to `<number>_<name>.sql`, or move it out of the directory"),
    }
}

pub(crate) fn no_script(path: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MalformedFileName,
        format!("the directory `{path}` holds neither `up.sql` nor `migration.sql`"),
        span,
        "",
    )
    .with_help("add `up.sql`, or move the directory elsewhere")
}

pub(crate) fn missing_up(path: &str, span: Span) -> Diagnostic {
    let up = path.replace("down.sql", "up.sql");
    Diagnostic::new(
        Code::MissingUp,
        format!("`{path}` has no up file beside it"),
        span,
        "",
    )
    .with_help(format!("add `{up}`"))
}

/// `renumbering` is the one of the files that is released, the other one, and what that may be called.
pub(crate) fn duplicate_version(
    version: i64,
    first: (&str, Span),
    rest: &[(&str, Span)],
    renumbering: Option<(String, String, String)>,
) -> Diagnostic {
    let mut names = format!("`{}`", first.0);
    for (path, _) in rest {
        names.push_str(&format!(" and `{path}`"));
    }
    let span = rest.first().map_or(first.1, |(_, span)| *span);
    let mut diagnostic = Diagnostic::new(
        Code::DuplicateVersion,
        format!("{names} have the same version, {version}"),
        span,
        "",
    )
    .with_label(first.1, "the same version");
    for (_, span) in rest.iter().skip(1) {
        diagnostic = diagnostic.with_label(*span, "the same version");
    }
    match renumbering {
        Some((released, other, free)) => diagnostic.with_help(format!(
            "`{released}` is released; rename `{other}` to `{free}`"
        )),
        None => diagnostic.with_help("give each migration a number of its own"),
    }
}

pub(crate) fn mixed_conventions(
    paths: &[String],
    convention: &str,
    kept: &str,
    span: Span,
    other: Span,
) -> Diagnostic {
    /// As many names as a line takes.
    const SHOWN: usize = 5;
    let names: Vec<String> = paths
        .iter()
        .take(SHOWN)
        .map(|path| format!("`{path}`"))
        .collect();
    let mut names = names.join(", ");
    if let Some(rest) = paths.len().checked_sub(SHOWN).filter(|rest| *rest > 0) {
        names.push_str(&format!(" and {rest} more"));
    }
    Diagnostic::new(
        Code::MixedConventions,
        format!("the directory mixes names of the forms `{kept}` and `{convention}`"),
        span,
        "",
    )
    .with_label(other, "a name of the other form")
    .with_note(format!("of the form `{convention}`: {names}"))
    .with_help(format!("rename them to the form `{kept}`"))
}

pub(crate) fn misordered_dates(earlier: &str, later: &str, span: Span, other: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MalformedFileName,
        format!("`{earlier}` comes before `{later}` as text and after it as a number"),
        span,
        "",
    )
    .with_label(other, "the other one")
    .with_note("Diesel orders versions as text, all others order them as numbers")
    .with_help("rename them so that their dates have equally many digits")
}

pub(crate) fn diesel_metadata(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidConfiguration,
        "Diesel's `run_in_transaction` is not read",
        span,
        "has no effect",
    )
    .with_help("write `-- no-transaction` at the head of the `.sql` files and remove this line")
}

pub(crate) fn not_utf8(path: &str, offset: usize, place: LineColumn, span: Span) -> Diagnostic {
    let LineColumn { line, column } = place;
    Diagnostic::new(
        Code::NotUtf8,
        format!(
            "`{path}` is not UTF-8: invalid byte at offset {offset}, line {line}, column {column}"
        ),
        span,
        "not UTF-8",
    )
    .with_help("save the file as UTF-8")
}

pub(crate) fn utf16(path: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NotUtf8,
        format!("`{path}` is not UTF-8: its first bytes say that it is UTF-16"),
        span,
        "",
    )
    .with_help("save the file as UTF-8")
}

pub(crate) fn no_thread(error: &std::io::Error, stack: usize, span: Span) -> Diagnostic {
    let mebibytes = stack >> 20;
    Diagnostic::new(
        Code::LimitExceeded,
        format!("cannot start a thread with a stack of {mebibytes} MiB: {error}"),
        span,
        "",
    )
    .with_help("allow the process more memory or more threads")
}

/// A file that holds more mistakes than anybody reads.
pub(crate) fn too_many_mistakes(count: usize, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::LimitExceeded,
        format!("this file holds {count} mistakes already"),
        span,
        "what follows is not checked",
    )
}
