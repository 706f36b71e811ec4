//! What the type system asks of the catalog.

use super::{Catalog, Class, Relation, TypeDetails};
use crate::postgres::builtin::TextSearchKind;
use crate::postgres::types::{
    self, Attribute, Cast, Collation, FamilyMember, Function, Name, Oid, Operator, OperatorClass,
};
use std::collections::BTreeSet;

/// What the type system asks. It looks in all schemas for functions and operators, and chooses by the search path itself.
impl types::Objects for Catalog {
    fn version(&self) -> u16 {
        self.version
    }

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
                let labels = labels.map(|it| (it.oid, Name::Owned(it.label.as_ref().into())));
                labels.collect()
            }
            Some(_) | None => Vec::new(),
        }
    }

    fn relation_name(&self, relation: Oid) -> Option<(Oid, &str)> {
        let found = self.relation(relation)?;
        Some((found.namespace, &*found.name))
    }

    fn relation_named(&self, namespace: Oid, name: &str) -> Option<Oid> {
        Catalog::relation_named(self, namespace, name).map(|found| found.oid)
    }

    fn collation(&self, oid: Oid) -> Option<&Collation> {
        let made = self.collations.get(oid).map(|found| &found.object);
        made.or_else(|| self.builtin().collations().get(oid))
    }

    fn collation_named(&self, namespace: Oid, name: &str) -> Option<&Collation> {
        let made = self.collations.named(Some(namespace), name);
        let made = made.map(|found| &found.object);
        let mut of_system = self.builtin().collations().named(name).iter();
        made.or_else(|| of_system.find(|it| it.namespace == namespace))
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
        let of_system = self.builtin().family_members(family);
        made.iter().chain(of_system).copied().collect()
    }

    fn text_search_named(&self, kind: TextSearchKind, namespace: Oid, name: &str) -> Option<Oid> {
        let class = match kind {
            TextSearchKind::Configuration => Class::TextSearchConfiguration,
            TextSearchKind::Dictionary => Class::TextSearchDictionary,
            TextSearchKind::Parser => Class::TextSearchParser,
            TextSearchKind::Template => Class::TextSearchTemplate,
        };
        let made = self.plain.all_named(Some(namespace), name).into_iter();
        let made = made.filter(|found| found.class == class).map(|it| it.oid);
        let of_system = self.builtin().text_search().iter();
        let of_system = of_system
            .filter(|it| it.kind == kind && it.namespace == namespace && it.name == name)
            .map(|it| it.oid);
        made.chain(of_system).next()
    }

    fn text_search_name(&self, oid: Oid) -> Option<(Oid, &str)> {
        let mut all = self.builtin().text_search().iter();
        let builtin = all
            .find(|it| it.oid == oid)
            .map(|it| (it.namespace, &*it.name));
        builtin.or_else(|| {
            let made = self.plain.get(oid)?;
            Some((made.container?, &*made.name))
        })
    }

    fn role_name(&self, role: Oid) -> Option<&str> {
        self.roles.get(role).map(|found| &*found.name)
    }

    fn role_named(&self, name: &str) -> Option<Oid> {
        self.roles.named(None, name).map(|found| found.oid)
    }
}
