//! Lints: their names in directives and in the configuration, and their findings.

use super::departed::words;
use crate::catalog::Key;
use crate::diagnostic::{Code, Diagnostic, Label, nearest};
use crate::errors::lints::finding;
use crate::sqlite::catalog::{
    Catalog, Column, Departed, DepartedKind, Departure, ForeignKey, Index, PrimaryKey, Table, View,
};
use crate::sqlite::replay::transaction::Around;
use crate::text::Span;

/// A view or trigger whose body has a mistake: the mistake, under the lint's name.
pub(crate) fn broken_body(code: Code, what: &str, name: &str, mistake: &Diagnostic) -> Diagnostic {
    let message = format!("{what} `{name}` is broken: {}", mistake.message);
    Diagnostic {
        secondary: mistake.secondary.clone(),
        notes: mistake.notes.clone(),
        help: mistake.help.clone(),
        ..finding(
            code,
            message,
            mistake.primary.span,
            mistake.primary.text.clone(),
        )
    }
    .with_note(format!("the engine says so only when the {what} is used"))
}

/// A view or trigger of an earlier migration that a statement breaks.
pub(crate) fn body_broken_by(
    code: Code,
    what: &str,
    name: &str,
    mistake: &Diagnostic,
    cause: Label,
) -> Diagnostic {
    let message = format!("{what} `{name}` is broken: {}", mistake.message);
    let diagnostic = finding(code, message, cause.span, cause.text.clone())
        .with_label(mistake.primary.span, mistake.primary.text.clone());
    let labels = mistake.secondary.iter().filter(|label| **label != cause);
    Diagnostic {
        notes: mistake.notes.clone(),
        ..labels.fold(diagnostic, |diagnostic, label| {
            diagnostic.with_label(label.span, label.text.clone())
        })
    }
    .with_note(format!("the engine says so only when the {what} is used"))
    .with_help(format!(
        "drop {what} `{name}` before it, or create it again after it"
    ))
}

/// PRAGMA foreign_keys inside a transaction.
pub(crate) fn pragma_in_transaction(span: Span, around: Around) -> Diagnostic {
    let message = "`PRAGMA foreign_keys` does nothing inside a transaction";
    let diagnostic = finding(Code::PragmaInTransaction, message, span, "no effect here");
    match around {
        Around::File(begun) => diagnostic.with_label(begun, "the transaction begins here"),
        Around::Runner { .. } => diagnostic
            .with_note("every migration runs in a transaction, with foreign keys off already"),
    }
    .with_help("leave it out")
}

/// A parameter in a statement of a migration.
pub(crate) fn bound_parameter(name: &str, span: Span) -> Diagnostic {
    let message = format!("nothing is bound to the parameter `{name}` when a migration runs");
    finding(Code::BoundParameter, message, span, "NULL when it runs")
        .with_note("the engine takes a parameter without a value for NULL, and says nothing")
        .with_help("write the value itself")
}

/// A comment that is not closed.
pub(crate) fn unclosed_comment(span: Span) -> Diagnostic {
    let message = "this comment takes the rest of the file";
    finding(Code::UnclosedComment, message, span, "nothing closes it")
        .with_note("the engine takes an unclosed comment to the end of its text, and says nothing")
        .with_help("write `*/` where the comment ends")
}

/// A word of another engine in a column's type.
pub(crate) fn inert_type_word(word: &str, declared: &str, instead: &str, span: Span) -> Diagnostic {
    let message = format!("`{word}` does nothing: it is taken for a part of the type");
    finding(Code::InertTypeWord, message, span, "no word of SQLite's")
        .with_note(format!("the type is `{declared}`"))
        .with_help(instead)
}

/// A temporary object on which a later statement of a `-- no-transaction` file may build.
pub(crate) fn temporary_over_statements(name: &str, span: Span) -> Diagnostic {
    let message =
        format!("`{name}` is lost if this file fails later on and goes on in the next run");
    finding(Code::ConnectionState, message, span, "this is temporary")
        .with_note("each statement of a `-- no-transaction` file takes effect for itself, and is not run again")
        .with_help("use it and drop it between BEGIN and COMMIT, or make an ordinary table and drop it at the end")
}

/// A database in memory on which a later statement of a `-- no-transaction` file may build.
pub(crate) fn memory_over_statements(name: &str, span: Span) -> Diagnostic {
    let message =
        format!("`{name}` is lost if this file fails later on and goes on in the next run");
    finding(Code::ConnectionState, message, span, "this is in memory")
        .with_note("each statement of a `-- no-transaction` file takes effect for itself, and is not run again")
        .with_help("attach a file, or use an ordinary table and drop it at the end")
}

/// A database that is attached within the transaction of a run.
pub(crate) fn attached_in_transaction(name: &str, span: Span) -> Diagnostic {
    let message =
        format!("`{name}` cannot be detached once it is used: migrations run in one transaction");
    finding(Code::ConnectionState, message, span, "attached here")
        .with_note("the next file must not see it, so that the run is refused")
        .with_help("write `-- no-transaction` at the head of the file and DETACH at its end")
}

/// A primary key that may hold NULL.
pub(crate) fn nullable_primary_key(table: &Table, column: &Column, key: &PrimaryKey) -> Diagnostic {
    let message = format!(
        "primary key column `{}` of table `{}` may hold NULL",
        column.name, table.name
    );
    let label = "NOT NULL is missing here";
    let diagnostic = finding(Code::NullablePrimaryKey, message, column.span, label);
    let is_own = key.span.file == column.span.file
        && key.span.start >= column.span.start
        && key.span.end <= column.span.end;
    if is_own {
        diagnostic
    } else {
        diagnostic.with_label(key.span, "the primary key")
    }
}

/// Rows chosen by a column that the migration added.
pub(crate) fn filter_on_new_column(span: Span, table: &Table, column: &Column) -> Diagnostic {
    let message = format!(
        "this filters on column `{}`, which the same migration adds to `{}`",
        column.name, table.name
    );
    let label = "every row has the default here";
    finding(Code::FilterOnNewColumn, message, span, label)
        .with_label(column.provenance.created, "added here")
}

/// DROP TABLE that loses rows.
pub(crate) fn dropped_table(table: &Table, span: Span) -> Diagnostic {
    let message = format!("the rows of table `{}` are lost", table.name);
    finding(Code::Destructive, message, span, "dropped without a copy")
        .with_label(table.provenance.created, "created here")
}

/// DROP TABLE after a copy that a clause keeps rows out of.
pub(crate) fn partly_copied_table(table: &Table, span: Span, clause: Span) -> Diagnostic {
    let message = format!("rows of table `{}` are lost", table.name);
    let label = "dropped after a copy of some of them";
    finding(Code::Destructive, message, span, label).with_label(clause, "this leaves rows out")
}

/// DROP TABLE after a copy that is dropped too, or that the connection takes with it.
pub(crate) fn lost_copy_of_table(table: &Table, span: Span, copy: Span) -> Diagnostic {
    let message = format!("the rows of table `{}` are lost", table.name);
    finding(Code::Destructive, message, span, "dropped here")
        .with_label(copy, "the copy is gone when the migration is done")
}

/// DROP TABLE after a copy from which DELETE has taken everything.
pub(crate) fn emptied_copy_of_table(table: &Table, span: Span, deleted: Span) -> Diagnostic {
    let message = format!("the rows of table `{}` are lost", table.name);
    finding(Code::Destructive, message, span, "dropped here")
        .with_label(deleted, "the copy is deleted here")
}

/// DROP TABLE after a copy without some of its columns.
pub(crate) fn left_column(
    names: &[&str],
    table: &Table,
    first: &Column,
    span: Span,
    copy: Span,
) -> Diagnostic {
    let columns = quoted_list(names);
    let message = match names {
        [_] => format!(
            "column {columns} of table `{}` is not carried over",
            table.name
        ),
        _ => format!(
            "columns {columns} of table `{}` are not carried over",
            table.name
        ),
    };
    finding(Code::Destructive, message, span, "dropped with the table")
        .with_label(copy, "the rows are copied here")
        .with_label(first.provenance.created, "defined here")
        .with_help(match names {
            [_] => "name it in the copy",
            _ => "name them in the copy",
        })
}

/// DROP COLUMN that loses values.
pub(crate) fn dropped_column(column: &Column, span: Span) -> Diagnostic {
    let message = format!("the values of column `{}` are lost", column.name);
    finding(Code::Destructive, message, span, "dropped without a copy")
        .with_label(column.provenance.created, "defined here")
}

/// ADD COLUMN … NOT NULL without a default.
pub(crate) fn added_not_null(column: &Column, span: Span) -> Diagnostic {
    let message = format!(
        "column `{}` is NOT NULL and has no default: this fails where the table has rows",
        column.name
    );
    finding(
        Code::FailsOnRows,
        message,
        span,
        "what would the rows have here?",
    )
    .with_help(
        "give it a DEFAULT that is a constant, or add it without NOT NULL and UPDATE the rows",
    )
}

/// ADD COLUMN with a default that is not a constant.
pub(crate) fn added_computed_default(column: &Column, span: Span) -> Diagnostic {
    let message = format!(
        "the default of column `{}` is computed: this fails where the table has rows",
        column.name
    );
    // Without the default a NOT NULL column fails as well.
    let help = if column.not_null {
        "add the column without NOT NULL and DEFAULT and UPDATE the rows, or build the table again with it"
    } else {
        "add the column without a DEFAULT and UPDATE the rows"
    };
    finding(Code::FailsOnRows, message, span, "not a constant").with_help(help)
}

/// ADD COLUMN with a reference and a default.
pub(crate) fn added_reference(column: &Column, span: Span) -> Diagnostic {
    let message = format!(
        "column `{}` references a table and has a default: this fails where the table has rows",
        column.name
    );
    finding(Code::FailsOnRows, message, span, "not NULL")
        .with_help("add the column without a DEFAULT and UPDATE the rows")
}

/// ADD COLUMN of a stored generated column.
pub(crate) fn added_stored(column: &Column, span: Span) -> Diagnostic {
    let message = format!(
        "generated column `{}` is STORED: this fails where the table has rows",
        column.name
    );
    finding(Code::FailsOnRows, message, span, "").with_help("make it VIRTUAL")
}

/// CREATE UNIQUE INDEX over rows.
pub(crate) fn unique_index(table: &Table, index: &Index) -> Diagnostic {
    let message = format!(
        "this unique index fails where rows of table `{}` repeat each other",
        table.name
    );
    finding(
        Code::FailsOnRows,
        message,
        index.span,
        "the rows are already there",
    )
    .with_help("remove what repeats first")
}

/// ALTER COLUMN … SET NOT NULL.
pub(crate) fn set_not_null(column: &Column, span: Span) -> Diagnostic {
    let message = format!(
        "this fails where a row has NULL in column `{}`",
        column.name
    );
    finding(Code::FailsOnRows, message, span, "it may hold NULL so far")
        .with_help("UPDATE such rows first")
}

/// INSERT … SELECT of columns that may hold NULL into NOT NULL ones, with the place where each is read; none if there are
/// none.
pub(crate) fn copied_nulls(copied: &[(&Column, &Column, Span)]) -> Option<Diagnostic> {
    let mut names: Vec<&str> = copied.iter().map(|(from, ..)| &*from.name).collect();
    names.dedup();
    let columns = match names.as_slice() {
        [_] => "column",
        _ => "columns",
    };
    let message = format!(
        "this copy fails where a row has NULL in {columns} {}",
        quoted_list(&names)
    );
    let mut places = copied
        .iter()
        .map(|(_, into, span)| (*span, into.provenance.created));
    let (span, into) = places.next()?;
    let diagnostic = places
        .fold(
            finding(Code::FailsOnRows, message, span, "it may hold NULL")
                .with_label(into, "and this may not"),
            |diagnostic, (span, into)| {
                diagnostic
                    .with_label(span, "it may hold NULL")
                    .with_label(into, "and this may not")
            },
        )
        .with_help("UPDATE such rows first, or copy `coalesce(…)`");
    Some(diagnostic)
}

/// ADD CHECK.
pub(crate) fn added_check(table: &Table, span: Span) -> Diagnostic {
    let message = format!("this fails where a row of table `{}` breaks it", table.name);
    finding(
        Code::FailsOnRows,
        message,
        span,
        "the rows are already there",
    )
    .with_help("correct such rows first")
}

/// Shows a broken foreign key of an earlier file where the parent was changed: the user cannot correct what was applied
/// already, only the statement that does not go with it.
fn broken_at(key: Diagnostic, change: Span, text: &str) -> Diagnostic {
    if change.file <= key.primary.span.file {
        return key.with_label(change, text);
    }
    let primary = Label {
        span: change,
        text: text.to_owned(),
    };
    let place = key.primary.clone();
    Diagnostic { primary, ..key }.with_label(place.span, place.text)
}

/// A foreign key whose parent is not there.
pub(crate) fn missing_parent(catalog: &Catalog, table: &Table, key: &ForeignKey) -> Diagnostic {
    let message = format!(
        "the foreign key of table `{}` references `{}`, which does not exist",
        table.name, key.table
    );
    let diagnostic = finding(
        Code::BrokenForeignKey,
        message,
        key.table_span,
        "no such table",
    );
    let parent = Key::new(&key.table);
    let fate = catalog.fate(&[DepartedKind::Table], None, &parent);
    if let Some(departed) = fate.last() {
        let table = &table.name;
        let help = match &departed.departure {
            Departure::Dropped
            | Departure::DroppedWith(_)
            | Departure::LeftOut
            | Departure::RolledBack => format!(
                "keep `{}`, or build table `{table}` anew without the foreign key",
                key.table
            ),
            Departure::FileEnded => format!("make an ordinary table `{}`", key.table),
            Departure::RenamedTo(now) if departed.span.file > key.table_span.file => {
                format!("build table `{table}` anew with a foreign key to `{now}`")
            }
            Departure::RenamedTo(now) => format!("write `{now}`"),
        };
        return broken_at(diagnostic, departed.span, &words(departed)).with_help(help);
    }
    let tables = catalog.main().tables().into_iter();
    let tables = tables.filter(|table| table.is_declared());
    let names: Vec<&str> = tables.map(|table| table.name.as_ref()).collect();
    match nearest(&key.table, names) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic,
    }
}

/// A foreign key that references a view.
pub(crate) fn view_as_parent(table: &Table, key: &ForeignKey, view: &View) -> Diagnostic {
    let message = format!(
        "the foreign key of table `{}` references view `{}`",
        table.name, view.name
    );
    let label = "a view has no unique key";
    let diagnostic = finding(Code::BrokenForeignKey, message, key.table_span, label);
    broken_at(diagnostic, view.provenance.created, "created here")
}

/// A foreign key that references a column which is not there.
pub(crate) fn missing_parent_column(
    table: &Table,
    key: &ForeignKey,
    parent: &Table,
    name: &str,
) -> Diagnostic {
    let message = format!(
        "the foreign key of table `{}` references column `{name}` of `{}`, which does not exist",
        table.name, parent.name
    );
    let label = "no such column in the parent";
    let diagnostic = finding(Code::BrokenForeignKey, message, key.span, label);
    let diagnostic = broken_at(
        diagnostic,
        parent.provenance.created,
        "the parent is created here",
    );
    let names = parent.columns.iter().map(|column| column.name.as_ref());
    match nearest(name, names) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic,
    }
}

/// A foreign key to the primary key of a table without one.
pub(crate) fn parent_without_key(table: &Table, key: &ForeignKey, parent: &Table) -> Diagnostic {
    let message = format!(
        "the foreign key of table `{}` references `{}`, which has no primary key",
        table.name, parent.name
    );
    let label = "to its primary key";
    let diagnostic = finding(Code::BrokenForeignKey, message, key.span, label);
    broken_at(
        diagnostic,
        parent.provenance.created,
        "the parent is created here",
    )
}

/// A foreign key to a primary key of another width.
pub(crate) fn parent_key_width(
    table: &Table,
    key: &ForeignKey,
    parent: &Table,
    primary: &PrimaryKey,
) -> Diagnostic {
    let message = format!(
        "the foreign key of table `{}` does not fit the primary key of `{}`: {} and {} columns",
        table.name,
        parent.name,
        key.columns.len(),
        primary.columns.len()
    );
    let label = "to its primary key";
    let diagnostic = finding(Code::BrokenForeignKey, message, key.span, label);
    broken_at(diagnostic, primary.span, "the primary key")
}

/// A foreign key to columns that nothing makes unique.
/// `dropped` is the index that did.
pub(crate) fn parent_not_unique(
    table: &Table,
    key: &ForeignKey,
    parent: &Table,
    dropped: Option<&Departed>,
) -> Diagnostic {
    let columns: Vec<&str> = key.references.iter().map(AsRef::as_ref).collect();
    let message = format!(
        "the foreign key of table `{}` references {} of `{}`, which nothing makes unique",
        table.name,
        quoted_list(&columns),
        parent.name
    );
    let label = "every write to either table fails";
    let diagnostic = finding(Code::BrokenForeignKey, message, key.span, label);
    let diagnostic = match dropped {
        Some(dropped) => broken_at(diagnostic, dropped.span, &words(dropped)),
        None => broken_at(
            diagnostic,
            parent.provenance.created,
            "the parent is created here",
        ),
    };
    let columns = quoted_list(&columns);
    let add = format!("add a UNIQUE constraint or a unique index on {columns}");
    diagnostic.with_help(match dropped.and_then(|dropped| dropped.index.as_ref()) {
        Some(index) => format!("keep `{}`, or {add}", index.name),
        None => add,
    })
}

pub(super) fn quoted_list(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
