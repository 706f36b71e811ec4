//! Types that are not the rows of a table: enums, domains, composite types, ranges.

use super::Script;
use crate::postgres::catalog::{DomainDetails, Object as _, RangeDetails, Type, TypeDetails};
use crate::postgres::print;
use crate::postgres::types::{Objects, Oid, TypeKind, Typing, ValueType};

impl Script<'_> {
    pub(super) fn type_made(&mut self, oid: Oid) {
        let catalog = self.catalog;
        let Some(made) = catalog.made_type(oid) else {
            return;
        };
        let name = self.in_schema(made.object.namespace, &made.object.name);
        match (&made.more, made.object.kind) {
            (TypeDetails::Enum(labels), _) => {
                let labels = labels.iter().map(|it| super::literal(&it.label));
                let labels: Vec<String> = labels.collect();
                self.push(format!(
                    "CREATE TYPE {name} AS ENUM ({})",
                    labels.join(", ")
                ));
            }
            (TypeDetails::Domain(domain), TypeKind::Domain { base }) => {
                self.domain(made, domain, base, &name);
            }
            (
                TypeDetails::Range(range),
                TypeKind::Range {
                    subtype,
                    multirange,
                },
            ) if range.canonical.is_none() => self.range(range, subtype, multirange, &name),
            (_, TypeKind::Composite { relation }) => {
                let relation = catalog.relation(relation);
                let columns = relation.into_iter().flat_map(|it| it.live_columns());
                let columns: Vec<String> = columns
                    .map(|it| {
                        let collation = self.collation(it.typed.collation, it.typed.oid);
                        let collation = collation.map(|it| format!(" COLLATE {it}"));
                        format!(
                            "{} {}{}",
                            self.name(&it.name),
                            self.typed(it.typed),
                            collation.unwrap_or_default()
                        )
                    })
                    .collect();
                let body = match columns.is_empty() {
                    true => "()".to_owned(),
                    false => format!("(\n    {}\n)", columns.join(",\n    ")),
                };
                self.push(format!("CREATE TYPE {name} AS {body}"));
            }
            _ => self.as_written(made.provenance.as_ref()),
        }
    }

    fn domain(&mut self, made: &Type, domain: &DomainDetails, base: ValueType, name: &str) {
        let catalog = self.catalog;
        let mut words = format!("CREATE DOMAIN {name} AS {}", self.typed(base));
        if let Some(collation) = self.collation(made.object.collation, base.oid) {
            words.push_str(&format!(" COLLATE {collation}"));
        }
        if let Some(default) = &domain.default {
            let default = print::expression(catalog, default, None);
            words.push_str(&format!(" DEFAULT {default}"));
        }
        if domain.not_null {
            words.push_str(" NOT NULL");
        }
        let mut later = Vec::new();
        for constraint in catalog.constraints.inside(Some(made.object.oid)) {
            let Some(definition) = print::constraint_definition(catalog, constraint) else {
                continue;
            };
            if definition.starts_with("NOT NULL") {
                continue;
            }
            let words_of = format!("CONSTRAINT {} {definition}", self.name(&constraint.name));
            match constraint.validated {
                true => words.push_str(&format!("\n    {words_of}")),
                false => later.push(words_of),
            }
        }
        self.push(words);
        for constraint in later {
            self.push(format!("ALTER DOMAIN {name} ADD {constraint}"));
        }
    }

    fn range(&mut self, range: &RangeDetails, subtype: Oid, multirange: Oid, name: &str) {
        let catalog = self.catalog;
        let mut parts = vec![format!("SUBTYPE = {}", Typing::new(catalog).name(subtype))];
        let class = Objects::operator_class(catalog, range.class);
        if let Some(class) = class.filter(|it| !it.is_default) {
            let is_visible = catalog.search_path().contains(&class.namespace);
            let class = catalog.qualified_unless(is_visible, class.namespace, &class.name);
            parts.push(format!("SUBTYPE_OPCLASS = {class}"));
        }
        if let Some(collation) = self.collation(range.collation, subtype) {
            parts.push(format!("COLLATION = {collation}"));
        }
        let function = range
            .difference
            .and_then(|it| Objects::function(catalog, it));
        if let Some(function) = function {
            let is_visible = catalog.search_path().contains(&function.namespace);
            let function = catalog.qualified_unless(is_visible, function.namespace, &function.name);
            parts.push(format!("SUBTYPE_DIFF = {function}"));
        }
        if let Some(multirange) = catalog.made_type(multirange) {
            let multirange = self.in_schema(multirange.object.namespace, multirange.name());
            parts.push(format!("MULTIRANGE_TYPE_NAME = {multirange}"));
        }
        self.push(format!(
            "CREATE TYPE {name} AS RANGE ({})",
            parts.join(", ")
        ));
    }
}
