//! From names to objects: the one place that knows the search path, and which names clash.
//!
//! The grammar has folded and cut the names; here they are compared as they are.

use super::{
    Catalog, Constraint, Made, Object, Objects, Publication, Relation, Trigger, Type, TypeDetails,
};
use crate::postgres::ast::QualifiedName;
use crate::postgres::types::{self, Oid};

/// The name of an object without its places in a file: the schema, if one was given, and the name in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObjectName<'a> {
    /// The schema.
    pub schema: Option<&'a str>,
    /// The name in it.
    pub name: &'a str,
}

impl<'a> ObjectName<'a> {
    /// A name without a schema.
    #[must_use]
    pub fn bare(name: &'a str) -> ObjectName<'a> {
        ObjectName { schema: None, name }
    }
}

impl<'a> From<&'a QualifiedName> for ObjectName<'a> {
    fn from(name: &'a QualifiedName) -> ObjectName<'a> {
        ObjectName {
            schema: name.schema.as_ref().map(|schema| &*schema.name),
            name: &name.name.name,
        }
    }
}

impl Catalog {
    /// A schema by its name.
    #[must_use]
    pub fn namespace_named(&self, name: &str) -> Option<Oid> {
        match name {
            "pg_temp" => Some(Catalog::TEMPORARY),
            _ => self.namespaces.named(None, name).map(|found| found.oid),
        }
    }

    /// The name of a schema.
    #[must_use]
    pub fn namespace_name(&self, oid: Oid) -> Option<&str> {
        self.namespaces.get(oid).map(|found| &*found.name)
    }

    /// A relation by its number.
    #[must_use]
    pub fn relation(&self, oid: Oid) -> Option<&Relation> {
        match self.relations.get(oid) {
            Some(found) => Some(found),
            None => self.system_relation(oid),
        }
    }

    /// A relation by its name in a schema.
    #[must_use]
    pub fn relation_named(&self, namespace: Oid, name: &str) -> Option<&Relation> {
        match self.relations.named(Some(namespace), name) {
            Some(found) => Some(found),
            None => {
                let of_system = self.builtin().relations().named(name).iter();
                let mut of_system = of_system.filter(|it| it.namespace == namespace);
                self.system_relation(of_system.next()?.oid)
            }
        }
    }

    /// The relation that a name stands for; nothing if it, or the schema that is named, is not there.
    #[must_use]
    pub fn find_relation<'a>(&self, name: impl Into<ObjectName<'a>>) -> Option<&Relation> {
        let name = name.into();
        self.look_for(name, |namespace| self.relation_named(namespace, name.name))
    }

    /// A type by its number.
    #[must_use]
    pub fn type_of(&self, oid: Oid) -> Option<&types::Type> {
        let made = self.types.get(oid).map(|found| &found.object);
        made.or_else(|| self.builtin().types().get(oid))
    }

    /// A type by its name in a schema.
    #[must_use]
    pub fn type_in(&self, namespace: Oid, name: &str) -> Option<&types::Type> {
        let made = self.types.named(Some(namespace), name);
        let made = made.map(|found| &found.object);
        let mut of_system = self.builtin().types().named(name).iter();
        made.or_else(|| of_system.find(|it| it.namespace == namespace))
    }

    /// A type that a migration made, by its number.
    #[must_use]
    pub fn made_type(&self, oid: Oid) -> Option<&Type> {
        self.types.get(oid).map(AsRef::as_ref)
    }

    /// Whether a label of an enum was added in the transaction that is still open, and so cannot be used yet.
    #[must_use]
    pub fn is_uncommitted_label(&self, enumeration: Oid, label: Oid) -> bool {
        let labels = match self.made_type(enumeration).map(|it| &it.more) {
            Some(TypeDetails::Enum(labels)) => labels.as_slice(),
            Some(_) | None => &[],
        };
        labels.iter().any(|it| it.oid == label && it.uncommitted)
    }

    /// The publication that has a table at the place of a number, and the table.
    pub(crate) fn publication_with(&self, place: Oid) -> Option<(&Publication, Oid)> {
        self.publications.iter().find_map(|publication| {
            let mut tables = publication.tables.iter();
            let table = tables.find(|table| table.oid == place)?;
            Some((&**publication, table.table))
        })
    }

    /// The type that a name stands for.
    #[must_use]
    pub fn find_type<'a>(&self, name: impl Into<ObjectName<'a>>) -> Option<&types::Type> {
        let name = name.into();
        self.look_for(name, |namespace| self.type_in(namespace, name.name))
    }

    /// An access method by its name, and whether it is one of indexes.
    #[must_use]
    pub fn access_method_named(&self, name: &str) -> Option<(Oid, bool)> {
        let made = self.access_methods.iter().map(|it| &it.object);
        let mut all = made.chain(self.builtin().access_methods());
        let found = all.find(|it| it.name == name)?;
        let is_index = matches!(found.kind, types::AccessMethodKind::Index { .. });
        Some((found.oid, is_index))
    }

    /// What an access method is for.
    #[must_use]
    pub fn access_method_kind(&self, oid: Oid) -> Option<types::AccessMethodKind> {
        let made = self.access_methods.iter().map(|it| &it.object);
        let mut all = made.chain(self.builtin().access_methods());
        all.find(|it| it.oid == oid).map(|it| it.kind)
    }

    /// The name of an access method.
    #[must_use]
    pub fn access_method_name(&self, oid: Oid) -> String {
        let made = self.access_methods.iter().map(|it| &it.object);
        let mut all = made.chain(self.builtin().access_methods());
        let found = all.find(|it| it.oid == oid);
        found.map_or_else(String::new, |it| it.name.to_string())
    }

    /// The constraint of a table, by its name.
    #[must_use]
    pub fn constraint_of(&self, table: Oid, name: &str) -> Option<&Constraint> {
        let found = self.constraints.named(Some(table), name);
        found.map(AsRef::as_ref)
    }

    /// The trigger of a table, by its name.
    #[must_use]
    pub fn trigger_of(&self, table: Oid, name: &str) -> Option<&Trigger> {
        self.triggers.named(Some(table), name).map(AsRef::as_ref)
    }

    /// Whether a table of the schema, or a domain, has a constraint of the name (`ConstraintNameExists`).
    #[must_use]
    pub fn is_constraint_in(&self, namespace: Oid, name: &str) -> bool {
        self.constraints.named(Some(namespace), name).is_some()
    }

    /// The first object that a look-up gives, in the schema of the name or along the search path.
    fn look_for<T>(&self, name: ObjectName<'_>, look_up: impl Fn(Oid) -> Option<T>) -> Option<T> {
        match name.schema {
            Some(schema) => look_up(self.namespace_named(schema)?),
            None => self.search_path().iter().copied().find_map(look_up),
        }
    }

    /// The objects of a name, whatever their schema.
    pub(super) fn in_any_namespace<'a, T, More>(
        &'a self,
        objects: &'a Objects<Made<T, More>>,
        name: &str,
    ) -> Vec<&'a T>
    where
        Made<T, More>: Object,
    {
        let namespaces = self.namespaces.iter();
        let found = namespaces.flat_map(|it| objects.all_named(Some(it.oid), name));
        found.map(|found| &found.object).collect()
    }
}
