//! RENAME COLUMN.

use super::dependants::{Object, Rewritten, foreign_keys, refers_to_table, requote, tokens_of};
use super::{Altered, Moment};
use crate::catalog::{ChangeKind, Key};
use crate::errors::sqlite::{alter as errors, definitions};
use crate::sqlite::ast::{IndexedTerm, StatementKind, TableConstraintKind};
use crate::sqlite::catalog::{Definition, DepartedKind, Departure, ObjectPath, Table};
use crate::sqlite::replay::table::Parts;
use crate::sqlite::replay::tokens::{self, Edits};
use crate::sqlite::replay::{Replay, keys, names};
use crate::sqlite::resolve::{Clause, Reference, Target};
use crate::sqlite::split::RawStatement;
use crate::text::{Ident, IdentQuote, Span, Token, TokenIndex};
use std::sync::Arc;
use tablature_lexer::TokenKind;

/// The column that is renamed.
struct Renamed<'a> {
    path: &'a ObjectPath,
    column: usize,
    from: Key,
    to: &'a Ident,
    /// The new name as the statement has it.
    token: &'a Token,
}

impl Replay {
    pub(super) fn rename_column(
        &mut self,
        raw: &RawStatement,
        altered: &Altered,
        from: &Ident,
        to: &Ident,
    ) {
        let Altered { path, table } = altered;
        let Some(column) = self.column_of(altered, from) else {
            return self.rename_meant_column(raw, altered, from, to);
        };
        if table.has_rowid() {
            for name in [from, to] {
                if names::is_rowid(&name.name) {
                    return self.report(errors::rowid_name(name));
                }
            }
        }
        if self.explained {
            return;
        }
        if let Some(taken) = table.column_index(&to.name)
            && taken != column
        {
            return self.report(definitions::duplicate_column(to, table.columns.get(taken)));
        }
        let sound = self.schema_is_sound(path, Moment::Before, from.span)
            && !self.refuses_index_strings(path.database, from.span);
        self.tell_strings(path.database, true);
        let Some(token) = raw.tokens.get(to.token.0 as usize) else {
            return;
        };
        let renamed = Renamed {
            path,
            column,
            from: Key::new(&from.name),
            to,
            token,
        };
        if let Some(unique) = self.named_before_key(&renamed, table) {
            return self.report(errors::named_before_key(from, unique));
        }
        let rewritten = self.with_new_column_name(&renamed);
        self.rewrite(rewritten, path, to.span);
        self.record_rename(altered, column, to);
        self.tell_strings(path.database, false);
        if sound && !self.settings.legacy_alter_table {
            self.schema_is_sound(path, Moment::After, from.span);
        }
    }

    fn record_rename(&mut self, altered: &Altered, column: usize, to: &Ident) {
        let path = &altered.path;
        let old = altered.table.columns.get(column);
        let (Some(old), Some(table)) = (old, self.table_at(path)) else {
            return;
        };
        let mut table = Table::clone(table);
        let change = ChangeKind::ColumnRenamed {
            from: Arc::clone(&old.name),
            to: Arc::clone(&to.name),
        };
        table.provenance = table.provenance.with(to.span, change);
        let change = ChangeKind::RenamedFrom(Arc::clone(&old.name));
        if let Some(column) = table.columns.get_mut(column) {
            column.provenance = column.provenance.clone().with(to.span, change);
        }
        self.put_table(path.database, table);
        let kind = DepartedKind::Column {
            table: path.key.clone(),
        };
        self.name_given(kind.clone(), path.database, Key::new(&to.name));
        let departure = Departure::RenamedTo(Arc::clone(&to.name));
        let key = Key::new(&old.name);
        self.depart(kind, path.database, key, departure, to.span);
    }

    /// Every definition that names the column, with its new name.
    fn with_new_column_name(&self, renamed: &Renamed<'_>) -> Rewritten {
        let path = renamed.path;
        let mut rewritten = Rewritten::default();
        for (other, found) in self.tables_in(path.database) {
            let edits = self.table_edits(renamed, &other, &found);
            rewritten.edit(Object::Table(other), &found.definition, &edits);
        }
        let content = self.catalog.databases.get(path.database);
        for (key, index) in content.into_iter().flat_map(|it| it.indexes.iter()) {
            let of_it = index.table == path.key;
            if !of_it && !index.definition.may_hold_strings() {
                continue;
            }
            let owner = ObjectPath {
                database: path.database,
                key: index.table.clone(),
            };
            let Some(owner) = self.table_at(&owner) else {
                continue;
            };
            let resolution = self.resolve_index(path.database, owner, &index.definition);
            let mut edits = Edits::default();
            if of_it {
                let named = self.named_terms(&index.definition, renamed);
                let referring = tokens_of(&resolution.references, |it| refers_to(it, renamed));
                renamed.write(&index.definition, referring.chain(named), &mut edits);
            }
            requote(&index.definition, &resolution, &mut edits);
            let object = Object::Index(path.database, key.clone());
            rewritten.edit(object, &index.definition, &edits);
        }
        for body in self.bodies_near(path.database) {
            let Some(definition) = self.definition_of(&body) else {
                continue;
            };
            let is_near = self.mentions(&body, &path.key);
            if !is_near && !definition.may_hold_strings() {
                continue;
            }
            let resolution = self.resolve_body(&body).unwrap_or_default();
            let mut edits = Edits::default();
            let referring = tokens_of(&resolution.references, |it| refers_to(it, renamed));
            renamed.write(definition, referring, &mut edits);
            requote(definition, &resolution, &mut edits);
            rewritten.edit(Object::Body(body.clone()), definition, &edits);
        }
        rewritten
    }

    /// The UNIQUE constraint in which the engine forgets to rename the rowid's column: one that stands before the PRIMARY KEY
    /// which makes it the rowid (`renameColumnFunc` looks for the rowid there, and finds a column).
    fn named_before_key(&self, renamed: &Renamed<'_>, table: &Table) -> Option<Span> {
        table.rowid_alias().filter(|it| *it == renamed.column)?;
        let parsed = self.parsed(&table.definition)?;
        let parts = Parts::of(parsed, &table.definition.tokens)?;
        let mut constraints = parts.constraints.iter();
        let key =
            |kind: &TableConstraintKind| matches!(kind, TableConstraintKind::PrimaryKey { .. });
        let key = constraints.position(|constraint| key(&constraint.kind))?;
        let mut before = parts.constraints.iter().take(key);
        let unique = before.find(|constraint| match &constraint.kind {
            TableConstraintKind::Unique { terms, .. } => {
                !term_tokens(terms, parts.tokens, renamed).is_empty()
            }
            _ => false,
        })?;
        Some(unique.span)
    }

    fn table_edits(&self, renamed: &Renamed<'_>, path: &ObjectPath, table: &Table) -> Edits {
        let mut edits = Edits::default();
        let is_it = path == renamed.path;
        let refers = refers_to_table(table, &renamed.path.key);
        if !is_it && !refers && !table.definition.may_hold_strings() {
            return edits;
        }
        let Some(parsed) = self.parsed(&table.definition) else {
            return edits;
        };
        let Some(parts) = Parts::of(parsed, &table.definition.tokens) else {
            return edits;
        };
        let mut named = Vec::new();
        let is_old = |name: &Ident| Key::new(&name.name) == renamed.from;
        for reference in foreign_keys(&parts) {
            if Key::new(&reference.table.name) == renamed.path.key {
                let columns = reference.columns.iter().filter(|name| is_old(name));
                named.extend(columns.map(|name| name.token));
            }
        }
        let resolution = self.resolve_table(path, table);
        if is_it {
            named.extend(own_tokens(&parts, renamed));
            named.extend(tokens_of(&resolution.references, |it| {
                refers_to(it, renamed)
            }));
        }
        renamed.write(&table.definition, named.into_iter(), &mut edits);
        requote(&table.definition, &resolution, &mut edits);
        edits
    }

    /// The terms of an index that are the column's name, strings among them.
    fn named_terms(&self, definition: &Definition, renamed: &Renamed<'_>) -> Vec<TokenIndex> {
        match self.parsed(definition).map(|statement| &statement.kind) {
            Some(StatementKind::CreateIndex(create)) => {
                term_tokens(&create.terms, &definition.tokens, renamed)
            }
            _ => Vec::new(),
        }
    }
}

impl Renamed<'_> {
    /// Writes the new name: as the statement has it where both are bare, else in double quotes.
    fn write(
        &self,
        definition: &Definition,
        tokens: impl Iterator<Item = TokenIndex>,
        edits: &mut Edits,
    ) {
        for index in tokens {
            let token = definition.tokens.get(index.0 as usize);
            let is_bare = token
                .is_some_and(|token| matches!(token.kind, TokenKind::Word | TokenKind::Keyword(_)));
            if is_bare && self.to.quote == IdentQuote::None {
                edits.like(index, self.token);
            } else {
                edits.quoted_name(index, &self.to.name);
            }
        }
    }
}

/// The tokens of the column in its own table's definition, outside of expressions.
fn own_tokens(parts: &Parts<'_>, renamed: &Renamed<'_>) -> Vec<TokenIndex> {
    let is_old = |name: &&Ident| Key::new(&name.name) == renamed.from;
    let mut named = Vec::new();
    let column = parts.columns.get(renamed.column);
    named.extend(column.map(|column| column.name.token));
    for constraint in parts.constraints {
        match &constraint.kind {
            TableConstraintKind::PrimaryKey { terms, .. }
            | TableConstraintKind::Unique { terms, .. } => {
                named.extend(term_tokens(terms, parts.tokens, renamed));
            }
            TableConstraintKind::ForeignKey { columns, .. } => {
                let columns = columns.iter().filter(is_old);
                named.extend(columns.map(|name| name.token));
            }
            TableConstraintKind::Check { .. } | TableConstraintKind::NameOnly => {}
        }
    }
    named
}

fn term_tokens(terms: &[IndexedTerm], tokens: &[Token], renamed: &Renamed<'_>) -> Vec<TokenIndex> {
    let named = terms.iter().filter_map(keys::named_column);
    named
        .filter(|named| Key::new(&named.name) == renamed.from)
        .filter_map(|named| named.token.or_else(|| tokens::index_at(tokens, named.span)))
        .collect()
}

fn refers_to(reference: &Reference, renamed: &Renamed<'_>) -> bool {
    match &reference.target {
        Target::Column { relation, column } => {
            let is_rewritten = reference.clause != Clause::Using;
            is_rewritten && relation == renamed.path && *column == renamed.column
        }
        Target::Relation(_) => false,
    }
}
