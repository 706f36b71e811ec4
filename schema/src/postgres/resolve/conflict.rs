//! ON CONFLICT (`transformOnConflictClause`, `infer_arbiter_indexes`).

use super::context::Context;
use super::resolver::{Resolver, is_unknown};
use super::scope::Item;
use super::suggest;
use crate::errors::postgres::changes as errors;
use crate::postgres::ast;
use crate::postgres::catalog::{
    Candidate, ConstraintKind, IndexTerm, Near, Relation, RelationKind,
};
use crate::postgres::tree::{
    BooleanOperator, Column, ConflictAction, ConflictElement, Expr, OnConflict,
};
use crate::postgres::types::Oid;

impl<'a> Resolver<'a> {
    pub(super) fn on_conflict(
        &mut self,
        conflict: &'a ast::OnConflict,
        relation: &'a Relation,
        target: &Item,
    ) -> Option<Box<OnConflict>> {
        let updates = matches!(conflict.action, ast::ConflictAction::Update { .. });
        let mut resolved = OnConflict {
            elements: Vec::new(),
            filter: None,
            constraint: None,
            action: ConflictAction::Nothing,
            excluded: None,
        };
        // What the row would have been is a second row of the table, for all that follows.
        let excluded = updates.then(|| self.excluded(relation, conflict.span));
        match &conflict.target {
            None if updates => self.report(errors::conflict_without_target(conflict.span)),
            None => {}
            Some(ast::ConflictTarget::Constraint(name)) => {
                resolved.constraint = self.conflict_constraint(name, relation, updates);
            }
            Some(ast::ConflictTarget::Inferred {
                elements,
                filter,
                span,
            }) => {
                let mut known = !relation.incomplete;
                for element in elements {
                    match self.conflict_element(element, relation) {
                        Some(element) => resolved.elements.push(element),
                        None => known = false,
                    }
                }
                resolved.filter = filter
                    .as_ref()
                    .map(|it| self.condition(it, Context::IndexPredicate, "WHERE"));
                known &= !resolved.filter.as_ref().is_some_and(is_unknown);
                if known && !self.has_arbiter(relation, &resolved) && self.plans {
                    let keys = self.unique_keys(relation);
                    self.report(errors::no_arbiter(*span, &relation.name, &keys));
                }
            }
        }
        if let ast::ConflictAction::Update {
            assignments,
            filter,
        } = &conflict.action
        {
            resolved.excluded = excluded.as_ref().map(|it| it.entry);
            self.level_mut().items.extend(excluded);
            self.level_mut().is_update = true;
            let set = self.assignments(assignments, Some(relation));
            let filter = filter
                .as_ref()
                .map(|it| self.condition(it, Context::Where, "WHERE"));
            resolved.action = ConflictAction::Update { set, filter };
            self.level_mut().is_update = false;
            // RETURNING sees the table alone.
            self.level_mut().items = vec![target.clone()];
        }
        Some(Box::new(resolved))
    }

    fn excluded(&mut self, relation: &'a Relation, span: crate::text::Span) -> Item {
        let mut item = self.relation_item(relation, None, true, span, false);
        item.name = "excluded".into();
        item.aliased = true;
        item.system_columns = false;
        if let Some(entry) = self.level_mut().range_table.get_mut(item.entry) {
            entry.reference.name = "excluded".into();
        }
        item
    }

    fn conflict_element(
        &mut self,
        element: &'a ast::IndexElement,
        relation: &'a Relation,
    ) -> Option<ConflictElement> {
        if element.direction.is_some() || element.nulls.is_some() {
            self.report(errors::ordered_conflict_target(element.span));
        }
        let expression = match &element.key {
            ast::IndexKey::Column(name) => match relation.column(&name.name) {
                Some(column) => {
                    let entry = self.level().target?;
                    Expr::Column(Column::new(entry, column.number, column.typed))
                }
                None => {
                    if !relation.incomplete {
                        let mistake = suggest::unknown_target(self, relation, name);
                        self.report(mistake);
                    }
                    return None;
                }
            },
            ast::IndexKey::Expr(expression) => {
                self.in_context(expression, Context::IndexExpression)
            }
        };
        let collation = match &element.collation {
            Some(name) => Some(self.collation_named(name)?),
            None => None,
        };
        (!is_unknown(&expression)).then_some(ConflictElement {
            expression,
            collation,
            operator_class: None,
        })
    }

    fn conflict_constraint(
        &mut self,
        name: &'a ast::Ident,
        relation: &'a Relation,
        updates: bool,
    ) -> Option<Oid> {
        let Some(found) = self.catalog.constraint_of(relation.oid, &name.name) else {
            if !relation.incomplete {
                let constraints = self.catalog.constraints.inside(Some(relation.oid));
                let near = Near::of(&name.name, constraints.map(|it| Candidate::alone(&**it)));
                // An index of the name is no constraint.
                let index = relation.indexes.iter().any(|index| {
                    self.catalog
                        .relation(*index)
                        .is_some_and(|it| it.name == name.name)
                });
                self.report(errors::unknown_constraint(
                    name,
                    &relation.name,
                    near,
                    index,
                ));
            }
            return None;
        };
        match &found.kind {
            ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique(_) => {}
            ConstraintKind::Exclude { .. } if !updates => {}
            ConstraintKind::Exclude { .. } => {
                if self.plans {
                    self.report(errors::conflict_on_exclusion(name));
                }
                return None;
            }
            ConstraintKind::Check { .. }
            | ConstraintKind::NotNull { .. }
            | ConstraintKind::ForeignKey(_)
            | ConstraintKind::Trigger => {
                if self.plans {
                    self.report(errors::constraint_without_index(name));
                }
                return None;
            }
        }
        if found.timing.deferrable && self.plans {
            self.report(errors::deferrable_arbiter(name));
            return None;
        }
        Some(found.oid)
    }

    /// Whether a unique index has exactly these keys (`infer_arbiter_indexes`).
    fn has_arbiter(&self, relation: &Relation, conflict: &OnConflict) -> bool {
        if matches!(
            relation.kind,
            RelationKind::View(_) | RelationKind::Foreign(_)
        ) {
            return true;
        }
        let Some(target) = self.level().target else {
            return true;
        };
        let mut columns: Vec<i16> = Vec::new();
        let mut expressions: Vec<&Expr> = Vec::new();
        for element in &conflict.elements {
            match &element.expression {
                Expr::Column(column) if column.entry == target => columns.push(column.number),
                other => expressions.push(other),
            }
        }
        columns.sort_unstable();
        columns.dedup();
        relation.indexes.iter().any(|oid| {
            let index = self.catalog.relation(*oid).and_then(Relation::index);
            let Some(index) = index.filter(|it| it.unique && it.immediate && it.valid) else {
                return false;
            };
            let mut keys: Vec<i16> = Vec::new();
            let mut of_index: Vec<Expr> = Vec::new();
            for key in &index.keys {
                match &key.term {
                    IndexTerm::Column(number) => keys.push(*number),
                    IndexTerm::Expression(expression) => {
                        of_index.push(super::shift::moved(expression, target));
                    }
                }
            }
            keys.sort_unstable();
            keys.dedup();
            let same_expressions = of_index.iter().all(|it| expressions.contains(&it))
                && expressions.iter().all(|it| of_index.contains(it));
            if keys != columns || !same_expressions {
                return false;
            }
            let collations = conflict.elements.iter().all(|element| {
                element.collation.is_none_or(|collation| {
                    index
                        .keys
                        .iter()
                        .any(|key| key.collation == Some(collation))
                })
            });
            collations
                && match (&index.predicate, &conflict.filter) {
                    (None, _) => true,
                    (Some(_), None) => false,
                    (Some(predicate), Some(filter)) => {
                        implies(filter, &super::shift::moved(predicate, target))
                    }
                }
        })
    }

    /// The keys that could be named, in words.
    fn unique_keys(&self, relation: &Relation) -> Vec<String> {
        let indexes = relation.indexes.iter();
        let indexes = indexes.filter_map(|oid| self.catalog.relation(*oid)?.index());
        let unique = indexes.filter(|it| it.unique && it.predicate.is_none());
        unique
            .filter_map(|index| {
                let names: Option<Vec<&str>> = index
                    .keys
                    .iter()
                    .map(|key| {
                        let column = relation.column_at(key.term.column()?)?;
                        Some(&*column.name)
                    })
                    .collect();
                Some(names?.join(", "))
            })
            .collect()
    }
}

/// Whether a condition implies another, by its parts (`predicate_implied_by`, as far as equal parts go).
fn implies(condition: &Expr, wanted: &Expr) -> bool {
    match wanted {
        Expr::Boolean(BooleanOperator::And, parts) => {
            parts.iter().all(|part| implies(condition, part))
        }
        wanted => match condition {
            Expr::Boolean(BooleanOperator::And, parts) => {
                condition == wanted || parts.iter().any(|part| implies(part, wanted))
            }
            condition => condition == wanted || implied_not_null(condition, wanted),
        },
    }
}

/// A comparison of a column is false where it is NULL.
fn implied_not_null(condition: &Expr, wanted: &Expr) -> bool {
    let Expr::NullTest(test) = wanted else {
        return false;
    };
    match condition {
        Expr::Operator(call) => test.negated && call.arguments.contains(&test.operand),
        Expr::ArrayComparison(it) => test.negated && it.value == test.operand,
        _ => false,
    }
}
