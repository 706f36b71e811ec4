//! From names to objects: the one place that knows the search path, and which names clash.
//!
//! The grammar has folded and cut the names; here they are compared as they are.

use super::{Catalog, Constraint, Made, Object, Objects, Relation, Trigger, Type, TypeDetails};
use crate::postgres::builtin::TextSearchKind;
use crate::postgres::types::{
    self, Attribute, Cast, Collation, FamilyMember, Function, Name, Oid, Operator, OperatorClass,
};
use std::collections::BTreeSet;

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
        self.relations.get(oid).map(AsRef::as_ref)
    }

    /// A relation by its name in a schema.
    #[must_use]
    pub fn relation_named(&self, namespace: Oid, name: &str) -> Option<&Relation> {
        self.relations
            .named(Some(namespace), name)
            .map(AsRef::as_ref)
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
        let found = self.types.named(Some(namespace), name);
        let made = found.map(|found| &found.object);
        made.or_else(|| {
            let named = self.builtin().types().named(name);
            named.iter().find(|found| found.namespace == namespace)
        })
    }

    /// A type that a migration made, by its number.
    #[must_use]
    pub fn made_type(&self, oid: Oid) -> Option<&Type> {
        self.types.get(oid).map(AsRef::as_ref)
    }

    /// The type that a name stands for.
    #[must_use]
    pub fn find_type<'a>(&self, name: impl Into<ObjectName<'a>>) -> Option<&types::Type> {
        let name = name.into();
        self.look_for(name, |namespace| self.type_in(namespace, name.name))
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
    fn in_any_namespace<'a, T, More>(
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

/// What the type system asks. It looks in all schemas for functions and operators, and chooses by the search path itself.
impl types::Objects for Catalog {
    fn search_path(&self) -> &[Oid] {
        Catalog::search_path(self)
    }

    fn namespace(&self, name: &str) -> Option<Oid> {
        self.namespace_named(name)
    }

    fn namespace_name(&self, namespace: Oid) -> Option<&str> {
        Catalog::namespace_name(self, namespace)
    }

    fn type_by_oid(&self, oid: Oid) -> Option<&types::Type> {
        self.type_of(oid)
    }

    fn type_named(&self, namespace: Oid, name: &str) -> Option<&types::Type> {
        self.type_in(namespace, name)
    }

    fn function(&self, oid: Oid) -> Option<&Function> {
        let made = self.routines.get(oid).map(|found| &found.object);
        made.or_else(|| self.builtin().functions().get(oid))
    }

    fn functions_named(&self, name: &str) -> Vec<&Function> {
        let mut found = self.in_any_namespace(&self.routines, name);
        found.extend(self.builtin().functions().named(name));
        found
    }

    fn operator(&self, oid: Oid) -> Option<&Operator> {
        let made = self.operators.get(oid).map(|found| &found.object);
        made.or_else(|| self.builtin().operators().get(oid))
    }

    fn operators_named(&self, name: &str) -> Vec<&Operator> {
        let mut found = self.in_any_namespace(&self.operators, name);
        found.extend(self.builtin().operators().named(name));
        found
    }

    fn cast(&self, source: Oid, target: Oid) -> Option<&Cast> {
        let mut casts = self.casts.inside(Some(source));
        let made = casts.find(|cast| cast.object.target == target);
        let made = made.map(|found| &found.object);
        made.or_else(|| self.builtin().cast(source, target))
    }

    fn attributes(&self, relation: Oid) -> Vec<Attribute> {
        if let Some(found) = self.builtin().relations().get(relation) {
            let collation_of = |oid| self.type_of(oid).and_then(|found| found.collation);
            return found.attributes(collation_of);
        }
        let columns = self.relation(relation).into_iter();
        let columns = columns.flat_map(Relation::live_columns);
        columns
            .map(|column| Attribute {
                number: column.number,
                name: Name::Owned(column.name.as_ref().into()),
                value: column.typed,
                not_null: column.not_null,
            })
            .collect()
    }

    fn inherits(&self, relation: Oid, ancestor: Oid) -> bool {
        let mut pending = vec![relation];
        let mut seen = BTreeSet::new();
        while let Some(oid) = pending.pop() {
            let parents = self.relation(oid).map(|found| found.parents.as_slice());
            let parents = parents.unwrap_or_default();
            if parents.contains(&ancestor) {
                return true;
            }
            pending.extend(
                parents
                    .iter()
                    .copied()
                    .filter(|parent| seen.insert(*parent)),
            );
        }
        false
    }

    fn enum_labels(&self, enumeration: Oid) -> Vec<(Oid, Name)> {
        match self.made_type(enumeration).map(|found| &found.more) {
            Some(TypeDetails::Enum(labels)) => {
                let labels = labels.iter();
                labels
                    .map(|it| (it.oid, Name::Owned(it.label.as_ref().into())))
                    .collect()
            }
            Some(_) | None => Vec::new(),
        }
    }

    fn relation_name(&self, relation: Oid) -> Option<(Oid, &str)> {
        let made = self.relation(relation).map(|it| (it.namespace, &*it.name));
        made.or_else(|| {
            let found = self.builtin().relations().get(relation)?;
            Some((found.namespace, &*found.name))
        })
    }

    fn relation_named(&self, namespace: Oid, name: &str) -> Option<Oid> {
        let made = Catalog::relation_named(self, namespace, name).map(|it| it.oid);
        made.or_else(|| {
            let mut named = self.builtin().relations().named(name).iter();
            let found = named.find(|found| found.namespace == namespace);
            found.map(|found| found.oid)
        })
    }

    fn collation(&self, oid: Oid) -> Option<&Collation> {
        let made = self.collations.get(oid).map(|found| &found.object);
        made.or_else(|| self.builtin().collations().get(oid))
    }

    fn collation_named(&self, namespace: Oid, name: &str) -> Option<&Collation> {
        let made = self.collations.named(Some(namespace), name);
        let made = made.map(|found| &found.object);
        made.or_else(|| {
            let named = self.builtin().collations().named(name);
            named.iter().find(|found| found.namespace == namespace)
        })
    }

    fn operator_class(&self, oid: Oid) -> Option<&OperatorClass> {
        let made = self.operator_classes.get(oid).map(|found| &found.object);
        made.or_else(|| self.builtin().operator_classes().get(oid))
    }

    fn operator_classes(&self, method: Oid) -> Vec<&OperatorClass> {
        let made = self.operator_classes.iter().map(|found| &found.object);
        let all = made.chain(self.builtin().operator_classes().all());
        all.filter(|class| class.method == method).collect()
    }

    fn family_members(&self, family: Oid) -> Vec<FamilyMember> {
        let made = self.operator_families.get(family);
        let made = made.map_or(&[][..], |found| &found.more.operators);
        let builtin = self.builtin().family_members(family);
        made.iter().chain(builtin).copied().collect()
    }

    fn text_search_named(&self, kind: TextSearchKind, namespace: Oid, name: &str) -> Option<Oid> {
        let all = self.builtin().text_search().iter();
        let mut named = all.filter(|it| it.kind == kind && it.name == name);
        named.find(|it| it.namespace == namespace).map(|it| it.oid)
    }

    fn role_named(&self, name: &str) -> Option<Oid> {
        self.roles.named(None, name).map(|found| found.oid)
    }
}
