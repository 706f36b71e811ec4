//! What the documentation of generated items says: the SQL, and where it came from.

use crate::model::{Enumeration, Field, Origin, Source};
use tablature_schema::catalog::{Change, ChangeKind, Provenance};
use tablature_schema::sqlite::catalog::{Column, Table, TableKind};
use tablature_schema::text::{Sources, Span, Token};

/// The longest SQL that documentation shows, in characters.
const LONGEST: usize = 400;

/// The paragraphs about a row struct.
pub(crate) fn of_struct(source: &Source<'_>, sources: &Sources) -> Vec<String> {
    let (kind, provenance) = match source {
        Source::Table(table) => ("table", &table.provenance),
        Source::View(view) => ("view", &view.provenance),
    };
    let name = code(source.name());
    let mut paragraphs = vec![format!("A row of the {kind} {name}.")];
    if let Source::View(view) = source {
        paragraphs.push(code(&one_line(view.definition.tokens.iter())));
    }
    paragraphs.push(beginning_and_last(provenance, sources));
    paragraphs
}

/// The paragraphs about a field.
pub(crate) fn of_field(field: &Field<'_>, sources: &Sources) -> Vec<String> {
    match field.origin {
        Origin::Table(table, column) => of_column(table, column, sources),
        Origin::View(Some((table, column))) => {
            let shown = code(&format!("{}.{}", table.name, column.name));
            vec![format!("Shows {shown}."), shown_definition(table, column)]
        }
        Origin::View(None) => vec![format!("The view computes {}.", code(field.column))],
    }
}

/// The paragraph about an enum.
pub(crate) fn of_enum(
    found: &Enumeration,
    relation: &str,
    column: &str,
    sources: &Sources,
) -> String {
    format!(
        "The values of {}, as its CHECK constraint in {} lists them.",
        code(&format!("{relation}.{column}")),
        place(found.check, sources)
    )
}

/// The first of these paragraphs: the SQL.
pub(crate) fn first_of_field(field: &Field<'_>) -> String {
    match field.origin {
        Origin::Table(table, column) => shown_definition(table, column),
        Origin::View(_) => code(field.column),
    }
}

fn shown_definition(table: &Table, column: &Column) -> String {
    let sql = definition(table, column);
    if sql.is_empty() {
        format!("The column {}.", code(&column.name))
    } else {
        code(&sql)
    }
}

fn of_column(table: &Table, column: &Column, sources: &Sources) -> Vec<String> {
    let mut paragraphs = vec![shown_definition(table, column)];
    let added = table.provenance.changes.newest_first().any(|change| {
        let of_column = matches!(change.kind, ChangeKind::ColumnAdded(_));
        of_column && overlaps(change.span, column.provenance.first_created())
    });
    let verb = if added { "Added" } else { "Declared" };
    paragraphs.push(history(verb, &column.provenance, sources));
    paragraphs
}

/// A column's definition as the engine keeps it now; empty if the column has none of its own.
fn definition(table: &Table, column: &Column) -> String {
    match table.kind {
        TableKind::Ordinary => {}
        TableKind::Virtual { .. } | TableKind::Shadow { .. } | TableKind::Internal => {
            return String::new();
        }
    }
    let within = |token: &&Token| column.span.contains(token.span);
    let tokens = table.definition.tokens.iter().filter(within);
    // The comma that ADD COLUMN puts before a column has the place of its name.
    one_line(tokens.skip_while(|token| &*token.text == ","))
}

/// Some tokens as they are written, on one line.
fn one_line<'a>(tokens: impl Iterator<Item = &'a Token>) -> String {
    let mut sql = String::new();
    for token in tokens {
        // A comment between two tokens separates them as a space does.
        if !sql.is_empty() && !token.before.is_empty() {
            sql.push(' ');
        }
        sql.push_str(&token.text);
    }
    sql
}

/// Where something came from, and every change of it.
pub(crate) fn history(verb: &str, provenance: &Provenance, sources: &Sources) -> String {
    let mut text = format!("{verb} in {}", place(provenance.first_created(), sources));
    for change in provenance.changes.oldest_first() {
        let what = match &change.kind {
            ChangeKind::CreatedAgain => "declared again".to_owned(),
            kind @ (ChangeKind::RenamedFrom(_)
            | ChangeKind::ColumnAdded(_)
            | ChangeKind::ColumnDropped(_)
            | ChangeKind::ColumnRenamed { .. }
            | ChangeKind::ConstraintChanged
            | ChangeKind::Rewritten) => kind.words(code),
        };
        text.push_str(&format!("; {what} in {}", place(change.span, sources)));
    }
    text.push('.');
    text
}

/// Where a table or view was created and where it was last changed: its columns say the rest.
pub(crate) fn beginning_and_last(provenance: &Provenance, sources: &Sources) -> String {
    let created = place(provenance.first_created(), sources);
    let last = provenance.own_changes();
    let mut last = last.filter(|change| !is_end_of_rebuild(change, provenance));
    let again = provenance
        .successor_of
        .is_some()
        .then_some((provenance.created, ChangeKind::CreatedAgain));
    let last = last.next().map(|change| (change.span, change.kind.clone()));
    match last.or(again) {
        Some((span, kind)) => format!(
            "Created in {created}; last changed in {}: {}.",
            place(span, sources),
            kind.words(code)
        ),
        None => format!("Created in {created}."),
    }
}

/// Whether a change is that of a new table to the name of the one that it takes the place of.
fn is_end_of_rebuild(change: &Change, provenance: &Provenance) -> bool {
    let is_rename = matches!(change.kind, ChangeKind::RenamedFrom(_));
    is_rename && provenance.successor_of.is_some() && change.span.file == provenance.created.file
}

fn place(span: Span, sources: &Sources) -> String {
    code(&sources.place(span))
}

fn overlaps(one: Span, other: Span) -> bool {
    one.file == other.file && one.start <= other.end && other.start <= one.end
}

/// A text as a code span of Markdown: on one line, at most [`LONGEST`] characters, with a fence that it does not hold.
pub(crate) fn code(text: &str) -> String {
    let mut line = String::new();
    for (count, character) in text.chars().enumerate() {
        if count == LONGEST {
            line.push('…');
            break;
        }
        line.push(if character.is_control() {
            ' '
        } else {
            character
        });
    }
    let longest_run = line
        .split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or(0);
    let fence = "`".repeat(longest_run + 1);
    let space = if line.is_empty() || line.starts_with('`') || line.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{space}{line}{space}{fence}")
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn a_code_span_holds_any_text() {
        assert_eq!(code("id INTEGER"), "`id INTEGER`");
        assert_eq!(code("`x` TEXT"), "`` `x` TEXT ``");
        assert_eq!(code("a\n\tb"), "`a  b`");
        assert_eq!(code(""), "`  `");
        assert_eq!(code(&"x".repeat(500)).chars().count(), 403);
    }
}
