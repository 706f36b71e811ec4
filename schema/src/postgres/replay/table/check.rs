//! CHECK of a table, and of those that inherit it (`AddRelationNewConstraints`).

use super::NewCheck;
use crate::catalog::Provenance;
use crate::errors::postgres::tables as errors;
use crate::postgres::catalog::{
    Constraint, ConstraintKind, ConstraintOn, Relation, RelationKind, Timing,
};
use crate::postgres::replay::Replay;
use crate::postgres::replay::resolution::columns_of;
use crate::postgres::resolve;
use crate::postgres::tree::Expr;
use crate::postgres::types::Oid;
use crate::text::Span;
use std::sync::Arc;

/// A CHECK whose condition is resolved.
#[derive(Debug, Clone)]
pub(crate) struct ResolvedCheck {
    /// Its name.
    pub name: Arc<str>,
    /// The condition; nothing where a mistake keeps from knowing it.
    pub condition: Option<Arc<Expr>>,
    /// NO INHERIT.
    pub no_inherit: bool,
    /// Whether rows that are there satisfy it.
    pub validated: bool,
    /// Whether it is checked.
    pub enforced: bool,
    /// Where it was written.
    pub span: Span,
}

impl Replay {
    /// Adds a CHECK to a table and, unless it says ONLY or NO INHERIT, to those that inherit from it.
    /// Gives its condition.
    pub(crate) fn add_check(
        &mut self,
        table: Oid,
        check: &NewCheck<'_>,
        only: bool,
    ) -> Option<Arc<Expr>> {
        let relation = self.relation_of(table)?;
        let condition = self.check_expression(&relation, check.expression);
        if check.no_inherit && relation.partition_key().is_some() {
            let message = "a CHECK of a partitioned table cannot be NO INHERIT";
            self.report(errors::inheritance(message, check.span));
        }
        let name = match check.name {
            Some(name) => Arc::clone(&name.name),
            None => {
                let columns = condition.as_deref().map(columns_of).unwrap_or_default();
                let column = match columns.as_slice() {
                    [only] if *only < 0 => resolve::system_column_name(*only).map(Arc::from),
                    [only] => relation.column_at(*only).map(|it| Arc::clone(&it.name)),
                    _ => None,
                };
                let none: [&str; 0] = [];
                self.catalog
                    .choose_constraint_name(
                        &relation.name,
                        column.as_deref(),
                        "check",
                        relation.namespace,
                        &none,
                    )
                    .into()
            }
        };
        let resolved = ResolvedCheck {
            name,
            condition: condition.clone(),
            no_inherit: check.no_inherit,
            validated: !check.attributes.not_valid,
            enforced: !check.attributes.not_enforced,
            span: check.name.map_or(check.span, |name| name.span),
        };
        let is_added = self.store_check(&relation, &resolved, false);
        if is_added && !check.no_inherit {
            self.inherit_check(&relation, &resolved, only);
        }
        condition
    }

    /// Adds a CHECK to a table that is there already, whose rows are looked at.
    pub(crate) fn add_check_to_rows(&mut self, table: Oid, check: &NewCheck<'_>, only: bool) {
        let condition = self.add_check(table, check, only);
        if let Some(condition) = condition.filter(|_| !check.attributes.not_valid) {
            self.can_be_computed(&condition, None, check.expression.span);
        }
    }

    fn inherit_check(&mut self, relation: &Relation, check: &ResolvedCheck, only: bool) {
        if relation.children.is_empty() {
            return;
        }
        if only {
            let message = "a constraint must be added to the tables that inherit it too";
            let diagnostic = errors::inheritance(message, check.span);
            return self.report(diagnostic.with_help("leave out ONLY"));
        }
        for child in &relation.children {
            let Some(child) = self.relation_of(*child) else {
                continue;
            };
            let condition = check.condition.as_ref();
            let condition = condition.map(|it| Arc::new(renumbered(it, relation, &child)));
            let of_child = ResolvedCheck {
                condition,
                ..check.clone()
            };
            if self.store_check(&child, &of_child, true) {
                self.inherit_check(&child, &of_child, false);
            }
        }
    }

    /// Puts a CHECK into the catalog, or merges it with one of its name (`MergeWithExistingConstraint`); says whether it is
    /// there.
    pub(crate) fn store_check(
        &mut self,
        relation: &Relation,
        check: &ResolvedCheck,
        inherited: bool,
    ) -> bool {
        if let Some(found) = self.catalog.constraint_of(relation.oid, &check.name) {
            let same = match (&found.kind, &check.condition) {
                (
                    ConstraintKind::Check {
                        condition: Some(one),
                        ..
                    },
                    Some(other),
                ) => one == other,
                (ConstraintKind::Check { .. }, _) => true,
                _ => false,
            };
            let can_merge = same && (inherited || (found.inherited > 0 && !found.local));
            let (oid, made) = (found.oid, found.provenance.as_ref().map(|it| it.created));
            if !can_merge || (found.no_inherit && inherited) {
                let name = &check.name;
                let table = &relation.name;
                self.report(errors::constraint_exists(name, table, check.span, made));
                return false;
            }
            self.catalog.constraints.change(oid, |it| match inherited {
                true => it.inherited += 1,
                false => it.local = true,
            });
            return true;
        }
        let columns = check.condition.as_deref().map(columns_of);
        let columns = columns.unwrap_or_default();
        let oid = self.catalog.next_oid();
        self.catalog.create_constraint(Constraint {
            oid,
            name: Arc::clone(&check.name),
            namespace: relation.namespace,
            on: ConstraintOn::Table(relation.oid),
            kind: ConstraintKind::Check {
                condition: check.condition.clone(),
                columns: columns.into_iter().filter(|number| *number > 0).collect(),
            },
            timing: Timing::default(),
            validated: check.validated || matches!(relation.kind, RelationKind::Foreign(_)),
            enforced: check.enforced,
            local: !inherited,
            inherited: u16::from(inherited),
            no_inherit: check.no_inherit,
            parent: None,
            provenance: Some(Provenance::new(check.span)),
        });
        true
    }
}

/// An expression of a table as one of another that has columns of the same names.
pub(crate) fn renumbered(expression: &Expr, from: &Relation, to: &Relation) -> Expr {
    let mut copy = expression.clone();
    copy.renumber(&|number| {
        let name = from.column_at(number).map(|it| &it.name);
        let found = name.and_then(|name| to.column(name));
        found.map_or(number, |it| it.number)
    });
    copy
}
