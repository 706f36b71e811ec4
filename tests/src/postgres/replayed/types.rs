//! Enums, domains, ranges.

use super::quote_name;
use super::{Describer, when, words};
use crate::postgres::describe::Part;
use tablature_schema::postgres::catalog::{Address, Class, Type, TypeDetails};
use tablature_schema::postgres::print;
use tablature_schema::postgres::types::TypeKind;

impl Describer<'_> {
    pub(super) fn types(&mut self) {
        for made in self.catalog.types.iter() {
            let found = &made.object;
            if found.is_array || self.is_brought(Class::Type, found.oid) {
                continue;
            }
            let Some(name) = self.name_in(found.namespace, &found.name) else {
                continue;
            };
            let kind = match found.kind {
                TypeKind::Domain { .. } => "domain",
                TypeKind::Enum | TypeKind::Range { .. } | TypeKind::Base | TypeKind::Shell => {
                    "type"
                }
                TypeKind::Composite { .. } | TypeKind::Multirange { .. } | TypeKind::Pseudo => {
                    continue;
                }
            };
            self.described_type(&format!("{kind} {name}"), made);
        }
    }

    fn described_type(&mut self, object: &str, made: &Type) {
        let found = &made.object;
        let head = match found.kind {
            TypeKind::Enum => "enum".to_owned(),
            TypeKind::Shell => "shell".to_owned(),
            TypeKind::Range {
                subtype,
                multirange,
            } => format!(
                "range of {} multirange {}",
                self.type_name(subtype),
                self.type_name(multirange)
            ),
            TypeKind::Domain { base } => {
                let (not_null, default) = match &made.more {
                    TypeDetails::Domain(domain) => (domain.not_null, domain.default.clone()),
                    _ => (false, None),
                };
                let of_base = self.catalog.type_of(base.oid).and_then(|it| it.collation);
                words([
                    Some(format!("of {}", self.modified(base.oid, base.typmod))),
                    when(not_null, "not null"),
                    default.map(|default| format!("default {}", self.expression(&default, None))),
                    found
                        .collation
                        .filter(|own| of_base != Some(*own))
                        .map(|own| format!("collate {}", self.collation(own))),
                ])
            }
            _ => "base".to_owned(),
        };
        self.fact(object, Part::Head, 0, head);
        if let TypeDetails::Enum(labels) = &made.more {
            for (position, label) in (1..).zip(labels) {
                self.fact(
                    object,
                    Part::Members,
                    position,
                    format!("label {}", label.label),
                );
            }
        }
        let catalog = self.catalog;
        for constraint in catalog.constraints.inside(Some(found.oid)) {
            let line = words([
                Some(format!("constraint {}", quote_name(&constraint.name))),
                Some(print::constraint_definition(catalog, constraint).unwrap_or_default()),
                self.comment(Address::new(Class::Constraint, constraint.oid)),
            ]);
            self.fact(object, Part::Constraints, 0, line);
        }
        self.comment_fact(object, Address::new(Class::Type, found.oid));
    }
}
