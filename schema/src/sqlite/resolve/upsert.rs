//! ON CONFLICT.

use super::resolver::Resolver;
use super::scope::{Place, Scope};
use super::shape::{Node, Shape};
use super::source::Source;
use super::target::{Change, Target};
use super::update::changed;
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::{ConflictAction, Expr, Insert, StatementKind, Upsert};
use crate::sqlite::catalog::{Index, IndexKind, Table, TriggerEventKind};
use std::sync::Arc;

/// What is known of the rows that are inserted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Inserted {
    /// Whether a rowid is given, so that it may be there already.
    pub(super) rowid: bool,
}

/// A key of which there can be only one row.
#[derive(Debug, Clone)]
struct UniqueKey {
    kind: KeyKind,
    /// What it is made of.
    terms: Vec<Shape>,
    /// WHERE of a partial index.
    filter: Option<Shape>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum KeyKind {
    Rowid,
    Constraint(usize),
    Index(Arc<str>),
}

impl<'e> Resolver<'e> {
    /// Resolves the ON CONFLICT clauses of an INSERT.
    pub(super) fn upserts(
        &mut self,
        insert: &Insert,
        target: &Target<'e>,
        inserted: Inserted,
        scope: &Scope<'_>,
    ) {
        let Some(first) = insert.upserts.first() else {
            return;
        };
        let kind = match (target.is_virtual(), target.is_view()) {
            (true, _) => Some("a virtual table"),
            (false, true) => Some("a view"),
            (false, false) => None,
        };
        if let Some(kind) = kind {
            self.report(errors::upsert_on(first.span, kind));
            self.unchecked(|resolver| {
                for upsert in &insert.upserts {
                    resolver.conflict_target(upsert, target, None, scope);
                    resolver.conflict_action(upsert, target, scope);
                }
            });
            return;
        }
        if let Some(term) = first.target.iter().find_map(|term| term.nulls) {
            // Of a trigger the engine sees it when the trigger is made.
            let mistake = errors::nulls_in_conflict_target(term.1);
            self.report_always(mistake);
        }
        let keys = self.unique_keys(target);
        let mut taken: Vec<KeyKind> = Vec::new();
        for upsert in &insert.upserts {
            let matched = self.conflict_target(upsert, target, keys.as_deref(), scope);
            let can_conflict = |kind: &KeyKind| *kind != KeyKind::Rowid || inserted.rowid;
            let fires = match (&keys, upsert.target.is_empty()) {
                (None, _) => true,
                (Some(keys), true) => keys
                    .iter()
                    .any(|key| can_conflict(&key.kind) && !taken.contains(&key.kind)),
                (Some(_), false) => matched
                    .as_ref()
                    .is_none_or(|kind| can_conflict(kind) && !taken.contains(kind)),
            };
            taken.extend(matched);
            // The engine never looks at what a clause does that no row can come to.
            if fires {
                self.conflict_action(upsert, target, scope);
            } else {
                self.unchecked(|resolver| resolver.conflict_action(upsert, target, scope));
            }
        }
    }

    fn conflict_action(&mut self, upsert: &Upsert, target: &Target<'e>, scope: &Scope<'_>) {
        let ConflictAction::Update {
            assignments,
            filter,
        } = &upsert.action
        else {
            return;
        };
        let sources = [target.source.clone()];
        let excluded = Source {
            alias: None,
            name: "excluded".into(),
            ..target.source.clone()
        };
        let inner = Scope {
            excluded: Some(&excluded),
            ..Scope::within(scope, &sources)
        };
        self.assignments(assignments, target, &inner);
        if let Some(filter) = filter {
            self.scalar(filter, &inner);
        }
        let columns = changed(assignments);
        let change = Change {
            event: TriggerEventKind::Update,
            columns: &columns,
        };
        self.fire(target, change, upsert.span);
    }

    /// Resolves the target of a clause and finds the key that it means. `keys` are none where they are not known.
    fn conflict_target(
        &mut self,
        upsert: &Upsert,
        target: &Target<'e>,
        keys: Option<&[UniqueKey]>,
        scope: &Scope<'_>,
    ) -> Option<KeyKind> {
        let (first, last) = (upsert.target.first()?, upsert.target.last()?);
        let sources = [target.source.clone()];
        let inner = Scope::within(scope, &sources);
        let mistakes = self.mistakes();
        let terms: Vec<Shape> = upsert
            .target
            .iter()
            .map(|term| self.expr(&term.value, &inner).shape)
            .collect();
        let filter = upsert
            .target_filter
            .as_ref()
            .map(|filter| self.scalar(filter, &inner).shape);
        let found = keys?.iter().find(|key| self.matches(key, &terms, filter));
        if found.is_none() && self.mistakes() == mistakes {
            let span = first.value.span.to(last.value.span);
            let keys = keys.unwrap_or_default();
            let partial = keys.iter().any(|key| {
                key.filter.is_some() && filter.is_none() && self.matches_terms(key, &terms)
            });
            self.report(errors::conflict_target(
                span,
                target.source.known_as(),
                partial,
                target.object.map(|object| object.provenance().created),
            ));
        }
        found.map(|key| key.kind.clone())
    }

    fn matches(&self, key: &UniqueKey, terms: &[Shape], filter: Option<Shape>) -> bool {
        // An index of the whole table serves whatever WHERE says.
        (key.filter.is_none() || key.filter == filter) && self.matches_terms(key, terms)
    }

    fn matches_terms(&self, key: &UniqueKey, terms: &[Shape]) -> bool {
        if let KeyKind::Rowid = key.kind {
            return terms == key.terms;
        }
        key.terms.len() == terms.len()
            && key.terms.iter().all(|part| {
                terms
                    .iter()
                    .any(|term| self.shapes.same_but_for_collation(*term, *part))
            })
    }

    /// The keys of a table, as shapes over its source; none if the table is not known well enough.
    fn unique_keys(&mut self, target: &Target<'e>) -> Option<Vec<UniqueKey>> {
        let table = target.table().filter(|table| !table.incomplete)?;
        let path = target.path.as_ref()?;
        let mut keys = Vec::new();
        if table.has_rowid() {
            let rowid = Node::Column(target.source.cursor, None);
            keys.push(UniqueKey {
                kind: KeyKind::Rowid,
                terms: vec![self.shapes.of(rowid)],
                filter: None,
            });
        }
        let primary = table.primary_key.as_ref().filter(|key| !key.rowid_alias);
        let primary = primary.map(|key| (&key.columns, &key.collations));
        let unique = table.unique.iter();
        let unique = unique.map(|unique| (&unique.columns, &unique.collations));
        for (number, (columns, collations)) in primary.into_iter().chain(unique).enumerate() {
            let terms = columns.iter().enumerate().map(|(position, column)| {
                let collation = collations.get(position).cloned().flatten();
                self.key_column(target, table, *column, collation)
            });
            let terms = terms.collect();
            keys.push(UniqueKey {
                kind: KeyKind::Constraint(number),
                terms,
                filter: None,
            });
        }
        let database = self.environment.catalog.databases.get(path.database)?;
        let indexes = database.indexes_of(&path.key);
        for (_, index) in indexes.filter(|(_, index)| index.unique) {
            keys.push(self.index_key(target, table, index)?);
        }
        Some(keys)
    }

    fn key_column(
        &mut self,
        target: &Target<'e>,
        table: &Table,
        column: usize,
        collation: Option<Arc<str>>,
    ) -> Shape {
        let rowid = table.rowid_alias() == Some(column);
        let node = Node::Column(target.source.cursor, Some(column).filter(|_| !rowid));
        let shape = self.shapes.of(node);
        let own = table
            .columns
            .get(column)
            .and_then(|column| column.collation.clone());
        let collation = collation.or(own).unwrap_or_else(|| "binary".into());
        let collation = collation.to_ascii_lowercase();
        self.shapes.of(Node::Collate(collation, shape))
    }

    /// A unique index, whose expressions are read again from its definition.
    fn index_key(
        &mut self,
        target: &Target<'e>,
        table: &Table,
        index: &Index,
    ) -> Option<UniqueKey> {
        let parsed = index.definition.statement(self.environment.rules);
        let StatementKind::CreateIndex(created) = &parsed?.kind else {
            return None;
        };
        let sources = [Source {
            alias: None,
            ..target.source.clone()
        }];
        let root = Scope::empty();
        let mut terms = Vec::new();
        for (term, column) in created.terms.iter().zip(&index.columns) {
            let scope = Scope {
                place: Place::IndexTerm,
                ..Scope::within(&root, &sources)
            };
            let shape = match column.kind {
                IndexKind::Column(position) => {
                    self.key_column(target, table, position, column.collation.clone())
                }
                IndexKind::Rowid => self.shapes.of(Node::Column(target.source.cursor, None)),
                IndexKind::Expression(_) => {
                    let shape = self.silently(&term.value, &scope);
                    let collation = column.collation.as_deref().unwrap_or("binary");
                    if self.shapes.is_collated(shape) {
                        shape
                    } else {
                        let collation = collation.to_ascii_lowercase();
                        self.shapes.of(Node::Collate(collation, shape))
                    }
                }
            };
            terms.push(shape);
        }
        let scope = Scope {
            place: Place::IndexFilter,
            ..Scope::within(&root, &sources)
        };
        let filter = created
            .filter
            .as_ref()
            .map(|filter| self.silently(filter, &scope));
        Some(UniqueKey {
            kind: KeyKind::Index(index.name.clone()),
            terms,
            filter,
        })
    }

    /// The shape of an expression of another definition: nothing of it is recorded here.
    fn silently(&mut self, expr: &Expr, scope: &Scope<'_>) -> Shape {
        self.attempt(|resolver| resolver.expr(expr, scope)).0.shape
    }
}
