//! CREATE and ALTER EXTENSION: what extensions bring is data of [`builtin`].

use super::Replay;
use crate::catalog::Provenance;
use crate::errors::postgres::{extensions as errors, objects as object_errors};
use crate::postgres::ast::{
    AlterExtension, CreateExtension, ExtensionAction, GlobalWord, Ident, ObjectReference,
};
use crate::postgres::builtin::{self, TextSearchKind};
use crate::postgres::catalog::{
    Address, CastName, Catalog, Class, Dependency, Extension, FamilyMembers, Made, Plain,
    RoutineDetails, TypeDetails,
};
use crate::postgres::types::{Oid, well_known};
use crate::text::Span;
use std::collections::BTreeSet;

impl Replay {
    /// The extension that every new database has.
    pub(super) fn bring_plpgsql(&mut self) {
        let name = "plpgsql";
        let oid = self.catalog.next_oid();
        self.catalog.extensions.put(Extension {
            oid,
            name: name.into(),
            namespace: well_known::PG_CATALOG,
            relocatable: false,
            version: None,
            known: true,
            provenance: None,
        });
    }

    pub(super) fn create_extension(&mut self, create: &CreateExtension) {
        let name = &create.name;
        if let Some(found) = self.catalog.extensions.named(None, &name.name) {
            if !create.if_not_exists {
                let declared = self.declared(Address::new(Class::Extension, found.oid));
                let diagnostic =
                    object_errors::exists("extension", &name.name, name.span, declared);
                self.report(diagnostic);
            }
            return;
        }
        let mut pending = BTreeSet::new();
        self.make_extension(name, create, &mut pending);
    }

    /// Makes an extension, and with CASCADE those that it needs; `pending` are those that are being made.
    fn make_extension(
        &mut self,
        name: &Ident,
        create: &CreateExtension,
        pending: &mut BTreeSet<String>,
    ) {
        let version = self.catalog.version;
        let namespace = match &create.schema {
            Some(schema) => match self.schema_named(schema) {
                Some(namespace) => Some(namespace),
                None => return,
            },
            None => None,
        };
        let Some(known) = builtin::extension(version, &name.name) else {
            return self.make_unknown_extension(name, namespace);
        };
        pending.insert(name.name.to_string());
        for required in &known.requires {
            if self.catalog.extensions.named(None, required).is_some() {
                continue;
            }
            if !create.cascade {
                self.report(errors::needs(&name.name, required, name.span));
                // What it brings is known all the same.
            } else if !pending.contains(*required) {
                let required = Ident {
                    name: (*required).into(),
                    quoted: true,
                    span: name.span,
                };
                self.make_extension(&required, create, pending);
            }
        }
        if let Some((wanted, span)) = &create.version
            && **wanted != *known.version
            && !is_older_version(wanted, known.version)
        {
            let diagnostic = errors::unknown_version(&name.name, wanted, known.version, *span);
            self.report(diagnostic);
        }
        let fixed = known
            .schema
            .map(|schema| (schema, self.catalog.namespace_named(schema)));
        let namespace = match (fixed, namespace) {
            (Some((schema, found)), wanted) => {
                if let (Some(wanted), Some(written)) = (wanted, &create.schema)
                    && Some(wanted) != found
                {
                    let diagnostic = errors::fixed_schema(&name.name, schema, written.span);
                    self.report(diagnostic);
                }
                found.unwrap_or_else(|| self.make_schema(schema, name.span))
            }
            (None, Some(namespace)) => namespace,
            (None, None) => match self.catalog.creation_namespace() {
                Some(namespace) => namespace,
                None => return self.report(object_errors::no_creation_schema(name.span)),
            },
        };
        let extension = self.put_extension(name, namespace, known.relocatable, true);
        for required in &known.requires {
            if let Some(found) = self.catalog.extensions.named(None, required) {
                let required = Address::new(Class::Extension, found.oid);
                let kind = Dependency::Normal;
                self.catalog.dependencies.add(extension, required, kind);
            }
        }
        self.bring(&known, namespace, extension, name.span);
    }

    /// An extension that no PostgreSQL ships with. What it brings is not known: nothing that is missed from then on is
    /// called a mistake for certain.
    fn make_unknown_extension(&mut self, name: &Ident, namespace: Option<Oid>) {
        if !self.known_extensions.contains(&*name.name) {
            let known = builtin::extensions(self.catalog.version).map(|it| it.name);
            let known: Vec<&str> = known.collect();
            self.report(errors::unknown(&name.name, name.span, known));
        }
        let namespace = namespace.or_else(|| self.catalog.creation_namespace());
        let namespace = namespace.unwrap_or(well_known::PUBLIC);
        self.put_extension(name, namespace, true, false);
    }

    fn put_extension(
        &mut self,
        name: &Ident,
        namespace: Oid,
        relocatable: bool,
        known: bool,
    ) -> Address {
        let oid = self.catalog.next_oid();
        self.catalog.extensions.put(Extension {
            oid,
            name: name.name.clone(),
            namespace,
            relocatable,
            version: None,
            known,
            provenance: Some(Provenance::new(name.span)),
        });
        let address = Address::new(Class::Extension, oid);
        self.put_in_schema(address, namespace);
        address
    }

    fn make_schema(&mut self, name: &str, span: Span) -> Oid {
        let oid = self.catalog.next_oid();
        self.catalog
            .namespaces
            .put(crate::postgres::catalog::Namespace {
                oid,
                name: name.into(),
                owner: Catalog::OWNER,
                provenance: Some(Provenance::new(span)),
            });
        self.catalog.renew_search_path();
        oid
    }

    /// Puts into the catalog what an extension brings.
    fn bring(
        &mut self,
        known: &builtin::Extension,
        namespace: Oid,
        extension: Address,
        span: Span,
    ) {
        let brought = known.objects(self.catalog.version, namespace);
        let mut members: Vec<Address> = Vec::new();
        for object in brought.types {
            if !object.is_array {
                if let Some(taken) = self.catalog.type_in(namespace, &object.name) {
                    let declared = self.declared(Address::new(Class::Type, taken.oid));
                    let diagnostic = errors::brings_taken(&object.name, "type", span, declared);
                    self.report(diagnostic);
                    continue;
                }
                members.push(Address::new(Class::Type, object.oid));
            }
            self.catalog.store_type(made(object, TypeDetails::None));
        }
        for object in brought.functions {
            let all = self
                .catalog
                .routines
                .all_named(Some(namespace), &object.name);
            let mut all = all.into_iter();
            if let Some(taken) = all.find(|it| it.object.inputs == object.inputs) {
                let declared = self.declared(Address::new(Class::Routine, taken.object.oid));
                let diagnostic = errors::brings_taken(&object.name, "function", span, declared);
                self.report(diagnostic);
                continue;
            }
            members.push(Address::new(Class::Routine, object.oid));
            self.depend_on_types(
                Address::new(Class::Routine, object.oid),
                &object.inputs,
                object.result,
            );
            self.catalog
                .routines
                .put(made(object, RoutineDetails::default()));
        }
        for object in brought.operators {
            members.push(Address::new(Class::Operator, object.oid));
            self.catalog.operators.put(made(object, ()));
        }
        for object in brought.casts {
            let oid = self.catalog.next_oid();
            members.push(Address::new(Class::Cast, oid));
            self.catalog.casts.put(made(object, CastName(oid)));
        }
        for object in brought.access_methods {
            members.push(Address::new(Class::AccessMethod, object.oid));
            self.catalog.access_methods.put(made(object, ()));
        }
        for object in brought.operator_families {
            members.push(Address::new(Class::OperatorFamily, object.oid));
            let operators = brought.family_members.iter();
            let operators = operators.filter(|it| it.family == object.oid).copied();
            let more = FamilyMembers {
                operators: operators.collect(),
                functions: Vec::new(),
            };
            self.catalog.operator_families.put(made(object, more));
        }
        for object in brought.operator_classes {
            members.push(Address::new(Class::OperatorClass, object.oid));
            self.catalog.operator_classes.put(made(object, ()));
        }
        for object in brought.collations {
            members.push(Address::new(Class::Collation, object.oid));
            self.catalog.collations.put(made(object, ()));
        }
        for object in brought.languages {
            members.push(Address::new(Class::Language, object.oid));
            self.catalog.languages.put(made(object, ()));
        }
        for row in &brought.relations {
            members.push(Address::relation(row.oid));
            self.catalog.put_system_relation(row);
        }
        for object in brought.text_search {
            let class = match object.kind {
                TextSearchKind::Configuration => Class::TextSearchConfiguration,
                TextSearchKind::Dictionary => Class::TextSearchDictionary,
                TextSearchKind::Parser => Class::TextSearchParser,
                TextSearchKind::Template => Class::TextSearchTemplate,
            };
            members.push(Address::new(class, object.oid));
            self.put_plain(class, object.oid, &object.name, Some(object.namespace));
        }
        for (oid, name) in brought.foreign_data_wrappers {
            members.push(Address::new(Class::ForeignDataWrapper, oid));
            self.put_plain(Class::ForeignDataWrapper, oid, name, None);
        }
        for member in members {
            let kind = Dependency::Extension;
            self.catalog.dependencies.add(member, extension, kind);
        }
    }

    fn put_plain(&mut self, class: Class, oid: Oid, name: &str, container: Option<Oid>) {
        self.catalog.plain.put(Plain {
            oid,
            name: name.into(),
            class,
            container,
            owner: Some(Catalog::OWNER),
            provenance: None,
        });
    }

    /// Has a routine depend on the types of its signature.
    pub(super) fn depend_on_types(&mut self, routine: Address, inputs: &[Oid], result: Oid) {
        for oid in inputs.iter().chain([&result]) {
            let typed = Address::new(Class::Type, *oid);
            let kind = Dependency::Normal;
            self.catalog.dependencies.add(routine, typed, kind);
        }
    }

    pub(super) fn alter_extension(&mut self, alter: &AlterExtension) {
        let search = self.search_global(GlobalWord::Extension, &alter.name);
        let Some(extension) = self.settle(search) else {
            return;
        };
        match &alter.action {
            ExtensionAction::Update(version) => {
                let known = builtin::extension(self.catalog.version, &alter.name.name);
                if let (Some(known), Some((wanted, span))) = (known, version)
                    && **wanted != *known.version
                {
                    let name = &alter.name.name;
                    let diagnostic = errors::unknown_version(name, wanted, known.version, *span);
                    self.report(diagnostic);
                }
            }
            ExtensionAction::Add(object) => self.add_member_of_extension(extension, object),
            ExtensionAction::Drop(object) => {
                let Some(member) = self.object(object) else {
                    return;
                };
                let kind = Dependency::Extension;
                let mut edges = self.catalog.dependencies.of(member);
                if edges.any(|it| it == (member, extension, kind)) {
                    drop(edges);
                    self.catalog.dependencies.remove(member, extension, kind);
                } else {
                    drop(edges);
                    let what = self.catalog.describe(member);
                    self.report(errors::no_member(&what, &alter.name.name, object.span()));
                }
            }
        }
    }

    fn add_member_of_extension(&mut self, extension: Address, object: &ObjectReference) {
        let Some(member) = self.object(object) else {
            return;
        };
        let mut edges = self.catalog.dependencies.of(member);
        let of = edges
            .find(|(dependent, _, kind)| *dependent == member && *kind == Dependency::Extension);
        drop(edges);
        if let Some((_, of, _)) = of {
            let what = self.catalog.describe(member);
            let of = self.catalog.describe(of);
            return self.report(errors::member_already(&what, &of, object.span()));
        }
        self.catalog
            .dependencies
            .add(member, extension, Dependency::Extension);
    }

    /// ALTER EXTENSION … SET SCHEMA.
    pub(super) fn move_extension(&mut self, oid: Oid, to: Oid, span: Span) {
        let Some(found) = self.catalog.extensions.get(oid).cloned() else {
            return;
        };
        if !found.relocatable {
            return self.report(errors::not_relocatable(&found.name, span));
        }
        let this = Address::new(Class::Extension, oid);
        let members: Vec<Address> = self
            .catalog
            .dependencies
            .on(this)
            .filter(|(_, _, kind)| *kind == Dependency::Extension)
            .map(|(member, ..)| member)
            .collect();
        for member in members {
            match member.class {
                Class::Relation => self.catalog.move_relation(member.oid, to, span),
                Class::Cast | Class::Language | Class::AccessMethod | Class::ForeignDataWrapper => {
                }
                _ => self.put_into_schema(member, to),
            }
        }
        self.catalog.extensions.change(oid, |it| it.namespace = to);
        self.catalog.renew_namespace(this, to);
    }
}

/// What an extension brought, which no statement made.
fn made<T, More>(object: T, more: More) -> Made<T, More> {
    Made {
        object,
        more,
        owner: Some(Catalog::OWNER),
        provenance: None,
    }
}

/// Whether a version is a number that is less than another, of which the server has the older scripts as well.
fn is_older_version(wanted: &str, newest: &str) -> bool {
    let numbers =
        |text: &str| -> Option<Vec<u32>> { text.split('.').map(|it| it.parse().ok()).collect() };
    match (numbers(wanted), numbers(newest)) {
        (Some(wanted), Some(newest)) => wanted >= vec![1, 0] && wanted < newest,
        _ => false,
    }
}
