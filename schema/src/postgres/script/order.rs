//! In which order objects are made, so that each finds what it cannot be without; and which parts of a table its own
//! statement can make.

use crate::postgres::catalog::{
    Address, Catalog, Class, ConstraintKind, ConstraintOn, Dependency, Relation, RelationKind,
};
use crate::postgres::types::{Oid, TypeKind};
use std::collections::{BTreeMap, BTreeSet};

/// The objects that have statements of their own, in the order of those.
pub(super) struct Order {
    /// Each after what it cannot be without, otherwise in the order of creation.
    pub objects: Vec<Address>,
    /// Defaults and constraints that are in the statement of their table.
    pub inline: BTreeSet<Address>,
}

/// What an object cannot be without, as far as that has a statement of its own.
struct Graph<'a> {
    catalog: &'a Catalog,
    edges: BTreeMap<Address, BTreeSet<Address>>,
    /// Parts of tables that are made with these.
    inline: BTreeSet<Address>,
}

/// The order in which the objects of a catalog are made.
pub(super) fn order(catalog: &Catalog) -> Order {
    let mut graph = Graph {
        catalog,
        edges: BTreeMap::new(),
        inline: BTreeSet::new(),
    };
    for object in objects(catalog) {
        let edges = graph.edges_of(object);
        graph.edges.insert(object, edges);
    }
    for table in catalog.lasting_relations().filter(|it| is_made_whole(it)) {
        for part in parts(catalog, table) {
            graph.put_into_table(part, Address::relation(table.oid));
        }
    }
    let objects = graph.sorted();
    Order {
        objects,
        inline: graph.inline,
    }
}

/// Whether what is inside of a table can be said by the statement that makes it.
fn is_made_whole(relation: &Relation) -> bool {
    match &relation.kind {
        RelationKind::Table | RelationKind::Partitioned(_) | RelationKind::Foreign(_) => true,
        RelationKind::View(_)
        | RelationKind::MaterializedView(_)
        | RelationKind::Sequence(_)
        | RelationKind::Index(_)
        | RelationKind::PartitionedIndex(_)
        | RelationKind::Composite => false,
    }
}

/// Whether a constraint can stand in CREATE TABLE and be the same there.
fn can_be_inline(catalog: &Catalog, table: &Relation, part: Address) -> bool {
    if part.class != Class::Constraint {
        return true;
    }
    let Some(constraint) = catalog.constraints.get(part.oid) else {
        return false;
    };
    let stands_alone = !table.is_partition() && table.partition_key().is_none();
    constraint.validated
        && constraint.enforced
        && match constraint.kind {
            ConstraintKind::Check { .. } => true,
            // Those of partitions are made one by one and attached.
            ConstraintKind::PrimaryKey(_)
            | ConstraintKind::Unique(_)
            | ConstraintKind::Exclude { .. }
            | ConstraintKind::ForeignKey(_) => stands_alone,
            ConstraintKind::NotNull { .. } | ConstraintKind::Trigger => false,
        }
}

/// The defaults and constraints of a table that its statement can make.
fn parts(catalog: &Catalog, table: &Relation) -> Vec<Address> {
    let mut keys = BTreeSet::new();
    let constraints = catalog.constraints.inside(Some(table.oid));
    let mut constraints: Vec<Oid> = constraints.map(|it| it.oid).collect();
    constraints.sort_unstable();
    let constraints = constraints
        .into_iter()
        .map(|oid| Address::new(Class::Constraint, oid));
    defaults(table)
        .chain(constraints)
        .filter(|part| can_be_inline(catalog, table, *part))
        .filter(|part| {
            let constraint = catalog.constraints.get(part.oid);
            let key = constraint.filter(|_| part.class == Class::Constraint);
            // Of two keys of the same columns CREATE TABLE makes one.
            key.and_then(|it| it.kind.key())
                .is_none_or(|key| keys.insert(key.columns.clone()))
        })
        .collect()
}

/// The defaults of a relation's columns; what a generated column is made of is a part of it.
fn defaults(relation: &Relation) -> impl Iterator<Item = Address> {
    let columns = relation.live_columns();
    let columns = columns.filter(|it| it.default.is_some() && it.generated.is_none());
    columns.map(|it| Address::default(relation.oid, it.number))
}

/// Everything that has a statement of its own, or could have one.
fn objects(catalog: &Catalog) -> BTreeSet<Address> {
    let mut found = BTreeSet::new();
    let mut add = |address: Address| {
        if unit(catalog, address) == Some(address) {
            found.insert(address);
        }
    };
    for relation in catalog.lasting_relations() {
        add(Address::relation(relation.oid));
        defaults(relation).for_each(&mut add);
    }
    let classes = [
        (Class::Namespace, numbers(&catalog.namespaces)),
        (Class::Extension, numbers(&catalog.extensions)),
        (Class::Type, numbers(&catalog.types)),
        (Class::Routine, numbers(&catalog.routines)),
        (Class::Constraint, numbers(&catalog.constraints)),
        (Class::Trigger, numbers(&catalog.triggers)),
        (Class::Rule, numbers(&catalog.rules)),
        (Class::Policy, numbers(&catalog.policies)),
        (Class::Operator, numbers(&catalog.operators)),
        (Class::OperatorFamily, numbers(&catalog.operator_families)),
        (Class::OperatorClass, numbers(&catalog.operator_classes)),
        (Class::Cast, numbers(&catalog.casts)),
        (Class::Collation, numbers(&catalog.collations)),
        (Class::Language, numbers(&catalog.languages)),
        (Class::AccessMethod, numbers(&catalog.access_methods)),
        (Class::Statistics, numbers(&catalog.statistics)),
        (Class::Publication, numbers(&catalog.publications)),
    ];
    for (class, numbers) in classes {
        for oid in numbers {
            add(Address::new(class, oid));
        }
    }
    for plain in catalog.plain.iter() {
        add(Address::new(plain.class, plain.oid));
    }
    found
}

fn numbers<T: crate::postgres::catalog::Object>(
    objects: &crate::postgres::catalog::Objects<T>,
) -> Vec<Oid> {
    objects.iter().map(|it| it.oid()).collect()
}

/// The object whose statement makes another one: the table of a row type, the element of an array, an extension.
fn unit(catalog: &Catalog, address: Address) -> Option<Address> {
    if let Some(extension) = catalog.extension_of(address.whole()) {
        return Some(Address::new(Class::Extension, extension));
    }
    let oid = address.oid;
    match address.class {
        Class::Relation => relation_unit(catalog, oid),
        Class::Default => {
            let column = catalog.relation(oid)?.column_at(address.part)?;
            match column.generated {
                Some(_) => relation_unit(catalog, oid),
                None => Some(address),
            }
        }
        Class::Type => type_unit(catalog, oid),
        Class::Routine => {
            // The constructors of a range are made with it.
            let mut edges = catalog.dependencies.of(address);
            let part_of = edges.find(|(_, _, kind)| *kind == Dependency::Internal);
            match part_of {
                Some((_, range, _)) => unit(catalog, range),
                None => {
                    let namespace = catalog.routines.get(oid)?.object.namespace;
                    catalog.is_lasting(namespace).then_some(address)
                }
            }
        }
        Class::Constraint => {
            let constraint = catalog.constraints.get(oid)?;
            match (constraint.on, &constraint.kind) {
                (ConstraintOn::Domain(domain), _) => type_unit(catalog, domain),
                (ConstraintOn::Table(table), ConstraintKind::NotNull { .. }) => {
                    relation_unit(catalog, table)
                }
                (ConstraintOn::Table(_), ConstraintKind::Trigger) => {
                    let mut triggers = catalog.triggers.iter();
                    let trigger = triggers.find(|it| it.constraint == Some(oid))?;
                    Some(Address::new(Class::Trigger, trigger.oid))
                }
                (ConstraintOn::Table(table), _) => {
                    relation_unit(catalog, table)?;
                    Some(address)
                }
            }
        }
        Class::Trigger => {
            let trigger = catalog.triggers.get(oid)?;
            relation_unit(catalog, trigger.table)?;
            // Those of partitions are made with that of their parent.
            trigger.parent.is_none().then_some(address)
        }
        Class::Rule => relation_unit(catalog, catalog.rules.get(oid)?.table).map(|_| address),
        Class::Policy => relation_unit(catalog, catalog.policies.get(oid)?.table).map(|_| address),
        Class::Namespace => {
            let is_new = catalog.namespaces.get(oid)?.provenance.is_some();
            (is_new && catalog.is_lasting(oid)).then_some(address)
        }
        Class::Extension => {
            let extension = catalog.extensions.get(oid)?;
            (&*extension.name != "plpgsql").then_some(address)
        }
        Class::PublicationRelation
        | Class::PublicationNamespace
        | Class::OperatorOfFamily
        | Class::FunctionOfFamily
        | Class::Role
        | Class::Tablespace
        | Class::Database
        | Class::LargeObject
        | Class::DefaultPrivileges
        | Class::Subscription => None,
        Class::Operator
        | Class::OperatorClass
        | Class::OperatorFamily
        | Class::Cast
        | Class::Transform
        | Class::Collation
        | Class::Conversion
        | Class::Language
        | Class::AccessMethod
        | Class::Statistics
        | Class::TextSearchParser
        | Class::TextSearchDictionary
        | Class::TextSearchTemplate
        | Class::TextSearchConfiguration
        | Class::ForeignDataWrapper
        | Class::ForeignServer
        | Class::UserMapping
        | Class::Publication
        | Class::EventTrigger => Some(address),
    }
}

fn relation_unit(catalog: &Catalog, oid: Oid) -> Option<Address> {
    let relation = catalog.relations.get(oid)?;
    if let Some(extension) = catalog.extension_of(Address::relation(oid)) {
        return Some(Address::new(Class::Extension, extension));
    }
    if !catalog.is_lasting(relation.namespace) {
        return None;
    }
    match &relation.kind {
        RelationKind::Composite => Some(Address::new(Class::Type, relation.row_type?)),
        RelationKind::Index(index) | RelationKind::PartitionedIndex(index) => {
            Some(match index.constraint {
                Some(constraint) => Address::new(Class::Constraint, constraint),
                None => Address::relation(oid),
            })
        }
        RelationKind::Sequence(_) => match catalog.owner_of_sequence(oid) {
            // That of an identity column is a part of the column.
            Some((table, _, Dependency::Internal)) => relation_unit(catalog, table),
            Some(_) | None => Some(Address::relation(oid)),
        },
        RelationKind::Table
        | RelationKind::Partitioned(_)
        | RelationKind::Foreign(_)
        | RelationKind::View(_)
        | RelationKind::MaterializedView(_) => Some(Address::relation(oid)),
    }
}

fn type_unit(catalog: &Catalog, oid: Oid) -> Option<Address> {
    let found = &catalog.types.get(oid)?.object;
    let address = Address::new(Class::Type, oid);
    if let Some(extension) = catalog.extension_of(address) {
        return Some(Address::new(Class::Extension, extension));
    }
    if found.is_array {
        return type_unit(catalog, found.element?);
    }
    match found.kind {
        TypeKind::Multirange { range } => type_unit(catalog, range),
        TypeKind::Composite { relation } => relation_unit(catalog, relation),
        TypeKind::Base
        | TypeKind::Domain { .. }
        | TypeKind::Enum
        | TypeKind::Pseudo
        | TypeKind::Range { .. }
        | TypeKind::Shell => catalog.is_lasting(found.namespace).then_some(address),
    }
}

impl Graph<'_> {
    fn edges_of(&self, object: Address) -> BTreeSet<Address> {
        let catalog = self.catalog;
        let needs = |from: Address| {
            let edges = catalog.dependencies.of(from);
            edges.map(|(_, referenced, _)| referenced)
        };
        let mut found: Vec<Address> = needs(object).collect();
        match object.class {
            Class::Relation => {
                let relation = catalog.relation(object.oid);
                let columns = relation.into_iter().flat_map(Relation::live_columns);
                for column in columns.filter(|it| it.generated.is_some()) {
                    found.extend(needs(Address::default(object.oid, column.number)));
                }
                if relation.is_some_and(|it| it.sequence().is_some()) {
                    // Its table comes after it, and says then that it owns it.
                    found.retain(|it| it.class == Class::Namespace);
                }
                let owned = catalog.owned_sequences(object.oid);
                found.extend(owned.into_iter().map(Address::relation));
                if let Some(index) = relation.and_then(Relation::index) {
                    found.extend(self.partitions(index.table));
                }
            }
            Class::Type => {
                for constraint in catalog.constraints.inside(Some(object.oid)) {
                    found.extend(needs(Address::new(Class::Constraint, constraint.oid)));
                }
                if let Some(TypeKind::Composite { relation }) =
                    catalog.type_of(object.oid).map(|it| it.kind)
                {
                    found.extend(needs(Address::relation(relation)));
                }
            }
            Class::Constraint => {
                let constraint = catalog.constraints.get(object.oid);
                let table = constraint.and_then(|it| it.on.table());
                found.extend(table.map(Address::relation));
                let key = constraint.and_then(|it| it.kind.key());
                if let (Some(table), Some(key)) = (table, key) {
                    found.extend(needs(Address::relation(key.index)));
                    found.extend(self.partitions(table));
                }
            }
            Class::Publication => {
                let publication = catalog.publications.get(object.oid);
                let tables = publication.into_iter().flat_map(|it| &it.tables);
                found.extend(tables.map(|it| Address::relation(it.table)));
            }
            _ => {}
        }
        let mut edges: BTreeSet<Address> = found
            .into_iter()
            .filter_map(|it| unit(catalog, it))
            .collect();
        edges.remove(&object);
        edges
    }

    /// The partitions below a table: they are attached before it gets indexes, which are then attached as well.
    fn partitions(&self, table: Oid) -> Vec<Address> {
        let mut pending = vec![table];
        let mut found = Vec::new();
        while let Some(relation) = pending.pop().and_then(|oid| self.catalog.relation(oid)) {
            if relation.partition_key().is_some() {
                pending.extend(&relation.children);
                found.extend(relation.children.iter().copied().map(Address::relation));
            }
        }
        found
    }

    /// Puts a default or constraint into the statement of its table, unless it needs something that needs the table.
    fn put_into_table(&mut self, part: Address, table: Address) {
        let Some(mut needs) = self.edges.get(&part).cloned() else {
            return;
        };
        needs.remove(&table);
        // What is already in it.
        let own = BTreeSet::from([table]);
        needs.retain(|it| !(self.inline.contains(it) && self.edges.get(it) == Some(&own)));
        if needs.iter().any(|it| self.reaches(*it, table)) {
            return;
        }
        self.edges.entry(table).or_default().extend(needs);
        self.inline.insert(part);
        self.edges.insert(part, BTreeSet::from([table]));
    }

    /// Whether an object cannot be without another, directly or through others.
    fn reaches(&self, from: Address, to: Address) -> bool {
        let mut pending = vec![from];
        let mut seen = BTreeSet::new();
        while let Some(object) = pending.pop() {
            if object == to {
                return true;
            }
            if seen.insert(object) {
                pending.extend(self.edges.get(&object).into_iter().flatten());
            }
        }
        false
    }

    /// All objects but those inside of tables, each after what it cannot be without.
    fn sorted(&self) -> Vec<Address> {
        let mut all: Vec<Address> = self.edges.keys().copied().collect();
        // Schemas and extensions first, as everybody writes them.
        let place = |it: &Address| match it.class {
            Class::Namespace => 0,
            Class::Extension => 1,
            _ => 2,
        };
        all.sort_by_key(|it| (place(it), it.oid, *it));
        let mut sorted = Vec::new();
        let mut seen = BTreeSet::new();
        // What is entered twice has what it needs behind it.
        let mut pending: Vec<(Address, bool)> =
            all.into_iter().rev().map(|it| (it, false)).collect();
        while let Some((object, is_ready)) = pending.pop() {
            if is_ready {
                if !self.inline.contains(&object) {
                    sorted.push(object);
                }
            } else if seen.insert(object) {
                pending.push((object, true));
                let needs = self.edges.get(&object).into_iter().flatten();
                let mut needs: Vec<Address> = needs.copied().collect();
                needs.sort_by_key(|it| std::cmp::Reverse((it.oid, *it)));
                pending.extend(needs.into_iter().map(|it| (it, false)));
            }
        }
        sorted
    }
}
