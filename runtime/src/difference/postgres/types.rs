//! Types and sequences.

use super::super::Property;
use super::{Comparison, collation, listed, null, or_none, shown};
use std::borrow::Cow;
use tablature_model::postgres::{Column, Sequence};

impl Comparison<'_> {
    pub(super) fn types(&mut self) {
        for (one, other) in self.both(&self.expected.enums, &self.found.enums) {
            let labels = |labels: &[Cow<'_, str>]| labels.join(", ");
            self.changed(
                one,
                Property::Labels,
                &labels(&one.labels),
                &labels(&other.labels),
            );
        }
        for (one, other) in self.both(&self.expected.domains, &self.found.domains) {
            self.changed(one, Property::Base, &one.base, &other.base);
            self.changed(
                one,
                Property::Nullability,
                null(one.not_null),
                null(other.not_null),
            );
            self.changed(
                one,
                Property::Default,
                or_none(&one.default),
                or_none(&other.default),
            );
            self.changed(
                one,
                Property::Collation,
                &collation(&one.collation),
                &collation(&other.collation),
            );
            self.constraints(
                &shown(&one.name),
                one.place.as_ref(),
                &one.constraints,
                &other.constraints,
            );
        }
        for (one, other) in self.both(&self.expected.composites, &self.found.composites) {
            let columns = |columns: &[Column]| {
                listed(columns.iter().map(|column| {
                    format!(
                        "{} {}{}",
                        column.name,
                        column.data_type,
                        match &column.collation {
                            Some(collation) => format!(" collate {}", shown(collation)),
                            None => String::new(),
                        }
                    )
                }))
            };
            self.changed(
                one,
                Property::Columns,
                &columns(&one.attributes),
                &columns(&other.attributes),
            );
        }
        for (one, other) in self.both(&self.expected.ranges, &self.found.ranges) {
            self.changed(one, Property::Base, &one.subtype, &other.subtype);
        }
    }

    pub(super) fn sequences(&mut self) {
        let numbers = |it: &Sequence| {
            format!(
                "{} start {} increment {} from {} to {}{}",
                it.data_type,
                it.start,
                it.increment,
                it.minimum,
                it.maximum,
                if it.cycle { " cycle" } else { "" }
            )
        };
        let owner = |it: &Sequence| match &it.owner {
            Some(owner) => format!("{}.{}", shown(&owner.table), owner.column),
            None => "none".to_owned(),
        };
        for (one, other) in self.both(&self.expected.sequences, &self.found.sequences) {
            self.changed(one, Property::Numbers, &numbers(one), &numbers(other));
            self.changed(one, Property::Owner, &owner(one), &owner(other));
        }
    }
}
