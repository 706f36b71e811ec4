//! Objects as the engine's messages call them (`getObjectDescription`).

use super::{Address, Catalog, Class, ConstraintOn, Object as _, Relation};
use crate::postgres::types::{self, Oid};
use tablature_lexer::postgres::{quote_name, quote_name_since};

impl Catalog {
    /// What an object is, and its name: `table tales`, `column id of table tales`.
    #[must_use]
    pub fn describe(&self, address: Address) -> String {
        let oid = address.oid;
        match address.class {
            Class::Relation if address.part != 0 => self.describe_column(oid, address.part),
            Class::Relation => self.describe_relation(oid),
            Class::Default => {
                format!(
                    "default value for {}",
                    self.describe_column(oid, address.part)
                )
            }
            Class::Namespace => {
                let name = self.namespace_name(oid).unwrap_or_default();
                format!("schema {}", quote_name(name))
            }
            Class::Type => format!("type {}", self.type_text(oid)),
            Class::Routine => format!("function {}", self.signature_text(oid)),
            Class::Constraint => self.describe_constraint(oid),
            Class::Trigger => {
                let found = self.triggers.get(oid);
                self.describe_on("trigger", found.map(|it| (&*it.name, it.table)))
            }
            Class::Rule => {
                let found = self.rules.get(oid);
                self.describe_on("rule", found.map(|it| (&*it.name, it.table)))
            }
            Class::Policy => {
                let found = self.policies.get(oid);
                self.describe_on("policy", found.map(|it| (&*it.name, it.table)))
            }
            Class::Operator => format!("operator {}", self.operator_text(oid)),
            Class::OperatorClass => {
                let found = self.operator_classes.get(oid);
                let found = found.map(|it| (it.object.namespace, it.name()));
                format!(
                    "operator class {}",
                    self.named_text(found, Catalog::is_class_visible)
                )
            }
            Class::OperatorFamily => {
                let found = self.operator_families.get(oid);
                let found = found.map(|it| (it.object.namespace, it.name()));
                format!(
                    "operator family {}",
                    self.named_text(found, Catalog::is_class_visible)
                )
            }
            Class::Cast => match self.casts.get(oid) {
                Some(cast) => format!(
                    "cast from {} to {}",
                    self.type_text(cast.object.source),
                    self.type_text(cast.object.target)
                ),
                None => "cast".to_owned(),
            },
            Class::Collation => {
                let found = self.collations.get(oid).map(|it| it.name());
                format!("collation {}", quote_name(found.unwrap_or_default()))
            }
            Class::Language => {
                let found = self.languages.get(oid).map(|it| it.name());
                format!("language {}", quote_name(found.unwrap_or_default()))
            }
            Class::AccessMethod => {
                let found = self.access_methods.get(oid).map(|it| it.name());
                format!("access method {}", quote_name(found.unwrap_or_default()))
            }
            Class::Extension => {
                let found = self.extensions.get(oid).map(|it| it.name());
                format!("extension {}", quote_name(found.unwrap_or_default()))
            }
            Class::Statistics => {
                let found = self.statistics.get(oid).map(|it| it.name());
                format!(
                    "statistics object {}",
                    quote_name(found.unwrap_or_default())
                )
            }
            Class::Role => {
                let found = self.roles.get(oid).map(|it| it.name());
                format!("role {}", quote_name(found.unwrap_or_default()))
            }
            Class::Publication => {
                let found = self.publications.get(oid).map(|it| it.name());
                format!("publication {}", quote_name(found.unwrap_or_default()))
            }
            Class::PublicationRelation => match self.publication_with(oid) {
                Some((publication, table)) => format!(
                    "publication of {} in publication {}",
                    self.describe_relation(table),
                    quote_name(publication.name())
                ),
                None => "publication".to_owned(),
            },
            Class::PublicationNamespace => "publication".to_owned(),
            Class::OperatorOfFamily => "operator of an operator family".to_owned(),
            Class::FunctionOfFamily => "function of an operator family".to_owned(),
            Class::Transform
            | Class::Conversion
            | Class::TextSearchParser
            | Class::TextSearchDictionary
            | Class::TextSearchTemplate
            | Class::TextSearchConfiguration
            | Class::ForeignDataWrapper
            | Class::ForeignServer
            | Class::UserMapping
            | Class::Subscription
            | Class::EventTrigger
            | Class::DefaultPrivileges
            | Class::Tablespace
            | Class::Database
            | Class::LargeObject => {
                let found = self.plain.get(oid).map(|it| it.name());
                let noun = address.class.noun();
                format!("{noun} {}", quote_name(found.unwrap_or_default()))
            }
        }
    }

    fn describe_relation(&self, oid: Oid) -> String {
        match self.relation(oid) {
            Some(relation) => {
                format!("{} {}", relation.kind.noun(), self.relation_text(relation))
            }
            None => "table".to_owned(),
        }
    }

    fn describe_column(&self, oid: Oid, number: i16) -> String {
        let relation = self.relation(oid);
        let column = relation.and_then(|relation| relation.column_at(number));
        let name = column.map_or("", |column| &column.name);
        format!("column {name} of {}", self.describe_relation(oid))
    }

    fn describe_constraint(&self, oid: Oid) -> String {
        match self.constraints.get(oid) {
            Some(constraint) => match constraint.on {
                ConstraintOn::Table(table) => {
                    format!(
                        "constraint {} on {}",
                        constraint.name,
                        self.describe_relation(table)
                    )
                }
                ConstraintOn::Domain(_) => format!("constraint {}", constraint.name),
            },
            None => "constraint".to_owned(),
        }
    }

    fn describe_on(&self, noun: &str, found: Option<(&str, Oid)>) -> String {
        match found {
            Some((name, table)) => format!("{noun} {name} on {}", self.describe_relation(table)),
            None => noun.to_owned(),
        }
    }

    /// The name of a relation, with its schema where it would not be found without.
    #[must_use]
    pub fn relation_text(&self, relation: &Relation) -> String {
        let visible = self.find_relation(super::ObjectName::bare(&relation.name));
        let is_visible = visible.is_some_and(|visible| visible.oid == relation.oid);
        self.qualified_unless(is_visible, relation.namespace, &relation.name)
    }

    /// A type as `format_type` prints it.
    #[must_use]
    pub fn type_text(&self, oid: Oid) -> String {
        types::Typing::new(self).name(oid)
    }

    /// A function with the types of its arguments (`format_procedure`).
    #[must_use]
    pub fn signature_text(&self, oid: Oid) -> String {
        let Some(function) = types::Objects::function(self, oid) else {
            return "unknown".to_owned();
        };
        let types: Vec<String> = function
            .inputs
            .iter()
            .map(|it| self.type_text(*it))
            .collect();
        let is_visible = self.search_path().contains(&function.namespace);
        let name = self.qualified_unless(is_visible, function.namespace, &function.name);
        format!("{name}({})", types.join(","))
    }

    /// An operator with the types of its operands (`format_operator`).
    #[must_use]
    pub fn operator_text(&self, oid: Oid) -> String {
        let Some(operator) = types::Objects::operator(self, oid) else {
            return "unknown".to_owned();
        };
        let left = operator
            .left
            .map_or_else(|| "NONE".to_owned(), |it| self.type_text(it));
        let right = self.type_text(operator.right);
        let is_visible = self.search_path().contains(&operator.namespace);
        let schema = match is_visible {
            true => String::new(),
            false => {
                let schema = self.namespace_name(operator.namespace).unwrap_or_default();
                format!("{}.", quote_name(schema))
            }
        };
        format!("{schema}{}({left},{right})", operator.name)
    }

    fn named_text(
        &self,
        found: Option<(Oid, &str)>,
        is_visible: fn(&Catalog, Oid) -> bool,
    ) -> String {
        match found {
            Some((namespace, name)) => {
                self.qualified_unless(is_visible(self, namespace), namespace, name)
            }
            None => String::new(),
        }
    }

    fn is_class_visible(&self, namespace: Oid) -> bool {
        self.search_path().contains(&namespace)
    }

    /// A name, with its schema unless it is found without.
    #[must_use]
    pub fn qualified_unless(&self, is_visible: bool, namespace: Oid, name: &str) -> String {
        if is_visible {
            return self.quoted(name);
        }
        let schema = self.namespace_name(namespace).unwrap_or_default();
        format!("{}.{}", self.quoted(schema), self.quoted(name))
    }

    /// A name as the server prints it.
    pub(in crate::postgres) fn quoted(&self, name: &str) -> String {
        let version = u8::try_from(self.version).unwrap_or(u8::MAX);
        quote_name_since(name, version)
    }
}

impl Class {
    /// What the engine's messages call an object of the kind.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Class::Namespace => "schema",
            Class::Relation => "relation",
            Class::Default => "default value",
            Class::Type => "type",
            Class::Routine => "function",
            Class::Constraint => "constraint",
            Class::Trigger => "trigger",
            Class::Rule => "rule",
            Class::Policy => "policy",
            Class::Operator => "operator",
            Class::OperatorClass => "operator class",
            Class::OperatorFamily => "operator family",
            Class::OperatorOfFamily => "operator of an operator family",
            Class::FunctionOfFamily => "function of an operator family",
            Class::Cast => "cast",
            Class::Transform => "transform",
            Class::Collation => "collation",
            Class::Conversion => "conversion",
            Class::Language => "language",
            Class::AccessMethod => "access method",
            Class::Extension => "extension",
            Class::Statistics => "statistics object",
            Class::TextSearchParser => "text search parser",
            Class::TextSearchDictionary => "text search dictionary",
            Class::TextSearchTemplate => "text search template",
            Class::TextSearchConfiguration => "text search configuration",
            Class::ForeignDataWrapper => "foreign-data wrapper",
            Class::ForeignServer => "server",
            Class::UserMapping => "user mapping",
            Class::Publication => "publication",
            Class::PublicationRelation => "publication table",
            Class::PublicationNamespace => "publication schema",
            Class::Subscription => "subscription",
            Class::EventTrigger => "event trigger",
            Class::DefaultPrivileges => "default privileges",
            Class::Role => "role",
            Class::Tablespace => "tablespace",
            Class::Database => "database",
            Class::LargeObject => "large object",
        }
    }
}
