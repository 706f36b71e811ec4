//! CREATE INDEX.

use super::create_table::fails;
use super::{Replay, keys, names, tokens};
use crate::catalog::{Key, Provenance};
use crate::errors::sqlite::objects as errors;
use crate::sqlite::ast::{CreateIndex, IndexedTerm, QualifiedName, SortOrder, Statement};
use crate::sqlite::catalog::{
    Catalog, Definition, Index, IndexColumn, IndexKind, ObjectPath, Relation, Table, TableKind,
};
use crate::sqlite::lints;
use crate::sqlite::resolve;
use crate::sqlite::split::RawStatement;
use crate::text::{Ident, Token};
use std::sync::Arc;

impl Replay {
    pub(super) fn create_index(
        &mut self,
        raw: &RawStatement,
        create: &CreateIndex,
        statement: &Arc<Statement>,
    ) {
        let name = &create.name.name;
        let Some(path) = self.indexed(create) else {
            return;
        };
        let Some(Relation::Table(table)) = self.relation_at(path.database, &path.key).cloned()
        else {
            return self.report(errors::unindexable("a view", &create.table));
        };
        match table.kind {
            TableKind::Virtual { .. } => {
                return self.report(errors::unindexable("a virtual table", &create.table));
            }
            TableKind::Internal => {
                return self.report(errors::unindexable("a table of the engine", &create.table));
            }
            TableKind::Ordinary | TableKind::Shadow { .. } => {}
        }
        if !self.index_is_free(path.database, name, create.if_not_exists) {
            return;
        }
        let resolution =
            resolve::index_expressions(self.environment(), path.database, &table, create);
        let failed = fails(&resolution.diagnostics);
        self.diagnostics.extend(resolution.diagnostics);
        for term in &create.terms {
            if let Some(span) = term.nulls {
                self.report(crate::errors::sqlite::definitions::nulls_in_key(span));
            }
        }
        let words = if create.unique {
            "CREATE UNIQUE INDEX"
        } else {
            "CREATE INDEX"
        };
        let definition = if failed {
            tokens::no_definition()
        } else {
            tokens::definition(words, &raw.tokens, name, Some(statement))
        };
        let index = build(create, &table, &raw.tokens, definition);
        if !failed {
            let finding = self
                .unique_index_on_rows(&table, &index)
                .or_else(|| lints::unique_index_on_rows(&self.start, &path, &table, &index));
            self.diagnostics.extend(finding);
        }
        self.add_index(path.database, index);
    }

    /// Where the table of a new index is: in the index's database, or in `temp` if neither name has a database and the
    /// table is there.
    fn indexed(&mut self, create: &CreateIndex) -> Option<ObjectPath> {
        let mut database = match self.target("index", &create.name, false) {
            Ok(database) => database,
            Err(diagnostic) => {
                self.report(*diagnostic);
                return None;
            }
        };
        let mut table = QualifiedName {
            database: None,
            name: create.table.clone(),
        };
        let found = self.find_relation(&table);
        let is_temporary = found.is_some_and(|found| found.path.database == Catalog::TEMP);
        if create.name.database.is_none() && is_temporary {
            database = Catalog::TEMP;
        }
        table.database = create.name.database.clone();
        let key = Key::new(&create.table.name);
        if self.relation_at(database, &key).is_none() {
            let diagnostic = if names::is_reserved(&create.table.name) {
                errors::unindexable("a table of the engine", &create.table)
            } else {
                let name = QualifiedName {
                    database: None,
                    name: create.table.clone(),
                };
                errors::unknown_table(&self.catalog, &name)
            };
            self.report(diagnostic);
            self.add_unknown_index(database, &create.name.name, key);
            return None;
        }
        Some(ObjectPath { database, key })
    }

    fn index_is_free(&mut self, database: usize, name: &Ident, if_not_exists: bool) -> bool {
        if !self.check_reserved(name) {
            return false;
        }
        let key = Key::new(&name.name);
        if let Some(relation) = self.relation_at(database, &key) {
            let diagnostic = errors::relation_exists(name, relation);
            self.report(diagnostic);
            return false;
        }
        let content = self.catalog.databases.get(database);
        if let Some(index) = content.and_then(|content| content.indexes.get(&key)) {
            if !if_not_exists {
                let diagnostic = errors::index_exists(name, index);
                self.report(diagnostic);
            }
            return false;
        }
        true
    }

    /// Leaves something behind for the statements that use an index which could not be made.
    pub(super) fn add_unknown_index(&mut self, database: usize, name: &Ident, table: Key) {
        let key = Key::new(&name.name);
        let content = self.catalog.databases.get(database);
        if content.is_some_and(|content| content.indexes.contains_key(&key)) {
            return;
        }
        let index = Index {
            name: Arc::clone(&name.name),
            table,
            unique: false,
            columns: Vec::new(),
            filter: None,
            definition: tokens::no_definition(),
            span: name.span,
            provenance: Provenance::new(name.span),
            place: 0,
        };
        self.add_index(database, index);
    }
}

/// Reads an index from its statement, which was parsed from `tokens`.
pub(super) fn build(
    create: &CreateIndex,
    table: &Table,
    tokens: &[Token],
    definition: Definition,
) -> Index {
    let name = &create.name.name;
    let column = |term: &IndexedTerm| index_column(term, table, tokens);
    let filter = create.filter.as_ref();
    Index {
        name: Arc::clone(&name.name),
        table: Key::new(&table.name),
        unique: create.unique,
        columns: create.terms.iter().map(column).collect(),
        filter: filter.map(|filter| tokens::normal_text(tokens, filter.span)),
        definition,
        span: name.span,
        provenance: Provenance::new(name.span),
        place: 0,
    }
}

fn index_column(term: &IndexedTerm, table: &Table, tokens: &[Token]) -> IndexColumn {
    let order = term.order.unwrap_or(SortOrder::Ascending);
    let named = keys::named_column(term);
    let collation = keys::collation(&term.value).map(|name| Arc::clone(&name.name));
    let kind = match &named {
        Some(named) => match table.column_index(&named.name) {
            Some(position) => IndexKind::Column(position),
            // The engine indexes the column that is the rowid under its own name.
            None if names::is_rowid(&named.name) && table.has_rowid() => table
                .rowid_alias()
                .map_or(IndexKind::Rowid, IndexKind::Column),
            None => IndexKind::Expression(tokens::normal_text(tokens, term.value.span)),
        },
        None => IndexKind::Expression(tokens::normal_text(tokens, term.value.span)),
    };
    IndexColumn {
        kind,
        collation,
        order,
    }
}
