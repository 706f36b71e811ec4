//! What expressions make their object depend on, and defaults of columns.

use crate::postgres::catalog::{Address, Catalog, Dependency, Generated};
use crate::postgres::tree;
use crate::postgres::types::Oid;
use std::sync::Arc;

impl Catalog {
    /// Has an object depend on what an expression over one relation refers to; `own` is how on that relation's columns
    /// (`recordDependencyOnSingleRelExpr`).
    pub fn depend_on_expression(
        &mut self,
        this: Address,
        expression: &tree::Expr,
        relation: Oid,
        own: Dependency,
        other: Dependency,
    ) {
        for referenced in self.references_of(expression, &[relation]) {
            // The relation itself holds the object.
            if referenced == this || referenced == Address::relation(relation) {
                continue;
            }
            let is_own = referenced.whole() == Address::relation(relation);
            let kind = if is_own { own } else { other };
            self.dependencies.add(this, referenced, kind);
        }
    }

    /// Has an object depend on what a query refers to.
    pub fn depend_on_query(&mut self, this: Address, query: &tree::Query, around: &[Oid]) {
        for referenced in self.references_of_query(query, around) {
            if referenced.whole() != this.whole() {
                self.dependencies.add(this, referenced, Dependency::Normal);
            }
        }
    }

    /// Sets the default of a column, or the expression of a generated one (`StoreAttrDefault`).
    pub fn store_default(
        &mut self,
        relation: Oid,
        number: i16,
        expression: Arc<tree::Expr>,
        generated: Option<Generated>,
    ) {
        let this = Address::default(relation, number);
        let column = Address::column(relation, number);
        self.dependencies.forget(this);
        // A generated column goes with its expression, and so with what that reads.
        let kind = match generated {
            Some(_) => Dependency::Internal,
            None => Dependency::Auto,
        };
        self.dependencies.add(this, column, kind);
        let normal = Dependency::Normal;
        self.depend_on_expression(this, &expression, relation, normal, normal);
        self.change_column(relation, number, |it| {
            it.default = Some(expression);
            it.generated = generated;
        });
    }

    /// Takes away the default of a column.
    pub fn remove_default(&mut self, relation: Oid, number: i16) {
        self.dependencies.forget(Address::default(relation, number));
        self.change_column(relation, number, |it| {
            it.default = None;
            it.generated = None;
        });
    }
}
