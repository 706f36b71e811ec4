//! Extended statistics.

use super::Replay;
use super::find::Search;
use crate::catalog::Provenance;
use crate::errors::postgres::{objects as object_errors, types as errors};
use crate::postgres::ast::{
    self, AlterStatistics, CreateStatistics, IndexKey, ObjectReference, SchemaWord,
};
use crate::postgres::catalog::{
    Address, Catalog, Class, Dependency, Relation, RelationKind, Statistics,
};
use crate::postgres::replay::Wanted;
use crate::postgres::resolve::{self, Context, Place, Rows};
use std::sync::Arc;

impl Replay {
    pub(super) fn create_statistics(&mut self, create: &CreateStatistics) {
        let relation = match create.from.as_slice() {
            [
                ast::FromItem {
                    kind: ast::FromItemKind::Table { relation, .. },
                    ..
                },
            ] => relation,
            _ => {
                let message = "statistics are of one table";
                return self.report(errors::refused(message, create.span));
            }
        };
        let Some(table) = self.relation_named(&relation.name, Wanted::Table, false) else {
            return;
        };
        let fits = matches!(
            table.kind,
            RelationKind::Table
                | RelationKind::Partitioned(_)
                | RelationKind::Foreign(_)
                | RelationKind::MaterializedView(_)
        );
        if !fits {
            let message = format!(
                "{} has no statistics",
                object_errors::with_article(table.kind.noun())
            );
            return self.report(errors::refused(message, relation.name.span));
        }
        for kind in &create.kinds {
            if !matches!(&*kind.name, "ndistinct" | "dependencies" | "mcv") {
                let message = format!("`{}` is no kind of statistics", kind.name);
                return self.report(errors::refused(message, kind.span));
            }
        }
        let Some((columns, expressions)) = self.statistics_terms(create, &table) else {
            return;
        };
        let count = columns.len() + expressions.len();
        if count < 2 && expressions.is_empty() {
            let message = "statistics need two columns at least, or an expression";
            return self.report(errors::refused(message, create.span));
        }
        let (name, namespace, span) = match &create.name {
            Some(name) => {
                let Some(namespace) = self.schema_of_new(name) else {
                    return;
                };
                (Arc::clone(&name.name.name), namespace, name.span)
            }
            None => {
                let terms = create.terms.iter().map(|(term, _)| match term {
                    IndexKey::Column(name) => Some(&*name.name),
                    IndexKey::Expr(_) => None,
                });
                let namespace = table.namespace;
                let catalog = &self.catalog;
                let name = catalog.choose_statistics_name(&table.name, terms, namespace);
                (name.into(), namespace, create.span)
            }
        };
        if let Some(taken) = self
            .catalog
            .statistics
            .named(Some(namespace), &name)
            .map(|it| it.oid)
        {
            if !create.if_not_exists {
                let declared = self.declared(Address::new(Class::Statistics, taken));
                let noun = "statistics object";
                self.report(object_errors::exists(noun, &name, span, declared));
            }
            return;
        }
        let kinds = statistics_kinds(create, count, !expressions.is_empty());
        let oid = self.catalog.next_oid();
        self.put_statistics(Statistics {
            oid,
            name,
            namespace,
            owner: Catalog::OWNER,
            table: table.oid,
            columns,
            expressions,
            kinds,
            provenance: Some(Provenance::new(span)),
        });
    }

    /// Stores statistics with what they depend on.
    pub(super) fn put_statistics(&mut self, statistics: Statistics) {
        let this = Address::new(Class::Statistics, statistics.oid);
        for column in &statistics.columns {
            let column = Address::column(statistics.table, *column);
            self.catalog
                .dependencies
                .add(this, column, Dependency::Auto);
        }
        for expression in &statistics.expressions {
            let (own, other) = (Dependency::Auto, Dependency::Normal);
            self.catalog
                .depend_on_expression(this, expression, statistics.table, own, other);
        }
        self.put_in_schema(this, statistics.namespace);
        self.catalog.statistics.put(statistics);
    }

    fn statistics_terms(
        &mut self,
        create: &CreateStatistics,
        table: &Relation,
    ) -> Option<(Vec<i16>, Vec<Arc<crate::postgres::tree::Expr>>)> {
        let mut columns: Vec<i16> = Vec::new();
        let mut expressions = Vec::new();
        for (term, span) in &create.terms {
            match term {
                IndexKey::Column(name) => {
                    let number = self.column_named(table, name)?;
                    if columns.contains(&number) {
                        let message = format!("column `{}` is there twice", name.name);
                        self.report(errors::refused(message, name.span));
                        return None;
                    }
                    columns.push(number);
                }
                IndexKey::Expr(expression) => {
                    let place = Place {
                        context: Context::StatisticsExpression,
                        rows: Rows::Of(table),
                        span: *span,
                    };
                    let resolved = resolve::expression(self.environment(), place, expression);
                    let resolved = self.settled(resolved)?;
                    expressions.push(Arc::new(resolved));
                }
            }
        }
        Some((columns, expressions))
    }

    pub(super) fn alter_statistics(&mut self, alter: &AlterStatistics) {
        let reference = ObjectReference::InSchema(SchemaWord::Statistics, alter.name.clone());
        match self.search(&reference) {
            Search::Missing(_) if alter.if_exists => {}
            found => drop(self.settle(found)),
        }
    }
}

/// The kinds of statistics as `stxkind` has them: those that are named, else all that several terms allow.
fn statistics_kinds(create: &CreateStatistics, terms: usize, has_expressions: bool) -> Vec<u8> {
    let is_named = |name: &str| create.kinds.iter().any(|kind| *kind.name == *name);
    let is_wanted = |name: &str| match create.kinds.is_empty() {
        true => terms > 1,
        false => is_named(name),
    };
    [
        (is_wanted("ndistinct"), b'd'),
        (is_wanted("dependencies"), b'f'),
        (is_wanted("mcv"), b'm'),
        (has_expressions, b'e'),
    ]
    .into_iter()
    .filter_map(|(is_so, letter)| is_so.then_some(letter))
    .collect()
}
