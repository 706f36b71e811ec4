//! PRIMARY KEY and UNIQUE, and the indexes that they make.

use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::definitions as errors;
use crate::sqlite::ast::{ConflictResolution, Expr, ExprKind, IndexedTerm, Literal};
use crate::sqlite::catalog::{PrimaryKey, Table, UniqueConstraint};
use crate::text::{Ident, Span, TokenIndex};
use std::sync::Arc;

/// An index that a PRIMARY KEY or UNIQUE constraint makes.
#[derive(Debug)]
pub(super) struct KeyIndex {
    pub(super) terms: Vec<Term>,
    pub(super) primary: bool,
    pub(super) name: Option<Arc<str>>,
    pub(super) conflict: Option<ConflictResolution>,
    pub(super) span: Span,
}

/// A column of a key.
#[derive(Debug)]
pub(super) struct Term {
    /// Its position in the table.
    pub(super) column: usize,
    /// COLLATE in the constraint.
    pub(super) collation: Option<Arc<str>>,
}

impl Term {
    /// A column with its own collation.
    pub(super) fn column(column: usize) -> Term {
        Term {
            column,
            collation: None,
        }
    }

    fn collation<'a>(&'a self, table: &'a Table) -> &'a str {
        let own = table.columns.get(self.column);
        let own = own.and_then(|column| column.collation.as_deref());
        self.collation.as_deref().or(own).unwrap_or("BINARY")
    }

    /// The collation where it is not the column's own.
    fn differing_collation(&self, table: &Table) -> Option<Arc<str>> {
        let own = Term::column(self.column);
        let differs = !self
            .collation(table)
            .eq_ignore_ascii_case(own.collation(table));
        self.collation.clone().filter(|_| differs)
    }
}

/// The outermost COLLATE of a term.
pub(super) fn collation(value: &Expr) -> Option<&Ident> {
    match &value.kind {
        ExprKind::Parenthesized(inner) => collation(inner),
        ExprKind::Collate { collation, .. } => Some(collation),
        _ => None,
    }
}

/// The name in a term that may be a column's.
pub(super) struct Named {
    pub(super) name: Arc<str>,
    pub(super) span: Span,
    /// Which token it is; none if it is written as a string.
    pub(super) token: Option<TokenIndex>,
}

/// The name in a term that may be a column's. A string there is a name too (`sqlite3StringToId`).
pub(super) fn named_column(term: &IndexedTerm) -> Option<Named> {
    let mut value = &term.value;
    loop {
        value = match &value.kind {
            ExprKind::Parenthesized(inner) => inner,
            ExprKind::Collate { value, .. } => value,
            ExprKind::Name(name) => {
                return Some(Named {
                    name: Arc::clone(&name.name),
                    span: value.span,
                    token: Some(name.token),
                });
            }
            ExprKind::Literal(Literal::String(text)) => {
                return Some(Named {
                    name: Arc::from(text.as_ref()),
                    span: value.span,
                    token: None,
                });
            }
            _ => return None,
        };
    }
}

/// The column of a term of a PRIMARY KEY or UNIQUE constraint.
pub(super) fn term(table: &Table, term: &IndexedTerm) -> Result<Term, Box<Diagnostic>> {
    if let Some(span) = term.nulls {
        return Err(Box::new(errors::nulls_in_key(span)));
    }
    let Some(Named { name, span, .. }) = named_column(term) else {
        return Err(Box::new(errors::expression_in_key(term.value.span)));
    };
    match table.column_index(&name) {
        Some(column) => Ok(Term {
            column,
            collation: collation(&term.value).map(|name| Arc::clone(&name.name)),
        }),
        None => Err(Box::new(errors::unknown_key_column(table, &name, span))),
    }
}

/// Gives a table the keys that the engine keeps: one that repeats another is none.
pub(super) fn settle(table: &mut Table, keys: Vec<KeyIndex>, diagnostics: &mut Vec<Diagnostic>) {
    let mut keys = keys;
    // The rowid is no index, but in a WITHOUT ROWID table the key is one, made last and with the column's collation.
    if table.without_rowid
        && let Some(key) = &mut table.primary_key
        && key.rowid_alias
    {
        key.rowid_alias = false;
        keys.push(KeyIndex {
            terms: key.columns.iter().copied().map(Term::column).collect(),
            primary: true,
            name: key.name.clone(),
            conflict: key.conflict,
            span: key.span,
        });
    }
    for key in collapse(table, keys, diagnostics) {
        if key.primary {
            settle_primary_key(table, key);
        } else {
            let unique = UniqueConstraint {
                columns: key.terms.iter().map(|term| term.column).collect(),
                collations: collations(table, &key.terms),
                name: key.name,
                conflict: key.conflict,
                span: key.span,
            };
            table.unique.push(unique);
        }
    }
}

fn collapse(
    table: &Table,
    keys: Vec<KeyIndex>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<KeyIndex> {
    let mut kept: Vec<KeyIndex> = Vec::with_capacity(keys.len());
    for key in keys {
        let Some(first) = kept
            .iter_mut()
            .find(|first| same_index(table, &first.terms, &key.terms))
        else {
            kept.push(key);
            continue;
        };
        match (first.conflict, key.conflict) {
            (Some(one), Some(other)) if one != other => {
                diagnostics.push(errors::conflicting_on_conflict(key.span, first.span));
            }
            (Some(_), _) => {}
            (None, other) => first.conflict = other,
        }
        first.primary |= key.primary;
    }
    kept
}

fn same_index(table: &Table, one: &[Term], other: &[Term]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| {
            one.column == other.column
                && one
                    .collation(table)
                    .eq_ignore_ascii_case(other.collation(table))
        })
}

fn settle_primary_key(table: &mut Table, key: KeyIndex) {
    let mut terms: Vec<Term> = Vec::with_capacity(key.terms.len());
    for term in key.terms {
        // Only a WITHOUT ROWID table leaves out a column that repeats another.
        let repeats = table.without_rowid
            && terms.iter().any(|first| {
                first.column == term.column
                    && first
                        .collation(table)
                        .eq_ignore_ascii_case(term.collation(table))
            });
        if !repeats {
            terms.push(term);
        }
    }
    let collations = collations(table, &terms);
    let columns = terms.iter().map(|term| term.column).collect();
    if let Some(primary_key) = &mut table.primary_key {
        *primary_key = PrimaryKey {
            columns,
            collations,
            conflict: key.conflict,
            ..primary_key.clone()
        };
    }
}

fn collations(table: &Table, terms: &[Term]) -> Vec<Option<Arc<str>>> {
    terms
        .iter()
        .map(|term| term.differing_collation(table))
        .collect()
}
