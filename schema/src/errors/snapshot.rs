//! `tablature.snapshot`: one that is not as it was written, and one of other migrations.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

const WAY_OUT: &str = "run `cargo tablature snapshot` to write it anew, or remove it: a new database is then made by all the migrations";

/// `start` is that of the file.
pub(crate) fn no_head(start: Span) -> Diagnostic {
    let message = "`tablature.snapshot` does not say what it is a snapshot of";
    let label = "wanted a line `-- version …, migrations …, statements …`";
    Diagnostic::new(Code::InvalidSnapshot, message, start, label).with_help(WAY_OUT)
}

/// `head` is the line of hashes.
pub(crate) fn edited(head: Span) -> Diagnostic {
    let message = "the statements of `tablature.snapshot` were changed";
    let label = "these are not the statements that were proven";
    Diagnostic::new(Code::InvalidSnapshot, message, head, label).with_help(WAY_OUT)
}

/// `head` is the line of hashes.
pub(crate) fn of_other_migrations(version: i64, head: Span) -> Diagnostic {
    let message =
        format!("`tablature.snapshot` is of other migrations than those up to {version} are now");
    let label = "one of these was changed, added or removed since";
    Diagnostic::new(Code::StaleSnapshot, message, head, label).with_help(WAY_OUT)
}

/// `head` is the line of hashes.
pub(crate) fn of_no_migration(version: i64, head: Span) -> Diagnostic {
    let message =
        format!("`tablature.snapshot` is of version {version}, and there is no such migration");
    let label = "no migration has this number";
    Diagnostic::new(Code::StaleSnapshot, message, head, label).with_help(WAY_OUT)
}
