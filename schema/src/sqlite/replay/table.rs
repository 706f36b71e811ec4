//! A table read from the parts of its definition, as `build.c` of the engine does it.
//!
//! Expressions are not looked into here: what their names refer to is for `resolve` to say.

use super::keys::{self, KeyIndex, Term};
use super::{defaults, options, tokens, types, values};
use crate::catalog::Provenance;
use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::definitions as errors;
use crate::sqlite::ast::{
    ColumnConstraint, ColumnConstraintKind, ColumnDefinition, Deferrable, Expr,
    ForeignKeyReference, GeneratedColumnKind, IndexedTerm, SortOrder, Statement, StatementKind,
    TableBody, TableConstraint, TableConstraintKind, TableOption,
};
use crate::sqlite::catalog::{
    Check, Column, DefaultValue, Definition, ForeignKey, Generated, GeneratedKind, PrimaryKey,
    Table, TableKind,
};
use crate::text::{Ident, Span, Token};
use std::collections::BTreeSet;
use std::sync::Arc;

/// `SQLITE_MAX_COLUMN`.
const MAX_COLUMNS: usize = 2000;

/// The parts of a definition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts<'a> {
    /// The table's name.
    pub(super) name: &'a Ident,
    pub(super) columns: &'a [ColumnDefinition],
    pub(super) constraints: &'a [TableConstraint],
    pub(super) options: &'a [TableOption],
    /// The tokens that the parts were parsed from.
    pub(super) tokens: &'a [Token],
}

impl<'a> Parts<'a> {
    /// The parts of a CREATE TABLE with columns.
    pub(super) fn of(statement: &'a Statement, tokens: &'a [Token]) -> Option<Parts<'a>> {
        let StatementKind::CreateTable(create) = &statement.kind else {
            return None;
        };
        let TableBody::Columns {
            columns,
            constraints,
            options,
        } = &create.body
        else {
            return None;
        };
        Some(Parts {
            name: &create.name.name,
            columns,
            constraints,
            options,
            tokens,
        })
    }
}

/// A table, and what the engine refuses of its definition.
#[derive(Debug)]
pub(super) struct Built {
    pub(super) table: Table,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Reads a table. What is wrong is left out of it, so that the rest can be used.
pub(super) fn build(parts: Parts<'_>, definition: Definition) -> Built {
    let end_of_columns = parts.columns.last().map_or(0, |last| last.end.0 as usize);
    let table = Table {
        name: Arc::clone(&parts.name.name),
        kind: TableKind::Ordinary,
        strict: false,
        without_rowid: false,
        columns: Vec::with_capacity(parts.columns.len()),
        primary_key: None,
        unique: Vec::new(),
        checks: Vec::new(),
        foreign_keys: Vec::new(),
        incomplete: false,
        definition,
        tokens_after_columns: parts.tokens.len().saturating_sub(end_of_columns),
        provenance: Provenance::new(parts.name.span),
        place: 0,
    };
    let mut builder = Builder::new(table, parts.tokens, parts.options);
    for column in parts.columns {
        builder.column(column);
    }
    for constraint in parts.constraints {
        builder.constraint(constraint);
    }
    builder.finish(parts.name.span)
}

/// The table with one column more behind its last, as reading the edited `definition` would give it; none where that has
/// to be read to know. `tokens` are those from which the column was parsed.
///
/// A table that grows by a column a time would else be read again as a whole each time.
pub(super) fn with_column(
    table: &Table,
    column: &ColumnDefinition,
    tokens: &[Token],
    definition: &Definition,
) -> Option<Built> {
    // In double quotes there may be strings that are the column's name from now on.
    let is_open = table.incomplete || table.definition.may_hold_strings();
    if is_open || table.columns.len() >= MAX_COLUMNS {
        return None;
    }
    for constraint in &column.constraints {
        match constraint.kind {
            ColumnConstraintKind::PrimaryKey { .. } | ColumnConstraintKind::Unique { .. } => {
                return None;
            }
            // They come before those of the table.
            ColumnConstraintKind::Check(_)
            | ColumnConstraintKind::References(_)
            | ColumnConstraintKind::Deferrable(_)
                if table.has_constraints() =>
            {
                return None;
            }
            ColumnConstraintKind::Default { .. }
            | ColumnConstraintKind::Null { .. }
            | ColumnConstraintKind::NotNull { .. }
            | ColumnConstraintKind::Check(_)
            | ColumnConstraintKind::References(_)
            | ColumnConstraintKind::Deferrable(_)
            | ColumnConstraintKind::Collate(_)
            | ColumnConstraintKind::Generated { .. }
            | ColumnConstraintKind::NameOnly => {}
        }
    }
    let table = Table {
        definition: definition.clone(),
        ..table.clone()
    };
    let mut builder = Builder::new(table, tokens, &[]);
    builder.column(column);
    Some(builder.finish(column.span))
}

struct Builder<'a> {
    tokens: &'a [Token],
    /// The indexes that PRIMARY KEY and UNIQUE make, in the order in which they were written.
    keys: Vec<KeyIndex>,
    /// CHECK constraints may name columns that are defined after them.
    checks: Vec<(Option<&'a Ident>, &'a Expr, Span)>,
    options: &'a [TableOption],
    autoincrement: Option<Span>,
    /// The folded names of the columns so far.
    named: BTreeSet<String>,
    diagnostics: Vec<Diagnostic>,
    table: Table,
}

impl<'a> Builder<'a> {
    fn new(table: Table, tokens: &'a [Token], options: &'a [TableOption]) -> Builder<'a> {
        Builder {
            tokens,
            keys: Vec::new(),
            checks: Vec::new(),
            options,
            autoincrement: None,
            named: BTreeSet::new(),
            diagnostics: Vec::new(),
            table,
        }
    }

    fn column(&mut self, definition: &'a ColumnDefinition) {
        if self.table.columns.len() == MAX_COLUMNS {
            // Those after it are the same mistake.
            if !self.table.incomplete {
                let span = definition.name.span;
                self.diagnostics
                    .push(errors::too_many_columns(&self.table.name, span));
                self.table.incomplete = true;
            }
            return;
        }
        if !self.named.insert(definition.name.name.to_ascii_lowercase()) {
            let first = self.table.column_index(&definition.name.name);
            let first = first.and_then(|index| self.table.columns.get(index));
            let diagnostic = errors::duplicate_column(&definition.name, first);
            self.diagnostics.push(diagnostic);
            return;
        }
        let declared_type = definition
            .type_name
            .as_ref()
            .map(|name| types::reported(&name.text))
            .unwrap_or_default();
        let position = self.table.columns.len();
        self.table.columns.push(Column {
            name: Arc::clone(&definition.name.name),
            affinity: types::affinity(&declared_type),
            declared_type: declared_type.into(),
            not_null: false,
            default: None,
            generated: None,
            collation: None,
            hidden: false,
            unindexed: false,
            span: definition.span,
            provenance: Provenance::new(definition.span),
        });
        for constraint in &definition.constraints {
            self.column_constraint(position, constraint);
        }
    }

    fn column_constraint(&mut self, position: usize, constraint: &'a ColumnConstraint) {
        let span = constraint.span;
        match &constraint.kind {
            ColumnConstraintKind::Default { value, text, .. } => {
                self.default(position, value, text);
            }
            ColumnConstraintKind::NotNull { .. } => {
                if let Some(column) = self.table.columns.get_mut(position) {
                    column.not_null = true;
                }
            }
            ColumnConstraintKind::PrimaryKey {
                order,
                conflict,
                autoincrement,
            } => {
                let term = Term::column(position);
                let is_descending = *order == Some(SortOrder::Descending);
                let key = KeyIndex {
                    terms: vec![term],
                    primary: true,
                    name: name_of(constraint.name.as_ref()),
                    conflict: *conflict,
                    span,
                };
                self.primary_key(key, is_descending, *autoincrement);
            }
            ColumnConstraintKind::Unique { conflict } => {
                let key = KeyIndex {
                    terms: vec![Term::column(position)],
                    primary: false,
                    name: name_of(constraint.name.as_ref()),
                    conflict: *conflict,
                    span,
                };
                self.keys.push(key);
            }
            ColumnConstraintKind::Check(value) => {
                self.checks.push((constraint.name.as_ref(), value, span));
            }
            ColumnConstraintKind::References(reference) => {
                self.column_foreign_key(position, constraint.name.as_ref(), reference);
            }
            ColumnConstraintKind::Deferrable(deferrable) => self.defer(*deferrable),
            ColumnConstraintKind::Collate(collation) => {
                if let Some(column) = self.table.columns.get_mut(position) {
                    column.collation = Some(Arc::clone(&collation.name));
                }
            }
            ColumnConstraintKind::Generated { value, kind } => {
                self.generated(position, value, kind, span);
            }
            ColumnConstraintKind::Null { .. } | ColumnConstraintKind::NameOnly => {}
        }
    }

    fn default(&mut self, position: usize, value: &Expr, text: &str) {
        let Some(column) = self.table.columns.get_mut(position) else {
            return;
        };
        if column.generated.is_some() {
            let diagnostic = errors::default_on_generated(&column.name, value.span);
            self.diagnostics.push(diagnostic);
            return;
        }
        column.default = Some(DefaultValue {
            text: text.to_owned(),
            expression: defaults::expression(value, self.tokens),
            span: value.span,
            constant: defaults::is_constant(value),
            null: defaults::is_null(value),
            classes: defaults::classes(value, column.affinity),
        });
    }

    fn generated(&mut self, position: usize, value: &Expr, kind: &GeneratedColumnKind, span: Span) {
        let Some(column) = self.table.columns.get_mut(position) else {
            return;
        };
        // A column has one expression, and DEFAULT takes its place.
        if column.default.is_some() || column.generated.is_some() {
            let diagnostic = errors::second_expression(&column.name, span);
            self.diagnostics.push(diagnostic);
            return;
        }
        let kind = match kind {
            GeneratedColumnKind::Virtual => GeneratedKind::Virtual,
            GeneratedColumnKind::Stored => GeneratedKind::Stored,
            GeneratedColumnKind::Unknown(word) => {
                self.diagnostics.push(errors::unknown_generated_kind(word));
                GeneratedKind::Virtual
            }
        };
        column.generated = Some(Generated {
            kind,
            expression: tokens::normal_text(self.tokens, value.span),
            span: value.span,
        });
        let key = self.table.primary_key.as_ref();
        if key.is_some_and(|key| key.columns.contains(&position)) {
            let diagnostic = errors::generated_primary_key(&column.name, span);
            self.diagnostics.push(diagnostic);
        }
    }

    fn constraint(&mut self, constraint: &'a TableConstraint) {
        let span = constraint.span;
        let name = constraint.name.as_ref();
        match &constraint.kind {
            TableConstraintKind::PrimaryKey {
                terms,
                autoincrement,
                conflict,
            } => {
                if let Some(terms) = self.terms(terms) {
                    let key = KeyIndex {
                        terms,
                        primary: true,
                        name: name_of(name),
                        conflict: *conflict,
                        span,
                    };
                    self.primary_key(key, false, *autoincrement);
                } else if self.table.primary_key.is_none() {
                    // So that a WITHOUT ROWID table does not lack one as well.
                    self.set_primary_key(&KeyIndex {
                        terms: Vec::new(),
                        primary: true,
                        name: name_of(name),
                        conflict: None,
                        span,
                    });
                }
            }
            TableConstraintKind::Unique { terms, conflict } => {
                if let Some(terms) = self.terms(terms) {
                    self.keys.push(KeyIndex {
                        terms,
                        primary: false,
                        name: name_of(name),
                        conflict: *conflict,
                        span,
                    });
                }
            }
            TableConstraintKind::Check { value, .. } => self.checks.push((name, value, span)),
            TableConstraintKind::ForeignKey {
                columns,
                reference,
                deferrable,
            } => self.table_foreign_key(name, columns, reference, *deferrable, span),
            TableConstraintKind::NameOnly => {}
        }
    }

    /// The columns of a PRIMARY KEY or UNIQUE constraint; none if one of them is not there.
    fn terms(&mut self, terms: &[IndexedTerm]) -> Option<Vec<Term>> {
        let mut found = Vec::with_capacity(terms.len());
        for term in terms {
            match keys::term(&self.table, term) {
                Ok(term) => found.push(term),
                Err(diagnostic) => self.diagnostics.push(*diagnostic),
            }
        }
        (found.len() == terms.len()).then_some(found)
    }

    fn primary_key(&mut self, key: KeyIndex, is_descending: bool, autoincrement: Option<Span>) {
        if let Some(first) = &self.table.primary_key {
            let diagnostic = errors::second_primary_key(&self.table.name, key.span, first.span);
            self.diagnostics.push(diagnostic);
            return;
        }
        for term in &key.terms {
            let column = self.table.columns.get(term.column);
            if let Some(column) = column.filter(|column| column.generated.is_some()) {
                let diagnostic = errors::generated_primary_key(&column.name, key.span);
                self.diagnostics.push(diagnostic);
            }
        }
        let column = match key.terms.as_slice() {
            [term] => self.table.columns.get(term.column),
            _ => None,
        };
        let is_integer = column.is_some_and(|column| &*column.declared_type == "INTEGER");
        let rowid_alias = is_integer && !is_descending;
        if let (false, Some(span)) = (rowid_alias, autoincrement) {
            let diagnostic = errors::autoincrement_without_integer(span, column, is_descending);
            self.diagnostics.push(diagnostic);
        }
        self.set_primary_key(&key);
        if let Some(primary_key) = &mut self.table.primary_key {
            // Who writes AUTOINCREMENT means the rowid: that it is none is one mistake, and its NULLs are not another.
            primary_key.rowid_alias = rowid_alias || autoincrement.is_some();
            primary_key.autoincrement = rowid_alias && autoincrement.is_some();
        }
        self.autoincrement = autoincrement;
        if !rowid_alias {
            self.keys.push(key);
        }
    }

    fn set_primary_key(&mut self, key: &KeyIndex) {
        self.table.primary_key = Some(PrimaryKey {
            columns: key.terms.iter().map(|term| term.column).collect(),
            rowid_alias: false,
            autoincrement: false,
            name: key.name.clone(),
            collations: Vec::new(),
            conflict: key.conflict,
            span: key.span,
        });
    }

    fn column_foreign_key(
        &mut self,
        position: usize,
        name: Option<&Ident>,
        reference: &ForeignKeyReference,
    ) {
        if reference.columns.len() > 1 {
            let column = self.table.columns.get(position);
            let diagnostic = errors::foreign_key_of_one_column(column, reference);
            self.diagnostics.push(diagnostic);
            return;
        }
        self.foreign_key(vec![position], name, reference, None, reference.span);
    }

    fn table_foreign_key(
        &mut self,
        name: Option<&Ident>,
        columns: &[Ident],
        reference: &ForeignKeyReference,
        deferrable: Option<Deferrable>,
        span: Span,
    ) {
        if !reference.columns.is_empty() && reference.columns.len() != columns.len() {
            let diagnostic = errors::foreign_key_width(columns, reference);
            self.diagnostics.push(diagnostic);
            return;
        }
        let mut positions = Vec::with_capacity(columns.len());
        for column in columns {
            match self.table.column_index(&column.name) {
                Some(position) => positions.push(position),
                None => {
                    let diagnostic =
                        errors::unknown_key_column(&self.table, &column.name, column.span);
                    self.diagnostics.push(diagnostic);
                }
            }
        }
        if positions.len() == columns.len() {
            self.foreign_key(positions, name, reference, deferrable, span);
        }
    }

    fn foreign_key(
        &mut self,
        columns: Vec<usize>,
        name: Option<&Ident>,
        reference: &ForeignKeyReference,
        deferrable: Option<Deferrable>,
        span: Span,
    ) {
        self.table.foreign_keys.push(ForeignKey {
            columns,
            table: Arc::clone(&reference.table.name),
            references: reference
                .columns
                .iter()
                .map(|column| Arc::clone(&column.name))
                .collect(),
            on_delete: reference.on_delete,
            on_update: reference.on_update,
            deferrable,
            name: name_of(name),
            table_span: reference.table.span,
            span,
        });
    }

    /// The engine gives the clause to the last foreign key of the table, be it of another column.
    fn defer(&mut self, deferrable: Deferrable) {
        if let Some(key) = self.table.foreign_keys.last_mut() {
            key.deferrable = Some(deferrable);
        }
    }

    /// What is wrong with the table as a whole is said at `span`.
    fn finish(mut self, span: Span) -> Built {
        for (constraint, value, span) in self.checks {
            let one_of = values::one_of(&self.table, value);
            self.table.checks.push(Check {
                name: name_of(constraint),
                expression: tokens::normal_text(self.tokens, value.span),
                one_of,
                span,
            });
        }
        let strict = options::apply(
            &mut self.table,
            self.options,
            self.autoincrement,
            &mut self.diagnostics,
        );
        if strict {
            options::enforce_strict_types(&mut self.table, &mut self.diagnostics);
        }
        keys::settle(&mut self.table, self.keys, &mut self.diagnostics);
        let generated = |column: &Column| column.generated.is_some();
        if !self.table.columns.is_empty() && self.table.columns.iter().all(generated) {
            self.diagnostics
                .push(errors::only_generated(&self.table.name, span));
        }
        Built {
            table: self.table,
            diagnostics: self.diagnostics,
        }
    }
}

fn name_of(name: Option<&Ident>) -> Option<Arc<str>> {
    name.map(|name| Arc::clone(&name.name))
}
