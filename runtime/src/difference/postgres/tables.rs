//! Tables, their columns and their constraints, and those of domains.

use super::super::Property;
use super::things::{Named, OfTable};
use super::{Comparison, collation, listed, null, or_none, shown};
use crate::schema::Place;
use tablature_model::postgres::{Column, Constraint, Table};

impl Comparison<'_> {
    pub(super) fn tables(&mut self) {
        for (one, other) in self.both(&self.expected.tables, &self.found.tables) {
            let kind = |it: &Table| match &*it.kind {
                "p" => "a partitioned table",
                "f" => "a foreign table",
                _ => "an ordinary table",
            };
            self.changed(one, Property::Kind, kind(one), kind(other));
            let on = |flag: bool| if flag { "on" } else { "off" };
            self.changed(
                one,
                Property::Unlogged,
                on(one.unlogged),
                on(other.unlogged),
            );
            self.changed(
                one,
                Property::PartitionKey,
                or_none(&one.partition_key),
                or_none(&other.partition_key),
            );
            self.changed(
                one,
                Property::PartitionBound,
                or_none(&one.partition_bound),
                or_none(&other.partition_bound),
            );
            let parents = |it: &Table| listed(it.parents.iter().map(shown));
            self.changed(one, Property::Parents, &parents(one), &parents(other));
            let security = |it: &Table| match (it.row_security, it.force_row_security) {
                (false, false) => "off",
                (true, false) => "on",
                (false, true) => "off but forced",
                (true, true) => "forced",
            };
            self.changed(one, Property::RowSecurity, security(one), security(other));
            self.columns(one, other);
            self.constraints(
                &shown(&one.name),
                one.place.as_ref(),
                &one.constraints,
                &other.constraints,
            );
        }
    }

    pub(super) fn columns<'a>(&mut self, one: &'a Table, other: &'a Table) {
        let of = |table: &'a Table| -> Vec<OfTable<'a>> {
            let columns = table.columns.iter();
            let name = shown(&one.name);
            columns
                .map(|column| OfTable {
                    table: name.clone(),
                    column,
                    place: column.place.as_ref().or(one.place.as_ref()),
                })
                .collect()
        };
        let (ones, others) = (of(one), of(other));
        for (column, found) in self.both(&ones, &others) {
            let (expected, found) = (column.column, found.column);
            self.changed(
                column,
                Property::Type,
                &expected.data_type,
                &found.data_type,
            );
            self.changed(
                column,
                Property::Nullability,
                null(expected.not_null),
                null(found.not_null),
            );
            self.changed(
                column,
                Property::Default,
                or_none(&expected.default),
                or_none(&found.default),
            );
            let identity = |it: &Column| match &*it.identity {
                "a" => "always",
                "d" => "by default",
                _ => "none",
            };
            self.changed(
                column,
                Property::Identity,
                identity(expected),
                identity(found),
            );
            let generated = |it: &Column| match &it.generated {
                Some(generated) if generated.kind == "v" => {
                    format!("{} virtual", generated.expression)
                }
                Some(generated) => generated.expression.to_string(),
                None => "none".to_owned(),
            };
            self.changed(
                column,
                Property::Generated,
                &generated(expected),
                &generated(found),
            );
            self.changed(
                column,
                Property::Collation,
                &collation(&expected.collation),
                &collation(&found.collation),
            );
        }
        let names = |columns: &[OfTable<'_>], others: &[OfTable<'_>]| {
            let is_there = |it: &&OfTable<'_>| {
                let mut others = others.iter();
                others.any(|other| other.column.name == it.column.name)
            };
            listed(
                columns
                    .iter()
                    .filter(is_there)
                    .map(|it| it.column.name.to_string()),
            )
        };
        self.changed(
            one,
            Property::ColumnOrder,
            &names(&ones, &others),
            &names(&others, &ones),
        );
    }

    pub(super) fn constraints(
        &mut self,
        owner: &str,
        place: Option<&Place>,
        expected: &[Constraint],
        found: &[Constraint],
    ) {
        let of = |constraints: &[Constraint]| -> Vec<Named<'_>> {
            constraints
                .iter()
                .map(|constraint| Named {
                    owner: owner.to_owned(),
                    constraint: constraint.clone(),
                    place,
                })
                .collect()
        };
        let (ones, others) = (of(expected), of(found));
        for (one, other) in self.both(&ones, &others) {
            self.changed(
                one,
                Property::Definition,
                &one.constraint.definition,
                &other.constraint.definition,
            );
        }
    }
}
