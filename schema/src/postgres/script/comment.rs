//! COMMENT ON.

use super::Script;
use crate::postgres::catalog::{Address, Class, ConstraintOn, RelationKind};
use crate::postgres::print;
use crate::postgres::types::{FunctionKind, Objects, Oid, TypeKind, Typing};

impl Script<'_> {
    /// The comments on what the script makes.
    pub(super) fn comments(&mut self) {
        let catalog = self.catalog;
        for (address, comment) in catalog.comments.iter() {
            if catalog.extension_of(address.whole()).is_some() {
                continue;
            }
            if let Some(object) = self.commented(*address) {
                let comment = super::literal(comment);
                self.push(format!("COMMENT ON {object} IS {comment}"));
            }
        }
    }

    /// What COMMENT calls an object.
    fn commented(&self, address: Address) -> Option<String> {
        let catalog = self.catalog;
        let oid = address.oid;
        let named = |words: &str, name: &str| Some(format!("{words} {}", self.name(name)));
        let on_table = |words: &str, name: &str, table: Oid| {
            let table = self.relation_name(table);
            Some(format!("{words} {} ON {table}", self.name(name)))
        };
        match address.class {
            Class::Relation => self.commented_relation(oid, address.part),
            Class::Type => {
                let found = catalog
                    .type_of(oid)
                    .filter(|it| catalog.is_lasting(it.namespace))?;
                let words = match found.kind {
                    TypeKind::Domain { .. } => "DOMAIN",
                    _ => "TYPE",
                };
                Some(format!("{words} {}", Typing::new(catalog).name(oid)))
            }
            Class::Routine => {
                let function = &catalog.routines.get(oid)?.object;
                let words = match function.kind {
                    FunctionKind::Function | FunctionKind::Window => "FUNCTION",
                    FunctionKind::Procedure => "PROCEDURE",
                    FunctionKind::Aggregate(_) => "AGGREGATE",
                };
                let name = self.in_schema(function.namespace, &function.name);
                let arguments = print::identity_arguments(catalog, function);
                Some(format!("{words} {name}({arguments})"))
            }
            Class::Constraint => {
                let constraint = catalog.constraints.get(oid)?;
                match constraint.on {
                    ConstraintOn::Table(table) => on_table("CONSTRAINT", &constraint.name, table),
                    ConstraintOn::Domain(domain) => Some(format!(
                        "CONSTRAINT {} ON DOMAIN {}",
                        self.name(&constraint.name),
                        Typing::new(catalog).name(domain)
                    )),
                }
            }
            Class::Trigger => {
                let trigger = catalog.triggers.get(oid)?;
                on_table("TRIGGER", &trigger.name, trigger.table)
            }
            Class::Rule => {
                let rule = catalog.rules.get(oid)?;
                on_table("RULE", &rule.name, rule.table)
            }
            Class::Policy => {
                let policy = catalog.policies.get(oid)?;
                on_table("POLICY", &policy.name, policy.table)
            }
            Class::Namespace => {
                let name = catalog
                    .namespace_name(oid)
                    .filter(|_| catalog.is_lasting(oid))?;
                named("SCHEMA", name)
            }
            Class::Extension => {
                let extension = catalog.extensions.get(oid)?;
                extension.provenance.as_ref()?;
                named("EXTENSION", &extension.name)
            }
            Class::Statistics => {
                let statistics = catalog.statistics.get(oid)?;
                let name = self.in_schema(statistics.namespace, &statistics.name);
                Some(format!("STATISTICS {name}"))
            }
            Class::Collation => {
                let found = Objects::collation(catalog, oid)?;
                let name = self.in_schema(found.namespace, &found.name);
                Some(format!("COLLATION {name}"))
            }
            Class::Publication => named("PUBLICATION", &catalog.publications.get(oid)?.name),
            Class::Operator => {
                let operator = Objects::operator(catalog, oid)?;
                let typing = Typing::new(catalog);
                let left = operator
                    .left
                    .map_or_else(|| "NONE".to_owned(), |it| typing.name(it));
                let schema = catalog.namespace_name(operator.namespace)?;
                Some(format!(
                    "OPERATOR {}.{} ({left}, {})",
                    self.name(schema),
                    operator.name,
                    typing.name(operator.right)
                ))
            }
            Class::TextSearchParser
            | Class::TextSearchDictionary
            | Class::TextSearchTemplate
            | Class::TextSearchConfiguration => {
                let plain = catalog.plain.get(oid)?;
                let name = self.in_schema(plain.container?, &plain.name);
                Some(format!("{} {name}", plain.class.noun().to_uppercase()))
            }
            Class::ForeignServer => named("SERVER", &catalog.plain.get(oid)?.name),
            Class::EventTrigger => named("EVENT TRIGGER", &catalog.plain.get(oid)?.name),
            Class::Language => named("LANGUAGE", &catalog.languages.get(oid)?.object.name),
            // No part of a schema, or rarely made by anybody.
            Class::Default
            | Class::OperatorClass
            | Class::OperatorFamily
            | Class::OperatorOfFamily
            | Class::FunctionOfFamily
            | Class::Cast
            | Class::Transform
            | Class::Conversion
            | Class::AccessMethod
            | Class::ForeignDataWrapper
            | Class::UserMapping
            | Class::PublicationRelation
            | Class::PublicationNamespace
            | Class::Subscription
            | Class::DefaultPrivileges
            | Class::Role
            | Class::Tablespace
            | Class::Database
            | Class::LargeObject => None,
        }
    }

    fn commented_relation(&self, oid: Oid, part: i16) -> Option<String> {
        let relation = self.catalog.relation(oid)?;
        if !self.catalog.is_lasting(relation.namespace) {
            return None;
        }
        let name = self.relation_name(oid);
        if part != 0 {
            let column = relation.column_at(part)?;
            return Some(format!("COLUMN {name}.{}", self.name(&column.name)));
        }
        let words = match &relation.kind {
            RelationKind::Table | RelationKind::Partitioned(_) => "TABLE",
            RelationKind::Foreign(_) => "FOREIGN TABLE",
            RelationKind::View(_) => "VIEW",
            RelationKind::MaterializedView(_) => "MATERIALIZED VIEW",
            RelationKind::Sequence(_) => "SEQUENCE",
            RelationKind::Index(_) | RelationKind::PartitionedIndex(_) => "INDEX",
            RelationKind::Composite => "TYPE",
        };
        Some(format!("{words} {name}"))
    }
}
