//! The expressions of an index.

use super::folding::bare;
use super::resolution::{Environment, Resolution};
use super::resolver::Resolver;
use super::scope::{Place, Scope};
use super::source::Source;
use super::table::definition_home;
use crate::errors::sqlite::names::{self, Missing};
use crate::sqlite::ast::{CreateIndex, Expr, ExprKind, Literal};
use crate::sqlite::catalog::Table;

/// Resolves the terms and the WHERE of an index.
pub(super) fn index_expressions(
    environment: Environment<'_>,
    database: usize,
    table: &Table,
    index: &CreateIndex,
) -> Resolution {
    let mut resolver = Resolver::new(environment, definition_home(database));
    let sources = [resolver.own_source(database, table)];
    resolver.refer_to_relation(
        &index.table,
        sources.first().and_then(|s| s.relation.as_ref()),
    );
    for term in &index.terms {
        resolver.index_term(&term.value, &sources);
    }
    if let Some(filter) = &index.filter {
        resolver.definition_expr(filter, Place::IndexFilter, &sources);
    }
    resolver.finish(None)
}

impl Resolver<'_> {
    fn index_term(&mut self, term: &Expr, sources: &[Source]) {
        // A string literal as a whole term is the name of a column.
        let (value, collation) = match &bare(term).kind {
            ExprKind::Collate { value, collation } => (&**value, Some(collation)),
            _ => (term, None),
        };
        if let Some(collation) = collation {
            self.check_collation(&collation.name, collation.span);
        }
        if let ExprKind::Literal(Literal::String(name)) = &bare(value).kind {
            self.string_term(value, name, sources);
            return;
        }
        let root = Scope::empty();
        let scope = Scope {
            place: Place::IndexTerm,
            ..Scope::within(&root, sources)
        };
        self.scalar(term, &scope);
    }

    fn string_term(&mut self, expr: &Expr, name: &str, sources: &[Source]) {
        let known = sources
            .iter()
            .any(|source| source.open || source.column(name).is_some());
        if known {
            return;
        }
        let columns = sources.iter().flat_map(|source| source.columns.iter());
        let near = crate::diagnostic::nearest(name, columns.map(|column| &*column.name));
        let missing = Missing {
            column: name,
            owner: sources.first().map(|source| self.owner(source)),
            nearest: near.and_then(|near| {
                let source = sources.first()?;
                let position = source.column(near)?;
                source.columns.get(position).map(super::suggest::declared)
            }),
            fate: Vec::new(),
        };
        let mistake = names::unknown_column(expr.span, &missing);
        self.report(mistake);
    }
}
