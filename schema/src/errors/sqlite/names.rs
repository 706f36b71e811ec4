//! Names that refer to nothing, or to more than one thing.

use super::departed::with_fate;
use crate::diagnostic::{Code, Diagnostic};
use crate::sqlite::catalog::Departed;
use crate::text::Span;

/// How a label begins that shows what may have been meant.
pub(crate) const SIMILAR: &str = "a similar";

/// A thing that exists, and where it is declared.
#[derive(Debug, Clone)]
pub(crate) struct Declared {
    pub(crate) name: String,
    pub(crate) span: Option<Span>,
}

/// What a column is looked for in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Owner<'a> {
    pub(crate) kind: OwnerKind,
    /// The name by which the statement knows it.
    pub(crate) known_as: &'a str,
    /// Its own name, if it has one.
    pub(crate) name: Option<&'a str>,
}

/// What kind of thing a column is looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OwnerKind {
    Table,
    View,
    CommonTable,
    Subquery,
    /// `new`, `old` or `excluded`.
    Row,
}

impl<'a> Owner<'a> {
    /// A table under its own name.
    pub(crate) fn table(name: &'a str) -> Owner<'a> {
        Owner {
            kind: OwnerKind::Table,
            known_as: name,
            name: Some(name),
        }
    }

    fn words(&self) -> String {
        let known_as = self.known_as;
        let noun = match self.kind {
            OwnerKind::Table => "table",
            OwnerKind::View => "view",
            OwnerKind::CommonTable => "common table",
            OwnerKind::Subquery => return format!("subquery `{known_as}`"),
            OwnerKind::Row => {
                return match self.name {
                    Some(name) => format!("`{known_as}`, a row of `{name}`"),
                    None => format!("row `{known_as}`"),
                };
            }
        };
        match self.name {
            Some(name) if !name.eq_ignore_ascii_case(known_as) => {
                format!("`{known_as}`, an alias of {noun} `{name}`")
            }
            Some(_) | None => format!("{noun} `{known_as}`"),
        }
    }
}

/// A column that is not there, and what may have been meant.
#[derive(Debug)]
pub(crate) struct Missing<'a> {
    pub(crate) column: &'a str,
    /// The only thing that it can be looked for in.
    pub(crate) owner: Option<Owner<'a>>,
    pub(crate) nearest: Option<Declared>,
    /// What became of it.
    pub(crate) fate: Vec<&'a Departed>,
}

pub(crate) fn unknown_table(
    span: Span,
    name: &str,
    nearest: Option<&Declared>,
    fate: &[&Departed],
) -> Diagnostic {
    let message = format!("no table or view `{name}`");
    let diagnostic = Diagnostic::new(Code::UnknownTable, message, span, "no such table");
    match fate {
        [] => with_nearest(diagnostic, nearest, "table"),
        fate => with_fate(diagnostic, fate),
    }
}

pub(crate) fn unknown_column(span: Span, missing: &Missing<'_>) -> Diagnostic {
    let column = missing.column;
    let message = match &missing.owner {
        Some(owner) => format!("no column `{column}` on {}", owner.words()),
        None => format!("no column `{column}`"),
    };
    let diagnostic = Diagnostic::new(Code::UnknownColumn, message, span, "no such column");
    match missing.fate.as_slice() {
        [] => with_nearest(diagnostic, missing.nearest.as_ref(), "column"),
        fate => with_fate(diagnostic, fate),
    }
}

/// `aliased` says that the suggestion is the alias that hides the table's own name.
pub(crate) fn unknown_qualifier(
    span: Span,
    name: &str,
    suggestion: Option<&str>,
    aliased: bool,
) -> Diagnostic {
    let message = format!("no table or alias `{name}` here");
    let diagnostic = Diagnostic::new(Code::UnknownTable, message, span, "not in this statement");
    match suggestion {
        Some(alias) if aliased => diagnostic.with_help(format!(
            "the table has the alias `{alias}` here; write `{alias}`"
        )),
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic,
    }
}

pub(crate) fn ambiguous_column(span: Span, name: &str, declared: Option<Span>) -> Diagnostic {
    let message = format!("column `{name}` is ambiguous");
    let diagnostic = Diagnostic::new(
        Code::AmbiguousColumn,
        message,
        span,
        "more than one table has it",
    )
    .with_help(format!(
        "write the table before it, as in `table_name.{name}`"
    ));
    match declared {
        Some(declared) => diagnostic.with_label(declared, "one of them is declared here"),
        None => diagnostic,
    }
}

pub(crate) fn double_quoted_string(
    span: Span,
    name: &str,
    nearest: Option<&Declared>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::DoubleQuotedString,
        format!("`\"{name}\"` is not a column, so SQLite takes it for a string"),
        span,
        "no such column",
    );
    match nearest {
        Some(nearest) => {
            let help = format!(
                "write `{}` for the column, or `'{}'` for a string",
                nearest.name,
                name.replace('\'', "''")
            );
            with_declaration(diagnostic.with_help(help), nearest, "column")
        }
        None => diagnostic.with_help(format!(
            "write `'{}'` for a string",
            name.replace('\'', "''")
        )),
    }
}

pub(crate) fn unknown_function(span: Span, name: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("no function `{name}`");
    let diagnostic = Diagnostic::new(Code::UnknownFunction, message, span, "no such function");
    let register = "if the application registers it, list it in `functions` of `tablature.toml`";
    match nearest {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`; {register}")),
        None => diagnostic.with_help(register),
    }
}

/// `takes` says what the forms of the function take, such as `1 or 2 arguments`.
pub(crate) fn wrong_argument_count(
    span: Span,
    name: &str,
    count: usize,
    takes: &str,
) -> Diagnostic {
    Diagnostic::new(
        Code::WrongArgumentCount,
        format!("`{name}` takes {takes}, not {count}"),
        span,
        format!("called with {}", counted(count, "argument")),
    )
}

pub(crate) fn function_needs_newer_engine(
    span: Span,
    name: &str,
    since: &str,
    oldest: &str,
) -> Diagnostic {
    Diagnostic::new(
        Code::NeedsNewerEngine,
        format!("function `{name}` needs SQLite {since}"),
        span,
        "not in the oldest supported engine",
    )
    .with_note(format!("`engine_version` of `tablature.toml` is {oldest}"))
}

pub(crate) fn unknown_collation(span: Span, name: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("no collation `{name}`");
    let diagnostic = Diagnostic::new(Code::UnknownCollation, message, span, "no such collation");
    match nearest {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic.with_help(
            "if the application registers it, list it in `functions` of `tablature.toml`",
        ),
    }
}

pub(crate) fn unknown_index(
    span: Span,
    name: &str,
    table: &str,
    nearest: Option<&str>,
    fate: &[&Departed],
) -> Diagnostic {
    let message = format!("no index `{name}` on table `{table}`");
    let diagnostic = Diagnostic::new(Code::UnknownIndex, message, span, "no such index");
    if !fate.is_empty() {
        return with_fate(diagnostic, fate);
    }
    match nearest {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic,
    }
}

pub(crate) fn unknown_database(span: Span, name: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("no database `{name}` is attached");
    let diagnostic = Diagnostic::new(Code::UnknownDatabase, message, span, "not attached");
    match nearest {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic,
    }
}

pub(crate) fn unknown_window(span: Span, name: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("no window `{name}`");
    let diagnostic = Diagnostic::new(Code::UnknownWindow, message, span, "no such window");
    match nearest {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic,
    }
}

/// A number with its noun.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

fn with_nearest(diagnostic: Diagnostic, nearest: Option<&Declared>, noun: &str) -> Diagnostic {
    match nearest {
        Some(nearest) => {
            let help = format!("write `{}`", nearest.name);
            with_declaration(diagnostic.with_help(help), nearest, noun)
        }
        None => diagnostic,
    }
}

fn with_declaration(diagnostic: Diagnostic, nearest: &Declared, noun: &str) -> Diagnostic {
    match nearest.span {
        Some(span) => diagnostic.with_label(span, format!("{SIMILAR} {noun} is declared here")),
        None => diagnostic,
    }
}
