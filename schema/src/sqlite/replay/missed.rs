//! Names that were used before the statement that introduces them.

use super::tokens;
use crate::catalog::Key;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::sqlite::names::SIMILAR;
use crate::sqlite::catalog::{Catalog, Table};
use crate::sqlite::split::RawStatement;
use crate::text::Span;
use std::collections::BTreeSet;

/// The unknown names of a statement.
#[derive(Debug, Clone)]
pub(super) struct Missed {
    /// Each with the position of the diagnostic that says so.
    unknown: Vec<(usize, Key)>,
    /// Every name in the statement: the tables of unknown columns are among them.
    names: BTreeSet<Key>,
}

/// The unknown names among the diagnostics of a statement, the first of which is at the position `first`.
///
/// A name that is there already, and only cannot be reached from where it stands, is not missed.
pub(super) fn collect(
    news: &[Diagnostic],
    first: usize,
    raw: &RawStatement,
    now: &Catalog,
) -> Option<Missed> {
    let is_unknown = |diagnostic: &Diagnostic| {
        matches!(
            diagnostic.code,
            Code::UnknownColumn | Code::UnknownTable | Code::UnknownIndex | Code::UnknownTrigger
        )
    };
    if !news.iter().any(is_unknown) {
        return None;
    }
    let names = tokens::names(&raw.tokens);
    let tables = tables(&names, now);
    let mut unknown = Vec::new();
    for (position, diagnostic) in news.iter().enumerate() {
        if is_unknown(diagnostic)
            && let Some(token) = tokens::within(&raw.tokens, diagnostic.primary.span).last()
            && let Some(name) = tokens::name_of(token)
            && introduced(diagnostic.code, &name, &tables, now).is_none()
        {
            unknown.push((first + position, name));
        }
    }
    Some(Missed { unknown, names })
}

/// Adds the place where the name is introduced after all.
pub(super) fn explain(missed: &[Missed], head: &Catalog, diagnostics: &mut [Diagnostic]) {
    for missed in missed {
        let tables = tables(&missed.names, head);
        for (position, name) in &missed.unknown {
            let Some(diagnostic) = diagnostics.get_mut(*position) else {
                continue;
            };
            let Some((span, text)) = introduced(diagnostic.code, name, &tables, head) else {
                continue;
            };
            // One that has its name is meant before one whose name is similar.
            diagnostic
                .secondary
                .retain(|label| !label.text.starts_with(SIMILAR));
            // A name that went before has its place already.
            if diagnostic.secondary.is_empty() {
                let explained = diagnostic.clone().with_label(span, text);
                *diagnostic = explained.with_help("move this statement after that one");
            }
        }
    }
}

fn tables<'a>(names: &BTreeSet<Key>, catalog: &'a Catalog) -> Vec<&'a Table> {
    let relations = &catalog.main().relations;
    let names = names.iter();
    names
        .filter_map(|name| relations.get(name)?.table())
        .collect()
}

fn introduced(
    code: Code,
    name: &Key,
    tables: &[&Table],
    catalog: &Catalog,
) -> Option<(Span, &'static str)> {
    let main = catalog.main();
    let span = match code {
        Code::UnknownColumn => {
            let column = tables.iter().find_map(|table| {
                let column = table.column_index(name.as_str())?;
                table.columns.get(column)
            });
            let span = column?.provenance.first_created();
            return Some((span, "the column is added only here, later"));
        }
        Code::UnknownIndex => main.indexes.get(name)?.provenance.first_created(),
        Code::UnknownTrigger => main.triggers.get(name)?.provenance.first_created(),
        _ => main.relations.get(name)?.provenance().first_created(),
    };
    Some((span, "it is created only here, later"))
}
