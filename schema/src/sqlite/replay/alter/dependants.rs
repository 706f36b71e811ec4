//! What refers to a table: other tables' foreign keys, its indexes, views and triggers; and the tokens by which they do.

use crate::catalog::{ChangeKind, Key};
use crate::diagnostic::Code;
use crate::sqlite::ast::{
    ColumnConstraintKind, ForeignKeyReference, StatementKind, TableConstraintKind,
};
use crate::sqlite::catalog::{Catalog, Definition, ObjectPath, Relation, Table, TableKind};
use crate::sqlite::replay::Replay;
use crate::sqlite::replay::bodies::{Body, BodyKind};
use crate::sqlite::replay::table::Parts;
use crate::sqlite::replay::tokens::{self, Edits};
use crate::sqlite::resolve::{self, Reference, Resolution};
use crate::text::{Span, TokenIndex};
use std::sync::Arc;
use tablature_lexer::{Quote, TokenKind, dequote};

/// An object whose definition is edited.
#[derive(Debug, Clone)]
pub(super) enum Object {
    Table(ObjectPath),
    Index(usize, Key),
    Body(Body),
}

/// Definitions in their new wording.
#[derive(Debug, Default)]
pub(super) struct Rewritten(pub(super) Vec<(Object, Definition)>);

impl Rewritten {
    /// Takes in the edits of an object, if there are any.
    pub(super) fn edit(&mut self, object: Object, definition: &Definition, edits: &Edits) {
        if !edits.is_empty() {
            self.0.push((object, edits.apply(definition)));
        }
    }
}

/// Whether a foreign key of a table has another one for its parent.
pub(super) fn refers_to_table(table: &Table, parent: &Key) -> bool {
    let mut parents = table.foreign_keys.iter();
    parents.any(|key| key.table.eq_ignore_ascii_case(parent.as_str()))
}

impl Replay {
    /// The tables of a database that have a definition, in the order of their keys.
    pub(super) fn tables_in(&self, database: usize) -> Vec<(ObjectPath, Arc<Table>)> {
        let content = self.catalog.databases.get(database);
        let relations = content.into_iter().flat_map(|it| it.relations.iter());
        relations
            .filter_map(|(key, relation)| match relation {
                Relation::Table(table) if !table.definition.tokens.is_empty() => {
                    let key = key.clone();
                    Some((ObjectPath { database, key }, Arc::clone(table)))
                }
                Relation::Table(_) | Relation::View(_) => None,
            })
            .collect()
    }

    /// The views and triggers of a database and of `temp`.
    pub(super) fn bodies_near(&self, database: usize) -> Vec<Body> {
        let mut bodies = self.bodies_in(database);
        if database != Catalog::TEMP {
            bodies.extend(self.bodies_in(Catalog::TEMP));
        }
        bodies
    }

    /// Whether a view or trigger mentions a name, be it as a column's.
    pub(super) fn mentions(&self, body: &Body, name: &Key) -> bool {
        self.bodies.mentions.has(body, name)
    }

    /// Puts the new wordings in their place, for the statement about `changed` at `span`. Tables keep their columns' places.
    pub(super) fn rewrite(&mut self, rewritten: Rewritten, changed: &ObjectPath, span: Span) {
        let mut tables = Vec::new();
        for (object, definition) in rewritten.0 {
            match object {
                Object::Table(path) => {
                    let span = (path != *changed).then_some(span);
                    self.rewrite_table(&path, definition, span);
                    tables.push(path);
                }
                Object::Index(database, key) => {
                    self.rewrite_index(database, &key, definition, span);
                }
                Object::Body(body) => self.rewrite_body(&body, definition, span),
            }
        }
        for path in tables {
            self.rederive_indexes(&path);
        }
    }

    fn rewrite_table(&mut self, path: &ObjectPath, definition: Definition, change: Option<Span>) {
        let Some(old) = self.table_at(path).map(Arc::clone) else {
            return;
        };
        let table = match old.kind {
            TableKind::Virtual { .. } => {
                self.renamed_virtual_table(path.database, &old, definition)
            }
            TableKind::Ordinary | TableKind::Shadow { .. } | TableKind::Internal => {
                let span = old.provenance.created;
                let rederived = self.rederived(&old, definition, span, Some);
                rederived.map(|(table, _)| table)
            }
        };
        if let Some(mut table) = table {
            if let Some(span) = change {
                table.provenance = table.provenance.with(span, ChangeKind::Rewritten);
            }
            self.put_table(path.database, table);
        }
    }

    fn rewrite_index(&mut self, database: usize, key: &Key, definition: Definition, span: Span) {
        let content = self.catalog.databases.get(database);
        let Some(old) = content
            .and_then(|content| content.indexes.get(key))
            .cloned()
        else {
            return;
        };
        let path = ObjectPath {
            database,
            key: old.table.clone(),
        };
        let Some(table) = self.table_at(&path).map(Arc::clone) else {
            return;
        };
        if let Some(mut index) = self.rederived_index(&old, &table, definition) {
            index.provenance = index.provenance.with(span, ChangeKind::Rewritten);
            self.put_index(database, index);
        }
    }

    fn rewrite_body(&mut self, body: &Body, definition: Definition, span: Span) {
        let Some(content) = self.catalog.databases.get(body.database) else {
            return;
        };
        match body.kind {
            BodyKind::View => {
                let relation = content.relations.get(&body.key);
                if let Some(view) = relation.and_then(Relation::view).cloned() {
                    let view = crate::sqlite::catalog::View {
                        columns: None,
                        broken: None,
                        definition,
                        provenance: view.provenance.with(span, ChangeKind::Rewritten),
                        ..view
                    };
                    self.put_view(body.database, view);
                }
            }
            BodyKind::Trigger => {
                if let Some(trigger) = content.triggers.get(&body.key) {
                    let trigger = crate::sqlite::catalog::Trigger::clone(trigger);
                    let trigger = crate::sqlite::catalog::Trigger {
                        definition,
                        provenance: trigger.provenance.with(span, ChangeKind::Rewritten),
                        ..trigger
                    };
                    self.put_trigger(body.database, trigger);
                }
            }
        }
        self.touch(&body.key);
        self.bodies.renew(body);
    }

    /// Resolves the expressions of a table from its definition.
    pub(in crate::sqlite::replay) fn resolve_table(
        &self,
        path: &ObjectPath,
        table: &Table,
    ) -> Resolution {
        let resolution = || {
            let parsed = self.parsed(&table.definition)?;
            let parts = Parts::of(parsed, &table.definition.tokens)?;
            Some(resolve::table_expressions(
                self.environment(),
                path.database,
                table,
                parts.columns,
                parts.constraints,
            ))
        };
        resolution().unwrap_or_default()
    }

    /// Resolves an index from its definition.
    pub(super) fn resolve_index(
        &self,
        database: usize,
        table: &Table,
        definition: &Definition,
    ) -> Resolution {
        match self.parsed(definition).map(|statement| &statement.kind) {
            Some(StatementKind::CreateIndex(create)) => {
                resolve::index_expressions(self.environment(), database, table, create)
            }
            _ => Resolution::default(),
        }
    }
}

/// The foreign keys of a definition.
pub(super) fn foreign_keys<'a>(parts: &Parts<'a>) -> Vec<&'a ForeignKeyReference> {
    let columns = parts.columns.iter();
    let of_columns = columns
        .flat_map(|column| &column.constraints)
        .filter_map(|constraint| match &constraint.kind {
            ColumnConstraintKind::References(reference) => Some(reference),
            _ => None,
        });
    let constraints = parts.constraints.iter();
    let of_table = constraints.filter_map(|constraint| match &constraint.kind {
        TableConstraintKind::ForeignKey { reference, .. } => Some(reference),
        TableConstraintKind::PrimaryKey { .. }
        | TableConstraintKind::Unique { .. }
        | TableConstraintKind::Check { .. }
        | TableConstraintKind::NameOnly => None,
    });
    of_columns.chain(of_table).collect()
}

/// The tokens by which something is referred to.
pub(super) fn tokens_of<'a>(
    references: &'a [Reference],
    is_it: impl Fn(&Reference) -> bool + 'a,
) -> impl Iterator<Item = TokenIndex> + 'a {
    let referring = references.iter().filter(move |reference| is_it(reference));
    referring.map(|reference| reference.token)
}

/// Writes double-quoted strings in single quotes, as RENAME COLUMN and DROP COLUMN do to the whole schema before they look
/// for what breaks.
pub(super) fn requote(definition: &Definition, resolution: &Resolution, edits: &mut Edits) {
    for diagnostic in &resolution.diagnostics {
        if diagnostic.code != Code::DoubleQuotedString {
            continue;
        }
        let Some(index) = tokens::index_at(&definition.tokens, diagnostic.primary.span) else {
            continue;
        };
        let token = definition.tokens.get(index.0 as usize);
        if let Some(token) = token.filter(|it| it.kind == TokenKind::QuotedName(Quote::Double)) {
            edits.string(index, &dequote(&token.text));
        }
    }
}
