//! FROM (`transformFromClause`).

use super::context::Context;
use super::relation::{number_of, tree_alias};
use super::resolver::Resolver;
use super::scope::{Item, Level};
use crate::errors::postgres::queries as errors;
use crate::postgres::ast::{self, FromItemKind};
use crate::postgres::tree::{FromItem, RangeKind, Sample};
use crate::postgres::types::ValueType;
use crate::text::Span;
use std::sync::Arc;

/// An item of FROM, the item that stands for all of it, and all that can be named in it.
pub(super) struct Resolved {
    pub(super) node: FromItem,
    /// What `*` and USING of a join around it mean.
    pub(super) whole: Item,
    /// What names can refer to, `whole` included.
    pub(super) named: Vec<Item>,
}

impl Resolved {
    fn single(item: Item) -> Resolved {
        Resolved {
            node: FromItem::Entry(item.entry),
            named: vec![item.clone()],
            whole: item,
        }
    }
}

impl<'a> Resolver<'a> {
    /// The items of FROM, which become what names of the innermost query can refer to.
    pub(super) fn read_clause(&mut self, items: &'a [ast::FromItem]) -> Vec<FromItem> {
        let mut nodes = Vec::with_capacity(items.len());
        for item in items {
            let mut resolved = self.item_of_from(item);
            self.check_names(&resolved.named, 0);
            for item in &mut resolved.named {
                item.lateral_only = true;
                item.lateral_allowed = true;
            }
            nodes.push(resolved.node);
            self.level_mut().items.append(&mut resolved.named);
        }
        self.end_lateral();
        nodes
    }

    /// From here on all items can be named as usual.
    pub(super) fn end_lateral(&mut self) {
        for item in &mut self.level_mut().items {
            item.lateral_only = false;
            item.lateral_allowed = true;
        }
    }

    /// Two items cannot have one name (`checkNameSpaceConflicts`).
    pub(super) fn check_names(&mut self, added: &[Item], from: usize) {
        let mut mistakes = Vec::new();
        let before = self.level().items.get(from..).unwrap_or_default();
        for item in added.iter().filter(|item| item.name_visible) {
            if let Some(other) = self.conflicting(before, item) {
                mistakes.push(errors::duplicate_table_name(&item.name, item.span, other));
            }
        }
        for mistake in mistakes {
            self.report(mistake);
        }
    }

    fn conflicting(&self, before: &[Item], item: &Item) -> Option<Span> {
        let mut others = before.iter().filter(|it| it.name_visible);
        let found = others.find(|other| {
            // Tables of one name in two schemas do not conflict as long as neither has an alias.
            let one = self.relation_in_from(item);
            let two = self.relation_in_from(other);
            let apart = one.is_some() && two.is_some() && one != two;
            other.name == item.name && !(apart && !item.aliased && !other.aliased)
        });
        found.map(|it| it.span)
    }

    fn relation_in_from(&self, item: &Item) -> Option<crate::postgres::types::Oid> {
        match self.level().range_table.get(item.entry)?.kind {
            RangeKind::Relation { relation, .. } => Some(relation),
            _ => None,
        }
    }

    pub(super) fn item_of_from(&mut self, item: &'a ast::FromItem) -> Resolved {
        match &item.kind {
            FromItemKind::Table {
                relation,
                alias,
                sample,
            } => self.table(relation, alias.as_ref(), sample.as_deref(), item.span),
            FromItemKind::Function { lateral, .. } => {
                let item = self.function_item(item, *lateral);
                Resolved::single(item)
            }
            FromItemKind::XmlTable { table, alias, .. } => {
                let item = self.xml_table(table, alias.as_ref(), item.span);
                Resolved::single(item)
            }
            FromItemKind::Query {
                lateral,
                query,
                alias,
            } => {
                let item = self.subquery_item(query, alias.as_ref(), *lateral, item.span);
                Resolved::single(item)
            }
            FromItemKind::Join {
                kind,
                left,
                right,
                condition,
                alias,
            } => self.join(*kind, left, right, condition, alias.as_ref(), item.span),
        }
    }

    fn table(
        &mut self,
        relation: &'a ast::Relation,
        alias: Option<&'a ast::Alias>,
        sample: Option<&'a ast::TableSample>,
        span: Span,
    ) -> Resolved {
        let name = &relation.name;
        if name.schema.is_none()
            && let Some(item) = self.common_table_item(&name.name, alias, span)
        {
            if let Some(sample) = sample {
                self.report(errors::sample_of_no_table(sample.span));
            }
            return Resolved::single(item);
        }
        let Some(found) = self.relation_named(name) else {
            return Resolved::single(self.unknown_item(&name.name.name, alias, span));
        };
        let columns = alias.map(|alias| (&alias.name, alias.columns.as_slice()));
        let item = self.relation_item(found, columns, relation.only, span, true);
        if let Some(sample) = sample {
            let can_sample = matches!(
                found.kind,
                crate::postgres::catalog::RelationKind::Table
                    | crate::postgres::catalog::RelationKind::Partitioned(_)
                    | crate::postgres::catalog::RelationKind::MaterializedView(_)
            );
            if !can_sample {
                self.report(errors::sample_of_no_table(sample.span));
            }
            let sampled = self.sample(sample);
            let entry = self.level_mut().range_table.get_mut(item.entry);
            if let Some(RangeKind::Relation { sample, .. }) = entry.map(|it| &mut it.kind) {
                *sample = sampled;
            }
        }
        Resolved::single(item)
    }

    fn sample(&mut self, sample: &'a ast::TableSample) -> Option<Box<Sample>> {
        use crate::postgres::types::well_known;
        let method = self.sample_method(&sample.method)?;
        let arguments = sample.arguments.iter();
        let arguments: Vec<_> = arguments
            .map(|argument| {
                let value = self.within(Context::FromFunction, |it| it.expression(argument));
                let real = ValueType::plain(well_known::FLOAT4);
                self.coerced_or_mistake(value, real, argument.span)
            })
            .collect();
        if arguments.len() != 1 {
            self.report(errors::sample_arguments(sample.span, arguments.len()));
        }
        let repeatable = sample.repeatable.as_ref().map(|seed| {
            let value = self.within(Context::FromFunction, |it| it.expression(seed));
            let double = ValueType::plain(well_known::FLOAT8);
            self.coerced_or_mistake(value, double, seed.span)
        });
        Some(Box::new(Sample {
            method,
            arguments,
            repeatable,
        }))
    }

    fn subquery_item(
        &mut self,
        query: &'a ast::Query,
        alias: Option<&'a ast::Alias>,
        lateral: bool,
        span: Span,
    ) -> Item {
        let before = std::mem::replace(&mut self.level_mut().lateral, lateral);
        let context = std::mem::replace(&mut self.level_mut().context, Context::FromSubquery);
        self.enter(Level::default());
        let (resolved, incomplete) = self.query_in_level(query);
        self.leave();
        self.level_mut().lateral = before;
        self.level_mut().context = context;
        let columns: Vec<(Arc<str>, ValueType)> = resolved
            .targets
            .iter()
            .filter(|target| !target.junk)
            .map(|target| {
                let name = target.name.clone().unwrap_or_default();
                (name, target.expression.value_type())
            })
            .collect();
        let kind = RangeKind::Subquery {
            query: Box::new(resolved),
            security_barrier: false,
        };
        let name = Arc::from("unnamed_subquery");
        let mut item = self.derived_item(kind, &name, alias, columns, incomplete, lateral, span);
        // Without an alias, which version 16 allows, nothing can be written before its columns.
        item.name_visible = alias.is_some();
        item
    }

    /// The item of a subquery whose columns are listed, for VALUES and set operations.
    pub(super) fn plain_columns(types: &[ValueType]) -> Vec<(Arc<str>, ValueType)> {
        types
            .iter()
            .enumerate()
            .map(|(position, typed)| (format!("column{}", number_of(position)).into(), *typed))
            .collect()
    }

    /// The alias, as a query keeps it.
    pub(super) fn kept_alias(alias: Option<&ast::Alias>) -> Option<crate::postgres::tree::Alias> {
        alias.map(tree_alias)
    }
}
