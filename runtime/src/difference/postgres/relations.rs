//! Views and indexes.

use super::super::Property;
use super::{Comparison, listed};
use tablature_model::postgres::{QualifiedName, Schema};

impl Comparison<'_> {
    pub(super) fn views(&mut self) {
        for (one, other) in self.both(&self.expected.views, &self.found.views) {
            let kind = |is_materialized: bool| match is_materialized {
                true => "a materialized view",
                false => "a view",
            };
            self.changed(
                one,
                Property::Kind,
                kind(one.materialized),
                kind(other.materialized),
            );
            let columns = |view: &tablature_model::postgres::View| {
                let columns = view.columns.iter();
                listed(columns.map(|column| format!("{} {}", column.name, column.data_type)))
            };
            self.changed(one, Property::Columns, &columns(one), &columns(other));
            self.changed(
                one,
                Property::Options,
                &one.options.join(", "),
                &other.options.join(", "),
            );
        }
    }

    pub(super) fn indexes(&mut self) {
        let relations = |schema: &Schema| -> Vec<QualifiedName> {
            let tables = schema.tables.iter().map(|table| table.name.clone());
            let views = schema.views.iter().map(|view| view.name.clone());
            tables.chain(views).collect()
        };
        let (known, there) = (relations(self.expected), relations(self.found));
        let on = |index: &tablature_model::postgres::Index, relations: &[QualifiedName]| {
            relations
                .iter()
                .any(|name| name.name == index.table && name.schema == index.name.schema)
        };
        let mut expected = self.expected.indexes.to_vec();
        expected.retain(|index| on(index, &there));
        let mut found = self.found.indexes.to_vec();
        found.retain(|index| on(index, &known));
        for (one, other) in self.both(&expected, &found) {
            self.changed(
                one,
                Property::Definition,
                &one.definition,
                &other.definition,
            );
            let state = |is_valid: bool| if is_valid { "valid" } else { "invalid" };
            self.changed(
                one,
                Property::Validity,
                state(one.valid),
                state(other.valid),
            );
        }
    }
}
