//! Places of expressions that stand in no query.

use super::context::Context;
use super::resolver::Resolver;
use crate::postgres::catalog::Relation;
use crate::postgres::types::ValueType;
use crate::text::Span;
use std::sync::Arc;

/// Where an expression stands.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// In which clause.
    pub context: Context,
    /// What its columns are of.
    pub rows: Rows<'a>,
    /// Where that is written, for mistakes that point at it.
    pub span: Span,
}

/// What the columns of an expression are of.
#[derive(Clone, Copy)]
pub enum Rows<'a> {
    /// It has none.
    None,
    /// A table, which need not be in the catalog yet: entry 0.
    Of(&'a Relation),
    /// OLD and NEW of a table, entries 0 and 1; which of them can be named.
    OldAndNew(&'a Relation, bool, bool),
    /// VALUE of a domain.
    Value(ValueType),
}

impl<'a> Resolver<'a> {
    /// Makes known what an expression's names can refer to.
    pub(super) fn stand_at(&mut self, place: &Place<'a>) {
        match place.rows {
            Rows::None => {}
            Rows::Of(relation) => {
                let item = self.relation_item(relation, None, true, place.span, false);
                self.level_mut().items.push(item);
            }
            Rows::OldAndNew(relation, old, new) => {
                for (name, visible) in [("old", old), ("new", new)] {
                    let mut item = self.relation_item(relation, None, true, place.span, false);
                    item.name = Arc::from(name);
                    item.aliased = true;
                    item.columns_visible = false;
                    item.name_visible = visible;
                    if let Some(entry) = self.level_mut().range_table.get_mut(item.entry) {
                        entry.reference.name = Arc::from(name);
                    }
                    self.level_mut().items.push(item);
                }
            }
            Rows::Value(typed) => self.domain_value = Some(typed),
        }
    }
}
