//! Names that were used before the statement that introduces them.

use super::tokens;
use crate::catalog::Key;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::sqlite::names::SIMILAR;
use crate::missed::{self, Introduces};
use crate::sqlite::catalog::{Catalog, Table};
use crate::sqlite::split::RawStatement;
use crate::text::Span;
use std::borrow::Cow;
use std::collections::BTreeSet;

pub(super) use crate::missed::once_each;

/// The unknown names of a statement.
pub(super) type Missed = missed::Missed<Key>;

/// The unknown names among the diagnostics of a statement, the first of which is at the position `first`.
pub(super) fn collect(
    news: &[Diagnostic],
    first: usize,
    raw: &RawStatement,
    now: &Catalog,
) -> Option<Missed> {
    let names = || tokens::names(&raw.tokens);
    let name_at = |span| tokens::name_of(tokens::within(&raw.tokens, span).last()?);
    missed::collect(news, first, names, name_at, now)
}

/// Adds the place where the name is introduced after all.
pub(super) fn explain(missed: &[Missed], head: &Catalog, diagnostics: &mut [Diagnostic]) {
    missed::explain(missed, head, diagnostics, |label| {
        label.starts_with(SIMILAR)
    });
}

impl Introduces for Catalog {
    type Name = Key;
    type Places<'a> = Vec<&'a Table>;

    fn is_of_a_name(code: Code) -> bool {
        matches!(
            code,
            Code::UnknownColumn | Code::UnknownTable | Code::UnknownIndex | Code::UnknownTrigger
        )
    }

    fn places(&self, names: &BTreeSet<Key>) -> Vec<&Table> {
        let relations = &self.main().relations;
        let names = names.iter();
        names
            .filter_map(|name| relations.get(name)?.table())
            .collect()
    }

    fn introduced(
        &self,
        code: Code,
        name: &Key,
        tables: &Vec<&Table>,
    ) -> Option<(Span, Cow<'static, str>)> {
        let main = self.main();
        let span = match code {
            Code::UnknownColumn => {
                let column = tables.iter().find_map(|table| {
                    let column = table.column_index(name.as_str())?;
                    table.columns.get(column)
                });
                let span = column?.provenance.first_created();
                return Some((span, "the column is added only here, later".into()));
            }
            Code::UnknownIndex => main.indexes.get(name)?.provenance.first_created(),
            Code::UnknownTrigger => main.triggers.get(name)?.provenance.first_created(),
            _ => main.relations.get(name)?.provenance().first_created(),
        };
        Some((span, "it is created only here, later".into()))
    }
}
