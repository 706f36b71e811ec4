//! ALTER TABLE, and what it would break.

use super::departed::with_fate;
use super::names::SIMILAR;
use crate::catalog::Key;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::sqlite::catalog::{Catalog, ObjectPath, Table};
use crate::text::{Ident, Span};
use std::sync::Arc;

/// ALTER TABLE of something that is no ordinary table.
pub(crate) fn not_a_table(what: &str, name: &Ident, created: Span) -> Diagnostic {
    let message = format!("`{}` is {what}, which ALTER TABLE cannot change", name.name);
    Diagnostic::new(Code::InvalidAlter, message, name.span, "")
        .with_label(created, "created here")
        .with_help("drop it and create it again")
}

/// ALTER TABLE of a table that the engine made.
pub(crate) fn unalterable(name: &Ident) -> Diagnostic {
    let message = format!("table `{}` cannot be altered", name.name);
    Diagnostic::new(Code::InvalidAlter, message, name.span, "the engine's own")
}

/// A column named as the rowid is.
pub(crate) fn rowid_name(name: &Ident) -> Diagnostic {
    let message = format!("`{}` is a name of the rowid", name.name);
    let label = "ALTER TABLE cannot add, rename or drop it";
    Diagnostic::new(Code::InvalidAlter, message, name.span, label)
}

/// ADD COLUMN with a key.
pub(crate) fn added_key(key: &str, span: Span) -> Diagnostic {
    let message = format!("a {key} column cannot be added to a table that is there");
    let diagnostic = Diagnostic::new(Code::InvalidAlter, message, span, "");
    if key == "UNIQUE" {
        diagnostic.with_help("add the column, then CREATE UNIQUE INDEX on it")
    } else {
        diagnostic
            .with_help("rebuild the table: create the new one, copy the rows, drop the old, rename")
    }
}

/// A column that the table does not have.
pub(crate) fn unknown_column(
    catalog: &Catalog,
    path: &ObjectPath,
    table: &Table,
    name: &Ident,
) -> Diagnostic {
    let message = format!("no column `{}` on table `{}`", name.name, table.name);
    let diagnostic = Diagnostic::new(Code::UnknownColumn, message, name.span, "no such column");
    let fate = catalog.fate_of_column(path, &Key::new(&name.name));
    if !fate.is_empty() {
        return with_fate(diagnostic, &fate);
    }
    let names = table.columns.iter().map(|column| column.name.as_ref());
    let Some(nearest) = nearest(&name.name, names) else {
        return diagnostic;
    };
    let position = table.column_index(nearest);
    let diagnostic = diagnostic.with_help(format!("write `{nearest}`"));
    match position.and_then(|position| table.columns.get(position)) {
        Some(column) => {
            diagnostic.with_label(column.span, format!("{SIMILAR} column is declared here"))
        }
        None => diagnostic,
    }
}

/// DROP COLUMN of a key.
pub(crate) fn drop_of_key(key: &str, name: &Ident, constraint: Span) -> Diagnostic {
    let message = format!("column `{}` is {key} and cannot be dropped", name.name);
    Diagnostic::new(Code::StillUsed, message, name.span, "")
        .with_label(constraint, "the key is defined here")
        .with_help("rebuild the table: create the new one, copy the rows, drop the old, rename")
}

/// DROP COLUMN of the last one.
pub(crate) fn last_column(name: &Ident, table: &Table) -> Diagnostic {
    let message = format!(
        "column `{}` is the last of table `{}` that is not generated",
        name.name, table.name
    );
    Diagnostic::new(Code::InvalidAlter, message, name.span, "cannot be dropped")
}

/// DROP COLUMN of a column that something else names.
pub(crate) fn still_used(name: &Ident, uses: &[(String, Span)]) -> Diagnostic {
    let users: Vec<&str> = uses.iter().map(|(user, _)| user.as_str()).collect();
    let users = match users.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        users => users.concat(),
    };
    let message = format!("column `{}` is still used by {users}", name.name);
    let diagnostic = Diagnostic::new(Code::StillUsed, message, name.span, "cannot be dropped");
    uses.iter().fold(diagnostic, |diagnostic, (_, span)| {
        diagnostic.with_label(*span, "used here")
    })
}

/// Something that is broken.
#[derive(Debug)]
pub(crate) struct Broken {
    /// `view`, `trigger`, `index` or `table`.
    pub(crate) kind: &'static str,
    pub(crate) name: Arc<str>,
    /// Why.
    pub(crate) mistake: Diagnostic,
}

/// RENAME or DROP COLUMN with views or triggers in the schema that are broken already.
pub(crate) fn broken_schema(span: Span, broken: &[Broken]) -> Diagnostic {
    let label = "the engine looks at the whole schema first";
    let message = match broken {
        [one] => format!(
            "{WHILE_BROKEN}{} `{}` is broken: {}",
            one.kind, one.name, one.mistake.message
        ),
        all => format!("{WHILE_BROKEN}{} are broken", listed(all)),
    };
    with_mistakes(message, span, label, broken)
}

const WHILE_BROKEN: &str = "this cannot be done while ";

/// Whether a mistake is that of [`broken_schema`].
pub(crate) fn is_of_the_schema(mistake: &Diagnostic) -> bool {
    mistake.message.starts_with(WHILE_BROKEN)
}

/// RENAME or DROP COLUMN that breaks views or triggers.
pub(crate) fn would_break(span: Span, broken: &[Broken]) -> Diagnostic {
    let label = "the engine does not do this";
    let message = match broken {
        [one] => format!(
            "this would break {} `{}`: {}",
            one.kind, one.name, one.mistake.message
        ),
        all => format!("this would break {}", listed(all)),
    };
    with_mistakes(message, span, label, broken)
}

fn listed(broken: &[Broken]) -> String {
    let names = broken.iter();
    let names: Vec<String> = names
        .map(|broken| format!("{} `{}`", broken.kind, broken.name))
        .collect();
    match names.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        names => names.concat(),
    }
}

fn with_mistakes(message: String, span: Span, label: &str, broken: &[Broken]) -> Diagnostic {
    if let [one] = broken {
        return with_mistake(message, span, label, &one.mistake).with_help(format!(
            "drop {} `{}` before, and create it again after",
            one.kind, one.name
        ));
    }
    let diagnostic = Diagnostic::new(Code::InvalidAlter, message, span, label);
    let diagnostic = broken.iter().fold(diagnostic, |diagnostic, broken| {
        let text = format!(
            "{} `{}`: {}",
            broken.kind, broken.name, broken.mistake.message
        );
        diagnostic.with_label(broken.mistake.primary.span, text)
    });
    diagnostic.with_help("drop them before, and create them again after")
}

/// RENAME COLUMN of the rowid's column, where a UNIQUE constraint names it before the PRIMARY KEY does.
pub(crate) fn named_before_key(from: &Ident, unique: Span) -> Diagnostic {
    let column = &from.name;
    let message = format!("the engine cannot rename `{column}` in this UNIQUE constraint");
    let label = "the engine leaves the old name in the constraint, and fails";
    Diagnostic::new(Code::InvalidAlter, message, from.span, label)
        .with_label(unique, "stands before the PRIMARY KEY")
        .with_help(format!(
            "create the table again with the PRIMARY KEY first, or with `{column} INTEGER PRIMARY KEY`"
        ))
}

fn with_mistake(message: String, span: Span, label: &str, mistake: &Diagnostic) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::InvalidAlter, message, span, label)
        .with_label(mistake.primary.span, mistake.primary.text.clone());
    mistake
        .secondary
        .iter()
        .fold(diagnostic, |diagnostic, label| {
            diagnostic.with_label(label.span, label.text.clone())
        })
}

/// ADD CONSTRAINT of a name that is taken.
pub(crate) fn constraint_exists(name: &Ident, table: &Table) -> Diagnostic {
    let message = format!(
        "table `{}` already has a constraint `{}`",
        table.name, name.name
    );
    Diagnostic::new(
        Code::AlreadyExists,
        message,
        name.span,
        "this name is taken",
    )
}

/// DROP CONSTRAINT of a name that the table does not have.
pub(crate) fn unknown_constraint(name: &Ident, table: &Table) -> Diagnostic {
    let message = format!("no constraint `{}` on table `{}`", name.name, table.name);
    let label = "no such constraint";
    let diagnostic = Diagnostic::new(Code::UnknownConstraint, message, name.span, label);
    let checks = table
        .checks
        .iter()
        .filter_map(|check| check.name.as_deref());
    let keys = table
        .foreign_keys
        .iter()
        .filter_map(|key| key.name.as_deref());
    match nearest(&name.name, checks.chain(keys)) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic,
    }
}

/// DROP CONSTRAINT of one that stays.
pub(crate) fn undroppable_constraint(name: &Ident, place: Option<Span>) -> Diagnostic {
    let message = format!("constraint `{}` cannot be dropped", name.name);
    let label = "only CHECK, NOT NULL and foreign keys can go";
    let diagnostic = Diagnostic::new(Code::InvalidAlter, message, name.span, label);
    match place {
        Some(place) => diagnostic.with_label(place, "none of these"),
        None => diagnostic,
    }
}
