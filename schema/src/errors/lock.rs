//! `tablature.lock`: what cannot be read of it, and released migrations that are not what they were.

use crate::diagnostic::{Code, Diagnostic};
use crate::lock::{Edit, Line};
use crate::text::Span;

pub(crate) fn no_version(text: &str, span: Span) -> Diagnostic {
    let message = format!("`{text}` is no version of a migration");
    unreadable(message, span, "wanted a number")
}

pub(crate) fn no_name(span: Span) -> Diagnostic {
    let message = "the line ends before the migration's name";
    unreadable(message, span, "wanted a name")
}

pub(crate) fn no_hash(text: &str, digits: usize, span: Span) -> Diagnostic {
    let message = format!("`{text}` is no hash of a statement");
    unreadable(message, span, format!("wanted {digits} hexadecimal digits"))
}

fn unreadable(message: impl Into<String>, span: Span, label: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::InvalidLock, message, span, label)
        .with_note("each line is a version, a name and the hashes of the migration's statements")
        .with_help(
            "restore the line from version control; nothing but `cargo tablature lock` writes this file",
        )
}

/// The first marker of each conflict that a merge left.
pub(crate) fn conflict(first: Span, rest: &[Span]) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(
        Code::InvalidLock,
        "a merge left two versions of `tablature.lock`",
        first,
        "both branches have changed these lines",
    );
    for marker in rest {
        diagnostic = diagnostic.with_label(*marker, "and these");
    }
    diagnostic.with_help(
        "run `cargo tablature lock`: it takes the lines of both branches and compares them with the files",
    )
}

/// Two lines of a version, without the markers of a conflict.
pub(crate) fn listed_twice(version: i64, first: Span, second: Span) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidLock,
        format!("version {version} is listed twice"),
        second,
        "listed otherwise here",
    )
    .with_label(first, "listed here")
    .with_help("run `cargo tablature lock`: it compares both lines with the files")
}

/// `place` is the first statement that is another one, or the end if statements are missing there.
pub(crate) fn changed(line: &Line, edit: Edit, is_at_end: bool, place: Span) -> Diagnostic {
    let migration = format!("the released migration {}", named(line));
    let (message, label) = match edit {
        Edit::Changed { at } => (
            format!("statement {} of {migration} was changed", at + 1),
            "this is not the statement that was released".to_owned(),
        ),
        Edit::Inserted { count: 1, .. } => (
            format!("a statement was added to {migration}"),
            "this was not released".to_owned(),
        ),
        Edit::Inserted { count, .. } => (
            format!("{count} statements were added to {migration}"),
            match count {
                2 => "this and the statement after it were not released".to_owned(),
                _ => format!(
                    "this and the {} statements after it were not released",
                    count - 1
                ),
            },
        ),
        Edit::Removed { count, .. } => {
            let (missing, verb) = match count {
                1 => ("a statement".to_owned(), "was"),
                _ => (format!("{count} statements"), "were"),
            };
            let side = if is_at_end { "here" } else { "before this one" };
            (
                format!("{missing} {verb} removed from {migration}"),
                format!("{missing} stood {side}"),
            )
        }
        Edit::Moved { at, released } => (
            format!("the statements of {migration} were put into another order"),
            format!(
                "statement {} was released as statement {}",
                at + 1,
                released + 1
            ),
        ),
        Edit::StepAdded => (
            format!("a step was added to {migration}"),
            "this was not released".to_owned(),
        ),
        Edit::StepRemoved => (
            format!("the step of {migration} was removed"),
            "`-- tablature: step …` stood at the head of this file".to_owned(),
        ),
    };
    Diagnostic::new(Code::ChangedMigration, message, place, label)
        .with_label(line.span, "released here")
        .with_note("a database that has applied it refuses a program in which it differs")
        .with_help(format!(
            "restore it from version control and put the change into a new migration, \
             `cargo tablature new <name>`; {}",
            never_released("it was", "its line")
        ))
}

/// A migration that has the number of a released one.
pub(crate) struct Newcomer {
    pub(crate) place: Span,
    /// Its files, and what they may be called instead.
    pub(crate) names: Vec<String>,
    pub(crate) free: Vec<String>,
}

/// `to` is the first one's number now, and its place; `rest` are the lines after the first that have other numbers too,
/// and these; `old` is what the first one's files were called.
pub(crate) fn renumbered(
    line: &Line,
    to: (i64, Span),
    rest: &[(&Line, i64)],
    old: &[String],
    newcomer: Option<&Newcomer>,
) -> Diagnostic {
    let (version, place) = to;
    let message = format!(
        "the released migration {} was renumbered to {version}",
        named(line)
    );
    let label = format!("released as {}", line.version);
    let mut diagnostic = Diagnostic::new(Code::RenumberedMigration, message, place, label)
        .with_label(line.span, "released here");
    for (line, version) in rest {
        diagnostic = diagnostic.with_note(format!("{} was renumbered to {version}", named(line)));
    }
    let (mut back, way) = match rest {
        [] => (
            format!("rename {} back to {}", pronoun(old), listed(old)),
            never_released("it was", "its line"),
        ),
        _ => (
            "give them their numbers back".to_owned(),
            never_released("they were", "their lines"),
        ),
    };
    if let Some(newcomer) = newcomer {
        back.push_str(&making_room(newcomer));
    }
    diagnostic.with_help(format!("{back}; {way}"))
}

/// `rest` are the lines after the first whose migrations are missing too.
pub(crate) fn missing(line: &Line, rest: &[&Line], newcomer: Option<&Newcomer>) -> Diagnostic {
    let (message, mut restore, way) = match rest.last() {
        None => (
            format!("the released migration {} is missing", named(line)),
            "restore its file from version control".to_owned(),
            never_released("it was", "this line"),
        ),
        Some(last) => (
            format!(
                "{} released migrations are missing, from {} to {}",
                rest.len() + 1,
                named(line),
                named(last)
            ),
            "restore their files from version control".to_owned(),
            never_released("they were", "their lines"),
        ),
    };
    let mut diagnostic =
        Diagnostic::new(Code::MissingMigration, message, line.span, "released here");
    match newcomer {
        Some(newcomer) => {
            diagnostic = diagnostic.with_label(newcomer.place, "this is another migration");
            restore.push_str(&making_room(newcomer));
        }
        None => restore.push_str(", and undo in a new migration what is not wanted any more"),
    }
    diagnostic.with_help(format!("{restore}; {way}"))
}

fn making_room(newcomer: &Newcomer) -> String {
    format!(
        ", and rename {} to {}",
        listed(&newcomer.names),
        listed(&newcomer.free)
    )
}

/// `free` is what its files may be called instead, `last` the last migration that is released.
pub(crate) fn out_of_order(
    version: i64,
    name: &str,
    place: Span,
    last: &Line,
    free: Option<&[String]>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::OutOfOrderMigration,
        format!(
            "migration {version} `{name}` is new and comes before {}, which is released",
            named(last)
        ),
        place,
        "not released",
    )
    .with_label(last.span, "the last one that is released")
    .with_note(format!(
        "a database that is at {} already refuses to apply it",
        last.version
    ));
    let way = match free {
        Some(free) => format!(
            "rename {} to {}, with the next free number",
            pronoun(free),
            listed(free)
        ),
        None => "give it a number after those of all others".to_owned(),
    };
    diagnostic.with_help(format!(
        "{way}; if it is released, restore its line in `tablature.lock`"
    ))
}

fn listed(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(" and ")
}

fn pronoun(names: &[String]) -> &'static str {
    match names {
        [_] => "it",
        _ => "its files",
    }
}

fn named(line: &Line) -> String {
    format!("{} `{}`", line.version, line.name)
}

fn never_released(subject: &str, line: &str) -> String {
    format!("if {subject} never released, remove {line} from `tablature.lock`")
}
