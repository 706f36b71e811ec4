//! What reads a column whose type changes: the engine prints constraints, indexes and statistics before the change, and reads
//! them again after all changes of types of the statement (`ATPostAlterTypeCleanup`).

use crate::errors::postgres::{alter as errors, indexes, tables};
use crate::postgres::ast::{
    AlterTableAction, AlterTableActionKind as Kind, Expr, Ident, OperatorName,
};
use crate::postgres::catalog::{
    Address, Class, Constraint, ConstraintKind, Index, IndexKey, IndexTerm, Relation, Statistics,
};
use crate::postgres::replay::Replay;
use crate::postgres::resolve::{self, Context, Place, Rows};
use crate::postgres::tree;
use crate::postgres::types::{Objects as _, Oid, Typing, ValueType};
use crate::postgres::{parse, print};
use crate::text::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Something that reads a column whose type changes, as it was before.
#[derive(Debug)]
pub(super) struct Reader {
    object: Address,
    was: Printed,
    /// The type that is written.
    span: Span,
}

#[derive(Debug)]
enum Printed {
    /// A condition.
    Check(String),
    /// Its columns are all that is known of it by name.
    ForeignKey,
    Index {
        keys: Vec<PrintedKey>,
        predicate: Option<String>,
    },
    /// Expressions.
    Statistics(Vec<String>),
}

/// What of a key is printed: what a key has anyway is not.
#[derive(Debug)]
struct PrintedKey {
    /// The expression, if it is one.
    expression: Option<String>,
    has_class: bool,
    has_collation: bool,
}

impl Replay {
    /// Prints what reads the columns whose types a statement changes.
    pub(super) fn readers_of_types(
        &self,
        relation: &Relation,
        only: bool,
        actions: &[&AlterTableAction],
    ) -> Vec<Reader> {
        let mut seen = BTreeSet::new();
        let mut readers = Vec::new();
        for action in actions {
            let Kind::SetType {
                column, type_name, ..
            } = &action.kind
            else {
                continue;
            };
            let Some(column) = relation.column(&column.name) else {
                continue;
            };
            for (table, number) in self.same_column(relation, column.number, only) {
                let edges = self.catalog.dependencies.on(Address::column(table, number));
                for (dependent, _, _) in edges {
                    if seen.insert(dependent)
                        && let Some(was) = self.printed(dependent)
                    {
                        readers.push(Reader {
                            object: dependent,
                            was,
                            span: type_name.span,
                        });
                    }
                }
                for index in self.indexes_of_keys(table, number) {
                    let object = Address::relation(index);
                    if seen.insert(object)
                        && let Some(was) = self.printed(object)
                    {
                        let span = type_name.span;
                        readers.push(Reader { object, was, span });
                    }
                }
            }
        }
        // Indexes first: foreign keys look for theirs.
        readers.sort_by_key(|reader| (reader.object.class != Class::Relation, reader.object));
        readers
    }

    /// The indexes of constraints on a column, which depend on it through these only.
    fn indexes_of_keys(&self, table: Oid, number: i16) -> Vec<Oid> {
        let indexes = self.catalog.relation(table).map(|it| it.indexes.clone());
        let mut indexes = indexes.unwrap_or_default();
        indexes.retain(|oid| {
            let index = self.catalog.relation(*oid).and_then(|it| it.index());
            index.is_some_and(|index| {
                let mut keys = index.keys.iter();
                index.constraint.is_some() && keys.any(|key| key.term.column() == Some(number))
            })
        });
        indexes
    }

    fn printed(&self, object: Address) -> Option<Printed> {
        let catalog = &self.catalog;
        let text = |expression: &tree::Expr, table: Oid| {
            print::expression(catalog, expression, Some(table))
        };
        match object.class {
            Class::Constraint => {
                let constraint = catalog.constraints.get(object.oid)?;
                match &constraint.kind {
                    ConstraintKind::Check {
                        condition: Some(condition),
                        ..
                    } => Some(Printed::Check(text(condition, constraint.on.table()?))),
                    ConstraintKind::ForeignKey(_) => Some(Printed::ForeignKey),
                    ConstraintKind::Check {
                        condition: None, ..
                    }
                    | ConstraintKind::NotNull { .. }
                    | ConstraintKind::PrimaryKey(_)
                    | ConstraintKind::Unique(_)
                    | ConstraintKind::Exclude { .. }
                    | ConstraintKind::Trigger => None,
                }
            }
            Class::Relation => {
                let index = catalog.relation(object.oid)?.index()?;
                let table = catalog.relation(index.table)?;
                let keys = index.keys.iter().map(|key| {
                    let typed = type_of(key, table);
                    let class = catalog.default_operator_class(typed.oid, index.method);
                    PrintedKey {
                        expression: match &key.term {
                            IndexTerm::Expression(expression) => {
                                Some(text(expression, index.table))
                            }
                            IndexTerm::Column(_) => None,
                        },
                        has_class: class.is_none_or(|class| class.oid != key.class),
                        has_collation: key.collation != typed.collation,
                    }
                });
                let predicate = index.predicate.as_deref();
                Some(Printed::Index {
                    keys: keys.collect(),
                    predicate: predicate.map(|it| text(it, index.table)),
                })
            }
            Class::Statistics => {
                let statistics = catalog.statistics.get(object.oid)?;
                let expressions = statistics.expressions.iter();
                let texts = expressions.map(|it| text(it, statistics.table));
                Some(Printed::Statistics(texts.collect()))
            }
            _ => None,
        }
    }

    /// Reads again what reads columns whose types have changed. What does not fit the new types is reported, and left as it
    /// was.
    pub(super) fn read_again(&mut self, readers: Vec<Reader>) {
        let indexes = readers.iter().map(|it| it.object);
        let indexes: Vec<Oid> = indexes
            .filter(|it| it.class == Class::Relation)
            .map(|it| it.oid)
            .collect();
        let type_span = readers.first().map(|it| it.span);
        for Reader { object, was, span } in readers {
            let first = self.diagnostics.len();
            self.read_one_again(object, was, span);
            let mistakes: Vec<_> = self.diagnostics.drain(first..).collect();
            // It may fail for one reason in several places.
            if let Some(mistake) = mistakes.first() {
                let what = self.catalog.describe(object);
                let declared = self.declared(object);
                let diagnostic = errors::does_not_fit(&what, &mistake.message, span, declared);
                self.report(diagnostic);
            }
        }
        if let Some(span) = type_span {
            self.name_indexes_anew(&indexes, span);
        }
    }

    fn read_one_again(&mut self, object: Address, was: Printed, span: Span) -> Option<()> {
        match was {
            Printed::Check(text) => {
                let constraint = Constraint::clone(self.catalog.constraints.get(object.oid)?);
                let table = self.relation_of(constraint.on.table()?)?;
                let condition = self.printed_expression(&text, span)?;
                let condition = self.check_expression(&table, &condition)?;
                let columns = match &constraint.kind {
                    ConstraintKind::Check { columns, .. } => columns.clone(),
                    _ => return None,
                };
                let condition = Some(condition);
                self.catalog.replace_constraint(Constraint {
                    kind: ConstraintKind::Check { condition, columns },
                    ..constraint
                });
            }
            Printed::ForeignKey => {
                let constraint = Constraint::clone(self.catalog.constraints.get(object.oid)?);
                let mut key = constraint.kind.foreign_key()?.clone();
                let table = self.relation_of(constraint.on.table()?)?;
                let referenced = self.relation_of(key.table)?;
                key.operators = self.key_operators(
                    (&table, &key.columns),
                    (&referenced, &key.referenced),
                    key.index,
                    (&[], span),
                )?;
                self.catalog.replace_constraint(Constraint {
                    kind: ConstraintKind::ForeignKey(key),
                    ..constraint
                });
            }
            Printed::Index { keys, predicate } => {
                let relation = self.relation_of(object.oid)?;
                let mut index = relation.index()?.clone();
                let table = self.relation_of(index.table)?;
                for (key, was) in index.keys.iter_mut().zip(&keys) {
                    self.key_again(key, was, &table, index.method, span)?;
                }
                if let Some(predicate) = predicate {
                    let predicate = self.printed_expression(&predicate, span)?;
                    index.predicate = Some(self.index_predicate(index.table, &predicate)?);
                }
                self.exclusion_again(&index, span)?;
                let keys = index.keys.iter().map(|key| type_of(key, &table));
                let typed: Vec<(i16, ValueType)> = (1..).zip(keys).collect();
                self.catalog.replace_index(object.oid, index);
                for (number, typed) in typed {
                    self.catalog
                        .change_column(object.oid, number, |it| it.typed = typed);
                }
            }
            Printed::Statistics(texts) => {
                let mut statistics = Statistics::clone(self.catalog.statistics.get(object.oid)?);
                let table = self.relation_of(statistics.table)?;
                statistics.expressions.clear();
                for text in texts {
                    let place = Place {
                        context: Context::StatisticsExpression,
                        rows: Rows::Of(&table),
                        span,
                    };
                    let expression = self.printed_expression(&text, span)?;
                    let resolved = resolve::expression(self.environment(), place, &expression);
                    let resolved = self.settled(resolved)?;
                    statistics.expressions.push(Arc::new(resolved));
                }
                self.catalog.dependencies.forget(object);
                self.put_statistics(statistics);
            }
        }
        Some(())
    }

    /// What has been printed, as a tree whose every token stands where the new type is written.
    fn printed_expression(&self, text: &str, span: Span) -> Option<Expr> {
        parse::printed_expression(text, span, u32::from(self.catalog.version))
    }

    fn key_again(
        &mut self,
        key: &mut IndexKey,
        was: &PrintedKey,
        table: &Relation,
        method: Oid,
        span: Span,
    ) -> Option<()> {
        if let Some(text) = &was.expression {
            let expression = self.printed_expression(text, span)?;
            key.term =
                IndexTerm::Expression(self.index_expression(table.oid, &expression, span)?);
        }
        let typed = type_of(key, table);
        if !was.has_class {
            key.class = self.operator_class(None, typed.oid, method, span)?;
        } else {
            let class = self.catalog.operator_class(key.class)?;
            let (name, input) = (class.name.to_string(), class.input);
            if !Typing::new(&self.catalog).is_binary_coercible(typed.oid, input) {
                let of = self.catalog.type_text(typed.oid);
                self.report(indexes::class_of_other_type(&name, &of, span));
                return None;
            }
        }
        if !was.has_collation {
            key.collation = typed.collation;
        } else if typed.collation.is_none() {
            let of = self.catalog.type_text(typed.oid);
            self.report(tables::no_collations(&of, span));
            return None;
        }
        Some(())
    }

    /// The operators of EXCLUDE for the new types of its keys.
    fn exclusion_again(&mut self, index: &Index, span: Span) -> Option<()> {
        let Some(constraint) = index.constraint.filter(|_| index.exclusion) else {
            return Some(());
        };
        let mut constraint = Constraint::clone(self.catalog.constraints.get(constraint)?);
        let ConstraintKind::Exclude { operators, .. } = &mut constraint.kind else {
            return Some(());
        };
        let table = self.relation_of(index.table)?;
        for (operator, key) in operators.iter_mut().zip(&index.keys) {
            let found = self.catalog.operator(*operator)?;
            let schema = self.catalog.namespace_name(found.namespace)?;
            let name = OperatorName {
                catalog: None,
                schema: Some(Ident {
                    name: schema.into(),
                    quoted: true,
                    span,
                }),
                name: (&*found.name).into(),
                span,
            };
            *operator = self.exclusion_operator(&name, key, type_of(key, &table).oid)?;
        }
        self.catalog.replace_constraint(constraint);
        Some(())
    }
}

/// The type of what a key compares.
fn type_of(key: &IndexKey, table: &Relation) -> ValueType {
    match &key.term {
        IndexTerm::Column(number) => table
            .column_at(*number)
            .map_or(tree::UNKNOWN, |column| column.typed),
        IndexTerm::Expression(expression) => expression.value_type(),
    }
}
