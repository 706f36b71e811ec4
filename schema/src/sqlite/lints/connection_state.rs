//! What a file keeps on the connection, which a failure or the next file finds elsewhere.

use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::lints as errors;
use crate::sqlite::ast::{Expr, ExprKind, Literal};
use crate::sqlite::catalog::{Catalog, Relation, TableKind};
use crate::text::Span;

/// The temporary objects that are there between two statements of a file without a transaction.
pub(crate) fn temporary_objects(catalog: &Catalog) -> Vec<Diagnostic> {
    let Some(temp) = catalog.databases.get(Catalog::TEMP) else {
        return Vec::new();
    };
    let relations = temp.relations.values();
    let relations = relations.filter(|relation| match relation {
        Relation::Table(table) => match table.kind {
            TableKind::Ordinary | TableKind::Virtual { .. } => true,
            TableKind::Shadow { .. } | TableKind::Internal => false,
        },
        Relation::View(_) => true,
    });
    let relations = relations.map(|it| (it.name(), it.provenance().created));
    let triggers = temp.triggers.values();
    let triggers = triggers.map(|it| (it.name.as_ref(), it.provenance.created));
    relations
        .chain(triggers)
        .map(|(name, created)| errors::temporary_over_statements(name, created))
        .collect()
}

/// ATTACH: in a run's transaction, or of a database that is gone with the connection.
pub(crate) fn attached(
    file: &Expr,
    name: &str,
    span: Span,
    in_transaction: bool,
) -> Option<Diagnostic> {
    if in_transaction {
        Some(errors::attached_in_transaction(name, span))
    } else if is_in_memory(file) {
        Some(errors::memory_over_statements(name, span))
    } else {
        None
    }
}

/// Whether an ATTACH names no file.
fn is_in_memory(file: &Expr) -> bool {
    match &file.kind {
        ExprKind::Literal(Literal::String(text)) => text.is_empty() || **text == *":memory:",
        _ => false,
    }
}
