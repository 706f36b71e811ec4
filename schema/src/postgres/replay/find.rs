//! From a reference to an object (`get_object_address`).

use super::Replay;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::postgres::{objects as errors, types as type_errors};
use crate::postgres::ast::{
    GlobalWord, Ident, ObjectReference, OperatorReference, QualifiedName, RelationWord, RoleName,
    RoleNameKind, SchemaWord, TableObjectWord, TypeName, TypeNameKind,
};
use crate::postgres::builtin::TextSearchKind;
use crate::postgres::catalog::{
    Address, Catalog, Class, Departed, Object as _, Relation, RelationKind,
};
use crate::postgres::types::{self, Oid, Operator, TypeKind};
use crate::text::Span;

/// What looking for an object gives.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Search {
    /// It is there.
    Found(Address),
    /// It is not, of which IF EXISTS makes nothing; nor are perhaps its schema or its table.
    Missing(Box<Diagnostic>),
    /// Something is wrong that IF EXISTS does not help with.
    Failed(Box<Diagnostic>),
    /// A mistake that was told keeps from knowing it.
    Unknown,
}

impl Search {
    fn missing(diagnostic: Diagnostic) -> Search {
        Search::Missing(Box::new(diagnostic))
    }

    fn failed(diagnostic: Diagnostic) -> Search {
        Search::Failed(Box::new(diagnostic))
    }
}

/// A name as it was written, with its schema.
pub(super) fn text_of(name: &QualifiedName) -> String {
    match &name.schema {
        Some(schema) => format!("{}.{}", schema.name, name.name.name),
        None => name.name.name.to_string(),
    }
}

impl RelationWord {
    /// What messages call it.
    pub(super) fn noun(self) -> &'static str {
        match self {
            RelationWord::Table => "table",
            RelationWord::View => "view",
            RelationWord::MaterializedView => "materialized view",
            RelationWord::Index => "index",
            RelationWord::Sequence => "sequence",
            RelationWord::ForeignTable => "foreign table",
        }
    }

    /// Whether a relation of a kind is what the word says.
    pub(super) fn is(self, kind: &RelationKind) -> bool {
        match kind {
            RelationKind::Table | RelationKind::Partitioned(_) => self == RelationWord::Table,
            RelationKind::Foreign(_) => self == RelationWord::ForeignTable,
            RelationKind::View(_) => self == RelationWord::View,
            RelationKind::MaterializedView(_) => self == RelationWord::MaterializedView,
            RelationKind::Sequence(_) => self == RelationWord::Sequence,
            RelationKind::Index(_) | RelationKind::PartitionedIndex(_) => {
                self == RelationWord::Index
            }
            RelationKind::Composite => false,
        }
    }
}

impl SchemaWord {
    pub(super) fn class(self) -> Class {
        match self {
            SchemaWord::Collation => Class::Collation,
            SchemaWord::Conversion => Class::Conversion,
            SchemaWord::Statistics => Class::Statistics,
            SchemaWord::TextSearchParser => Class::TextSearchParser,
            SchemaWord::TextSearchDictionary => Class::TextSearchDictionary,
            SchemaWord::TextSearchTemplate => Class::TextSearchTemplate,
            SchemaWord::TextSearchConfiguration => Class::TextSearchConfiguration,
        }
    }
}

impl GlobalWord {
    pub(super) fn class(self) -> Class {
        match self {
            GlobalWord::AccessMethod => Class::AccessMethod,
            GlobalWord::Database => Class::Database,
            GlobalWord::EventTrigger => Class::EventTrigger,
            GlobalWord::Extension => Class::Extension,
            GlobalWord::ForeignDataWrapper => Class::ForeignDataWrapper,
            GlobalWord::Language => Class::Language,
            GlobalWord::Publication => Class::Publication,
            GlobalWord::Role => Class::Role,
            GlobalWord::Schema => Class::Namespace,
            GlobalWord::Server => Class::ForeignServer,
            GlobalWord::Subscription => Class::Subscription,
            GlobalWord::Tablespace => Class::Tablespace,
        }
    }
}

impl Replay {
    /// The object that a statement names; nothing if a mistake was reported or is known already.
    pub(super) fn object(&mut self, object: &ObjectReference) -> Option<Address> {
        let found = self.search(object);
        self.settle(found)
    }

    /// The object of a search; reports why there is none.
    pub(super) fn settle(&mut self, found: Search) -> Option<Address> {
        match found {
            Search::Found(address) => Some(address),
            Search::Missing(diagnostic) | Search::Failed(diagnostic) => {
                self.report(*diagnostic);
                None
            }
            Search::Unknown => None,
        }
    }

    /// Looks for the object that a statement names.
    pub(super) fn search(&self, object: &ObjectReference) -> Search {
        match object {
            ObjectReference::Relation(word, name) => self.search_relation(*word, name),
            ObjectReference::Column { relation, column } => self.search_column(relation, column),
            ObjectReference::InSchema(word, name) => self.search_in_schema(*word, name),
            ObjectReference::Global(word, name) => self.search_global(*word, name),
            ObjectReference::Type(name) => self.search_type(name),
            ObjectReference::Domain(name) => match self.search_type(name) {
                Search::Found(address) => self.as_domain(address, name.span),
                other => other,
            },
            ObjectReference::Routine(routine) => self.search_routine(routine),
            ObjectReference::Operator(operator) => self.search_operator(operator),
            ObjectReference::OperatorClass { name, method } => {
                self.search_operator_class(name, method)
            }
            ObjectReference::OperatorFamily { name, method } => {
                self.search_operator_family(name, method)
            }
            ObjectReference::Constraint { name, table } => self.search_constraint(name, table),
            ObjectReference::DomainConstraint { name, domain } => {
                self.search_domain_constraint(name, domain)
            }
            ObjectReference::OfTable { word, name, table } => {
                self.search_of_table(*word, name, table)
            }
            ObjectReference::Cast {
                source,
                target,
                span,
            } => self.search_cast(source, target, *span),
            ObjectReference::Transform {
                type_name,
                language,
            } => self.search_transform(type_name, language),
            ObjectReference::LargeObject(_, span) => {
                let message = "large objects are data, of which migrations know nothing";
                let diagnostic = Diagnostic::new(Code::NotInMigrations, message, *span, "");
                Search::missing(diagnostic)
            }
        }
    }

    /// Says of a schema that is named before a name if it is not there.
    pub(super) fn missing_schema(&self, name: &QualifiedName) -> Option<Diagnostic> {
        let schema = name.schema.as_ref()?;
        match self.catalog.namespace_named(&schema.name) {
            Some(_) => None,
            None => Some(self.unknown_schema(schema)),
        }
    }

    /// A schema that is not there.
    pub(super) fn unknown_schema(&self, schema: &Ident) -> Diagnostic {
        let names = self.catalog.namespaces.iter().map(|it| &*it.name);
        let names = names.filter(|name| !name.starts_with("pg_"));
        let fate = self.fate(Class::Namespace, &schema.name, |it| it.container.is_none());
        errors::unknown_schema(&schema.name, schema.span, fate, names)
    }

    /// What became of what had a name.
    pub(super) fn fate(
        &self,
        class: Class,
        name: &str,
        is_there: impl Fn(&Departed) -> bool,
    ) -> Option<&Departed> {
        let mut departed = self.catalog.departed.newest_first();
        departed.find(|it| it.class == class && *it.name == *name && is_there(it))
    }

    /// Whether what has left was in the schema of a name, or where that name is looked for.
    fn is_in_reach<'a>(&'a self, name: &'a QualifiedName) -> impl Fn(&Departed) -> bool + 'a {
        let namespace = name.schema.as_ref();
        let namespace = namespace.and_then(|schema| self.catalog.namespace_named(&schema.name));
        let path = self.catalog.search_path();
        move |it| match (namespace, it.container) {
            (Some(namespace), container) => container == Some(namespace),
            (None, Some(container)) => path.contains(&container),
            (None, None) => false,
        }
    }

    /// Something that is missing from a schema.
    pub(super) fn missing_in_schema<'a>(
        &self,
        code: Code,
        class: Class,
        noun: &str,
        name: &QualifiedName,
        others: impl IntoIterator<Item = &'a str>,
    ) -> Diagnostic {
        if let Some(diagnostic) = self.missing_schema(name) {
            return diagnostic;
        }
        let text = text_of(name);
        let it = errors::Missing {
            code,
            noun,
            name: &text,
            place: None,
            span: name.span,
        };
        let fate = self.fate(class, &name.name.name, self.is_in_reach(name));
        errors::missing(it, fate, others)
    }

    /// The relation of a name, whatever it is; nothing if it is missing, which is reported.
    pub(super) fn relation_or_mistake(&mut self, name: &QualifiedName) -> Option<Oid> {
        match self.search_any_relation(name) {
            Search::Found(address) => Some(address.oid),
            other => {
                self.settle(other);
                None
            }
        }
    }

    /// Looks for a relation, whatever it is.
    pub(super) fn search_any_relation(&self, name: &QualifiedName) -> Search {
        match self.catalog.find_relation(name) {
            Some(found) => Search::Found(Address::relation(found.oid)),
            None if self.may_be_missed(name) => Search::Unknown,
            None => Search::missing(self.missing_relation("table", name)),
        }
    }

    /// Whether an extension of which nothing is known may have brought a name.
    fn may_be_missed(&self, _name: &QualifiedName) -> bool {
        self.catalog.extensions.iter().any(|it| !it.known)
    }

    fn missing_relation(&self, noun: &str, name: &QualifiedName) -> Diagnostic {
        let code = match noun {
            "index" => Code::UnknownIndex,
            _ => Code::UnknownTable,
        };
        let names = self.catalog.relations.iter().map(|it| &*it.name);
        self.missing_in_schema(code, Class::Relation, noun, name, names)
    }

    fn search_relation(&self, word: RelationWord, name: &QualifiedName) -> Search {
        let Some(found) = self.catalog.find_relation(name) else {
            return match self.may_be_missed(name) {
                true => Search::Unknown,
                false => Search::missing(self.missing_relation(word.noun(), name)),
            };
        };
        if !word.is(&found.kind) {
            let diagnostic = errors::wrong_kind(
                &text_of(name),
                found.kind.noun(),
                word.noun(),
                name.span,
                self.declared(Address::relation(found.oid)),
            );
            return Search::failed(diagnostic);
        }
        Search::Found(Address::relation(found.oid))
    }

    fn search_column(&self, relation: &QualifiedName, column: &Ident) -> Search {
        let Some(found) = self.catalog.find_relation(relation) else {
            return self.search_any_relation(relation);
        };
        match column_number(found, &column.name) {
            Some(number) => Search::Found(Address::column(found.oid, number)),
            None if found.incomplete => Search::Unknown,
            None => Search::missing(self.missing_column(found, column)),
        }
    }

    /// A column that a relation does not have.
    pub(super) fn missing_column(&self, relation: &Relation, column: &Ident) -> Diagnostic {
        let of = self.catalog.relation_text(relation);
        let names = relation.live_columns().map(|it| &*it.name);
        let fate = self.fate(Class::Relation, &column.name, |it| {
            it.is_column && it.oid == relation.oid
        });
        let message = format!(
            "no column `{}` on {} `{of}`",
            column.name,
            relation.kind.noun()
        );
        let diagnostic =
            Diagnostic::new(Code::UnknownColumn, message, column.span, "no such column");
        if let Some(fate) = fate {
            return errors::with_fate(diagnostic, fate);
        }
        match crate::diagnostic::nearest(&column.name, names) {
            Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
            None => diagnostic,
        }
    }

    fn search_in_schema(&self, word: SchemaWord, name: &QualifiedName) -> Search {
        let class = word.class();
        match self.in_schema(word, name) {
            Some(oid) => Search::Found(Address::new(class, oid)),
            // Every server has one for most pairs of encodings.
            None if word == SchemaWord::Conversion && name.name.name.contains("_to_") => {
                Search::Unknown
            }
            None => {
                let code = match word {
                    SchemaWord::Collation => Code::UnknownCollation,
                    _ => Code::UnknownObject,
                };
                let names = self.catalog.plain.iter().filter(|it| it.class == class);
                let names = names.map(|it| &*it.name);
                let diagnostic = self.missing_in_schema(code, class, class.noun(), name, names);
                Search::missing(diagnostic)
            }
        }
    }

    /// The number of what has nothing but a name in its schema.
    pub(super) fn in_schema(&self, word: SchemaWord, name: &QualifiedName) -> Option<Oid> {
        let catalog = &self.catalog;
        let text = &*name.name.name;
        let look_up = |namespace: Oid| match word {
            SchemaWord::Collation => {
                let found = types::Objects::collation_named(catalog, namespace, text);
                found.map(|it| it.oid)
            }
            SchemaWord::Statistics => {
                let found = catalog.statistics.named(Some(namespace), text);
                found.map(|it| it.oid)
            }
            SchemaWord::Conversion
            | SchemaWord::TextSearchParser
            | SchemaWord::TextSearchDictionary
            | SchemaWord::TextSearchTemplate
            | SchemaWord::TextSearchConfiguration => {
                self.plain_in(namespace, word.class(), text).or_else(|| {
                    let kind = text_search_kind(word)?;
                    let mut all = catalog.builtin().text_search().iter();
                    let found = all
                        .find(|it| it.kind == kind && it.namespace == namespace && it.name == text);
                    found.map(|it| it.oid)
                })
            }
        };
        match &name.schema {
            Some(schema) => look_up(catalog.namespace_named(&schema.name)?),
            None => catalog.search_path().iter().copied().find_map(look_up),
        }
    }

    /// A plain object in a schema.
    pub(super) fn plain_in(&self, namespace: Oid, class: Class, name: &str) -> Option<Oid> {
        let all = self.catalog.plain.all_named(Some(namespace), name);
        let found = all.into_iter().find(|it| it.class == class);
        found.map(|it| it.oid)
    }

    /// Looks for what is in no schema.
    pub(super) fn search_global(&self, word: GlobalWord, name: &Ident) -> Search {
        let class = word.class();
        let catalog = &self.catalog;
        let text = &*name.name;
        let found = match word {
            GlobalWord::Schema => catalog.namespace_named(text),
            GlobalWord::Extension => catalog.extensions.named(None, text).map(|it| it.oid),
            GlobalWord::Role => catalog.roles.named(None, text).map(|it| it.oid),
            GlobalWord::Publication => catalog.publications.named(None, text).map(|it| it.oid),
            GlobalWord::Language => self.language(text),
            GlobalWord::AccessMethod => self.method_named(text),
            // Of databases and tablespaces nothing is known here.
            GlobalWord::Database | GlobalWord::Tablespace => Some(Oid(0)),
            GlobalWord::EventTrigger
            | GlobalWord::ForeignDataWrapper
            | GlobalWord::Server
            | GlobalWord::Subscription => {
                let all = catalog.plain.all_named(None, text);
                let found = all.into_iter().find(|it| it.class == class);
                found.map(|it| it.oid)
            }
        };
        match found {
            Some(oid) => Search::Found(Address::new(class, oid)),
            None => Search::missing(self.missing_global(word, name)),
        }
    }

    fn missing_global(&self, word: GlobalWord, name: &Ident) -> Diagnostic {
        let class = word.class();
        let catalog = &self.catalog;
        let code = match word {
            GlobalWord::Schema => return self.unknown_schema(name),
            GlobalWord::Role => return self.unknown_role(name),
            GlobalWord::Extension => Code::UnknownExtension,
            _ => Code::UnknownObject,
        };
        let names: Vec<&str> = match word {
            GlobalWord::Extension => catalog.extensions.iter().map(|it| it.name()).collect(),
            GlobalWord::Publication => catalog.publications.iter().map(|it| it.name()).collect(),
            GlobalWord::Language => catalog
                .builtin()
                .languages()
                .iter()
                .map(|it| &*it.name)
                .collect(),
            _ => {
                let plain = catalog.plain.iter().filter(|it| it.class == class);
                plain.map(|it| it.name()).collect()
            }
        };
        let it = errors::Missing {
            code,
            noun: class.noun(),
            name: &name.name,
            place: None,
            span: name.span,
        };
        let fate = self.fate(class, &name.name, |_| true);
        errors::missing(it, fate, names)
    }

    /// A language by its name.
    pub(super) fn language(&self, name: &str) -> Option<Oid> {
        let made = self.catalog.languages.named(None, name);
        let made = made.map(|it| it.object.oid);
        made.or_else(|| {
            let mut all = self.catalog.builtin().languages().iter();
            all.find(|it| it.name == name).map(|it| it.oid)
        })
    }

    /// An access method by its name.
    pub(super) fn method_named(&self, name: &str) -> Option<Oid> {
        let made = self.catalog.access_methods.named(None, name);
        let made = made.map(|it| it.object.oid);
        made.or_else(|| {
            let mut all = self.catalog.builtin().access_methods().iter();
            all.find(|it| it.name == name).map(|it| it.oid)
        })
    }

    /// A role that is not known.
    pub(super) fn unknown_role(&self, name: &Ident) -> Diagnostic {
        let names = self.catalog.roles.iter().map(|it| &*it.name);
        let fate = self.fate(Class::Role, &name.name, |_| true);
        errors::unknown_role(&name.name, name.span, fate, names)
    }

    /// The one role that a statement names; nothing if a mistake was reported.
    pub(super) fn role(&mut self, role: &RoleName) -> Option<Oid> {
        match &role.kind {
            RoleNameKind::Named(name) => match self.catalog.roles.named(None, &name.name) {
                Some(found) => Some(found.oid),
                None => {
                    let diagnostic = self.unknown_role(name);
                    self.report(diagnostic);
                    None
                }
            },
            RoleNameKind::Public => {
                self.report(errors::no_single_role(role.span));
                None
            }
            RoleNameKind::CurrentRole | RoleNameKind::CurrentUser | RoleNameKind::SessionUser => {
                Some(Catalog::OWNER)
            }
        }
    }

    /// A role or PUBLIC, which is the inner nothing.
    pub(super) fn grantee(&mut self, role: &RoleName) -> Option<Option<Oid>> {
        match role.kind {
            RoleNameKind::Public => Some(None),
            _ => self.role(role).map(Some),
        }
    }

    fn search_type(&self, name: &TypeName) -> Search {
        // A type that was only announced can be named where no value of it is wanted.
        if let TypeNameKind::Named { name: written, .. } = &name.kind
            && name.dimensions.is_empty()
            && let Some(found) = self.catalog.find_type(written)
            && found.kind == TypeKind::Shell
        {
            return Search::Found(Address::new(Class::Type, found.oid));
        }
        match self.type_or_mistake(name) {
            Ok(Some(typed)) => Search::Found(Address::new(Class::Type, typed.oid)),
            Ok(None) => Search::Unknown,
            Err(diagnostic) => Search::Missing(diagnostic),
        }
    }

    fn as_domain(&self, address: Address, span: Span) -> Search {
        let found = self.catalog.type_of(address.oid);
        match found.map(|it| it.kind) {
            Some(TypeKind::Domain { .. }) => Search::Found(address),
            Some(_) => {
                let name = found.map_or("", |it| &it.name);
                let declared = self.declared(address);
                Search::failed(type_errors::not_a("domain", name, span, declared))
            }
            None => Search::Unknown,
        }
    }

    fn search_operator(&self, operator: &OperatorReference) -> Search {
        let mut operands = [None, None];
        for (operand, type_name) in operands.iter_mut().zip([&operator.left, &operator.right]) {
            if let Some(type_name) = type_name {
                match self.type_or_mistake(type_name) {
                    Ok(Some(typed)) => *operand = Some(typed.oid),
                    Ok(None) => return Search::Unknown,
                    Err(diagnostic) => return Search::Missing(diagnostic),
                }
            }
        }
        let [left, right] = operands;
        let found = right.and_then(|right| self.operator_of(&operator.name, left, right));
        match found {
            Some(found) => Search::Found(Address::new(Class::Operator, found.oid)),
            None => {
                let types = [left, right].map(|it| match it {
                    Some(oid) => self.catalog.type_text(oid),
                    None => "NONE".to_owned(),
                });
                let text = format!("{} ({})", operator.name.name, types.join(", "));
                let it = errors::Missing {
                    code: Code::UnknownObject,
                    noun: "operator",
                    name: &text,
                    place: None,
                    span: operator.span,
                };
                Search::missing(errors::missing(it, None, []))
            }
        }
    }

    /// The operator of exactly these operands (`OpernameGetOprid`).
    pub(super) fn operator_of(
        &self,
        name: &crate::postgres::ast::OperatorName,
        left: Option<Oid>,
        right: Oid,
    ) -> Option<&Operator> {
        let all = types::Objects::operators_named(&self.catalog, &name.name);
        let fits = |it: &&Operator| it.left == left && it.right == right;
        let all: Vec<&Operator> = all.into_iter().filter(fits).collect();
        let inside = |namespace: Oid| all.iter().copied().find(|it| it.namespace == namespace);
        match &name.schema {
            Some(schema) => inside(self.catalog.namespace_named(&schema.name)?),
            None => self.catalog.search_path().iter().copied().find_map(inside),
        }
    }

    fn search_operator_class(&self, name: &QualifiedName, method: &Ident) -> Search {
        let Some(method_oid) = self.method_named(&method.name) else {
            return Search::missing(self.missing_global(GlobalWord::AccessMethod, method));
        };
        let all = types::Objects::operator_classes(&self.catalog, method_oid);
        let inside = |namespace: Oid| {
            let mut all = all.iter();
            all.find(|it| it.namespace == namespace && it.name == *name.name.name)
        };
        match self.along(name, inside) {
            Some(found) => Search::Found(Address::new(Class::OperatorClass, found.oid)),
            None => Search::missing(self.missing_for_method(Class::OperatorClass, name, method)),
        }
    }

    fn search_operator_family(&self, name: &QualifiedName, method: &Ident) -> Search {
        let Some(method_oid) = self.method_named(&method.name) else {
            return Search::missing(self.missing_global(GlobalWord::AccessMethod, method));
        };
        match self.operator_family(name, method_oid) {
            Some(oid) => Search::Found(Address::new(Class::OperatorFamily, oid)),
            None => Search::missing(self.missing_for_method(Class::OperatorFamily, name, method)),
        }
    }

    /// The operator family of a name for an access method.
    pub(super) fn operator_family(&self, name: &QualifiedName, method: Oid) -> Option<Oid> {
        let catalog = &self.catalog;
        let inside = |namespace: Oid| {
            let made = catalog
                .operator_families
                .all_named(Some(namespace), &name.name.name);
            let mut made = made.into_iter().map(|it| &it.object);
            let builtin = catalog.builtin().operator_families().named(&name.name.name);
            let mut builtin = builtin.iter().filter(|it| it.namespace == namespace);
            let found = made.find(|it| it.method == method);
            found
                .or_else(|| builtin.find(|it| it.method == method))
                .map(|it| it.oid)
        };
        self.along(name, inside)
    }

    /// The first that a look-up gives, in the schema of the name or along the search path.
    pub(super) fn along<T>(
        &self,
        name: &QualifiedName,
        look_up: impl Fn(Oid) -> Option<T>,
    ) -> Option<T> {
        match &name.schema {
            Some(schema) => look_up(self.catalog.namespace_named(&schema.name)?),
            None => self.catalog.search_path().iter().copied().find_map(look_up),
        }
    }

    fn missing_for_method(&self, class: Class, name: &QualifiedName, method: &Ident) -> Diagnostic {
        if let Some(diagnostic) = self.missing_schema(name) {
            return diagnostic;
        }
        let place = format!("for access method `{}`", method.name);
        let text = text_of(name);
        let it = errors::Missing {
            code: Code::UnknownObject,
            noun: class.noun(),
            name: &text,
            place: Some(&place),
            span: name.span,
        };
        errors::missing(it, None, [])
    }

    fn search_constraint(&self, name: &Ident, table: &QualifiedName) -> Search {
        let found = match self.search_any_relation(table) {
            Search::Found(found) => found,
            other => return other,
        };
        let constraint = self.catalog.constraint_of(found.oid, &name.name);
        match constraint {
            Some(constraint) => Search::Found(Address::new(Class::Constraint, constraint.oid)),
            None if self.is_half_known(found.oid) => Search::Unknown,
            None => Search::missing(self.missing_of(
                Code::UnknownConstraint,
                Class::Constraint,
                name,
                found,
            )),
        }
    }

    /// Whether a mistake keeps from knowing a relation as a whole.
    pub(super) fn is_half_known(&self, relation: Oid) -> bool {
        let found = self.catalog.relation(relation);
        found.is_none_or(|it| it.incomplete)
    }

    /// Something that a table or domain does not have.
    pub(super) fn missing_of(
        &self,
        code: Code,
        class: Class,
        name: &Ident,
        of: Address,
    ) -> Diagnostic {
        let catalog = &self.catalog;
        let place = format!("on {}", catalog.describe(of));
        let container = Some(of.oid);
        let names: Vec<&str> = match class {
            Class::Constraint => catalog
                .constraints
                .inside(container)
                .map(|it| it.name())
                .collect(),
            Class::Trigger => catalog
                .triggers
                .inside(container)
                .map(|it| it.name())
                .collect(),
            Class::Rule => catalog
                .rules
                .inside(container)
                .map(|it| it.name())
                .collect(),
            Class::Policy => catalog
                .policies
                .inside(container)
                .map(|it| it.name())
                .collect(),
            _ => Vec::new(),
        };
        let it = errors::Missing {
            code,
            noun: class.noun(),
            name: &name.name,
            place: Some(&place),
            span: name.span,
        };
        let fate = self.fate(class, &name.name, |it| it.container == container);
        errors::missing(it, fate, names)
    }

    fn search_domain_constraint(&self, name: &Ident, domain: &QualifiedName) -> Search {
        let Some(found) = self.catalog.find_type(domain) else {
            return Search::missing(self.missing_type(domain));
        };
        let address = Address::new(Class::Type, found.oid);
        match self.as_domain(address, domain.span) {
            Search::Found(_) => {}
            other => return other,
        }
        let constraint = self.catalog.constraint_of(found.oid, &name.name);
        match constraint {
            Some(constraint) => Search::Found(Address::new(Class::Constraint, constraint.oid)),
            None => Search::missing(self.missing_of(
                Code::UnknownConstraint,
                Class::Constraint,
                name,
                address,
            )),
        }
    }

    /// A type that is not there.
    pub(super) fn missing_type(&self, name: &QualifiedName) -> Diagnostic {
        let made = self.catalog.types.iter().filter(|it| !it.object.is_array);
        let made = made.map(|it| it.name());
        let builtin = self.catalog.builtin().types().all().iter();
        let builtin = builtin.filter(|it| !it.name.starts_with(['_', 'p']));
        let names = made.chain(builtin.map(|it| &*it.name));
        self.missing_in_schema(Code::UnknownType, Class::Type, "type", name, names)
    }

    fn search_of_table(
        &self,
        word: TableObjectWord,
        name: &Ident,
        table: &QualifiedName,
    ) -> Search {
        let found = match self.search_any_relation(table) {
            Search::Found(found) => found,
            other => return other,
        };
        let container = Some(found.oid);
        let catalog = &self.catalog;
        let (class, code, oid) = match word {
            TableObjectWord::Trigger => {
                let oid = catalog
                    .triggers
                    .named(container, &name.name)
                    .map(|it| it.oid);
                (Class::Trigger, Code::UnknownTrigger, oid)
            }
            TableObjectWord::Rule => {
                let oid = catalog.rules.named(container, &name.name).map(|it| it.oid);
                (Class::Rule, Code::UnknownObject, oid)
            }
            TableObjectWord::Policy => {
                let oid = catalog
                    .policies
                    .named(container, &name.name)
                    .map(|it| it.oid);
                (Class::Policy, Code::UnknownObject, oid)
            }
        };
        match oid {
            Some(oid) => Search::Found(Address::new(class, oid)),
            None if self.is_half_known(found.oid) => Search::Unknown,
            None => Search::missing(self.missing_of(code, class, name, found)),
        }
    }

    fn search_cast(&self, source: &TypeName, target: &TypeName, span: Span) -> Search {
        let mut ends = [Oid(0), Oid(0)];
        for (end, name) in ends.iter_mut().zip([source, target]) {
            match self.type_or_mistake(name) {
                Ok(Some(typed)) => *end = typed.oid,
                Ok(None) => return Search::Unknown,
                Err(diagnostic) => return Search::Missing(diagnostic),
            }
        }
        let [source, target] = ends;
        let mut made = self.catalog.casts.inside(Some(source));
        if let Some(found) = made.find(|it| it.object.target == target) {
            return Search::Found(Address::new(Class::Cast, found.oid()));
        }
        if types::Objects::cast(&self.catalog, source, target).is_some() {
            return Search::Found(Address::new(Class::Cast, Oid(1)));
        }
        let text = [source, target].map(|oid| self.catalog.type_text(oid));
        let text = text.join(" AS ");
        let it = errors::Missing {
            code: Code::UnknownObject,
            noun: "cast",
            name: &text,
            place: None,
            span,
        };
        Search::missing(errors::missing(it, None, []))
    }

    fn search_transform(&self, type_name: &TypeName, language: &Ident) -> Search {
        let typed = match self.type_or_mistake(type_name) {
            Ok(Some(typed)) => typed,
            Ok(None) => return Search::Unknown,
            Err(diagnostic) => return Search::Missing(diagnostic),
        };
        let Some(language_oid) = self.language(&language.name) else {
            return Search::missing(self.missing_global(GlobalWord::Language, language));
        };
        let all = self
            .catalog
            .plain
            .all_named(Some(typed.oid), &language_oid.to_string());
        if let Some(found) = all.into_iter().find(|it| it.class == Class::Transform) {
            return Search::Found(Address::new(Class::Transform, found.oid));
        }
        let text = format!(
            "FOR {} LANGUAGE {}",
            self.catalog.type_text(typed.oid),
            language.name
        );
        let it = errors::Missing {
            code: Code::UnknownObject,
            noun: "transform",
            name: &text,
            place: None,
            span: type_name.span,
        };
        Search::missing(errors::missing(it, None, []))
    }
}

/// The number of a column, those that every table has included.
pub(super) fn column_number(relation: &Relation, name: &str) -> Option<i16> {
    if let Some(column) = relation.column(name) {
        return Some(column.number);
    }
    let has_system_columns = matches!(
        relation.kind,
        RelationKind::Table
            | RelationKind::Partitioned(_)
            | RelationKind::Foreign(_)
            | RelationKind::MaterializedView(_)
    );
    let numbers = [
        ("ctid", -1),
        ("xmin", -2),
        ("cmin", -3),
        ("xmax", -4),
        ("cmax", -5),
        ("tableoid", -6),
    ];
    let number = numbers.iter().find(|(system, _)| *system == name);
    number
        .filter(|_| has_system_columns)
        .map(|(_, number)| *number)
}

fn text_search_kind(word: SchemaWord) -> Option<TextSearchKind> {
    match word {
        SchemaWord::TextSearchParser => Some(TextSearchKind::Parser),
        SchemaWord::TextSearchDictionary => Some(TextSearchKind::Dictionary),
        SchemaWord::TextSearchTemplate => Some(TextSearchKind::Template),
        SchemaWord::TextSearchConfiguration => Some(TextSearchKind::Configuration),
        SchemaWord::Collation | SchemaWord::Conversion | SchemaWord::Statistics => None,
    }
}
