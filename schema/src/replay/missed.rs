//! Names that were used before the statement that introduces them.

use super::tokens;
use crate::catalog::{Catalog, Key, Relation};
use crate::diagnostic::{Code, Diagnostic};
use crate::split::RawStatement;
use crate::text::Span;
use std::collections::BTreeSet;

/// An unknown name.
#[derive(Debug, Clone)]
pub(super) struct Missed {
    /// The position of the diagnostic that says so.
    diagnostic: usize,
    name: Key,
    /// Every name in the statement: the table of an unknown column is among them.
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
) -> Vec<Missed> {
    let mut missed = Vec::new();
    for (position, diagnostic) in news.iter().enumerate() {
        if !matches!(diagnostic.code, Code::UnknownColumn | Code::UnknownTable) {
            continue;
        }
        let Some(token) = tokens::within(&raw.tokens, diagnostic.primary.span).last() else {
            continue;
        };
        let Some(name) = tokens::name_of(token) else {
            continue;
        };
        let candidate = Missed {
            diagnostic: first + position,
            name,
            names: tokens::names(&raw.tokens),
        };
        if introduced(&candidate, diagnostic.code, now).is_none() {
            missed.push(candidate);
        }
    }
    missed
}

/// Adds the place where the name is introduced after all.
pub(super) fn explain(missed: &[Missed], head: &Catalog, diagnostics: &mut [Diagnostic]) {
    for missed in missed {
        let Some(diagnostic) = diagnostics.get_mut(missed.diagnostic) else {
            continue;
        };
        // A name that went before has its place already.
        if let Some((span, text)) = introduced(missed, diagnostic.code, head)
            && diagnostic.secondary.is_empty()
        {
            let explained = diagnostic.clone().with_label(span, text);
            *diagnostic = explained.with_help("move this statement after that one");
        }
    }
}

fn introduced(missed: &Missed, code: Code, catalog: &Catalog) -> Option<(Span, &'static str)> {
    if code == Code::UnknownColumn {
        column_added(missed, catalog)
    } else {
        table_created(missed, catalog)
    }
}

fn column_added(missed: &Missed, head: &Catalog) -> Option<(Span, &'static str)> {
    let tables = missed.names.iter();
    let mut tables = tables.filter_map(|name| head.main().relations.get(name)?.table());
    tables.find_map(|table| {
        let column = table
            .columns
            .get(table.column_index(missed.name.as_str())?)?;
        let span = column.provenance.created;
        Some((span, "the column is added only here, later"))
    })
}

fn table_created(missed: &Missed, head: &Catalog) -> Option<(Span, &'static str)> {
    let relation: &Relation = head.main().relations.get(&missed.name)?;
    let span = relation.provenance().created;
    Some((span, "it is created only here, later"))
}
