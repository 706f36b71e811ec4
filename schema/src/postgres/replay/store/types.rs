//! Types, and the types of their arrays.

use crate::catalog::Provenance;
use crate::postgres::catalog::{Address, Catalog, Class, Dependency, Made, Type, TypeDetails};
use crate::postgres::types::{self, Name, Oid, Storage, TypeKind};

/// A type to be made.
#[derive(Debug, Clone)]
pub struct NewType {
    /// What the type system knows of it. Its array type is made with it.
    pub object: types::Type,
    /// The rest.
    pub more: TypeDetails,
    /// Where it came from.
    pub provenance: Option<Provenance>,
}

impl Catalog {
    /// Makes a type and the type of its arrays; a type that has the name of the former because it was made for arrays gets
    /// another. The type's number is given, for what refers to it already.
    pub fn create_type(&mut self, new: NewType) -> Oid {
        let oid = new.object.oid;
        let namespace = new.object.namespace;
        self.move_array_type(namespace, &new.object.name);
        let array_name = self.choose_array_name(&new.object.name, namespace);
        let array = self.next_oid();
        let array_type = types::Type {
            oid: array,
            namespace,
            name: Name::Owned(array_name),
            kind: TypeKind::Base,
            category: 'A',
            preferred: false,
            length: -1,
            storage: Storage::Extended,
            element: Some(oid),
            is_array: true,
            array: None,
            collation: new.object.collation,
            takes_modifier: new.object.takes_modifier,
        };
        let provenance = new.provenance.clone();
        self.store_type(Made {
            object: types::Type {
                array: Some(array),
                ..new.object
            },
            more: new.more,
            owner: Some(Catalog::OWNER),
            provenance: new.provenance,
        });
        self.store_type(Made {
            object: array_type,
            more: TypeDetails::None,
            owner: Some(Catalog::OWNER),
            provenance,
        });
        oid
    }

    /// Puts a type into the catalog with what it depends on (`GenerateTypeDependencies`).
    pub fn store_type(&mut self, made: Type) {
        let object = &made.object;
        let this = Address::new(Class::Type, object.oid);
        let mut normal = Vec::new();
        let mut internal = None;
        match object.kind {
            TypeKind::Composite { relation } => {
                let is_alone = self.relation(relation).is_none_or(|found| {
                    matches!(
                        found.kind,
                        crate::postgres::catalog::RelationKind::Composite
                    )
                });
                let relation = Address::relation(relation);
                // The columns of a composite type are a part of it, the type of rows is one of its table.
                match is_alone {
                    true => self.dependencies.add(relation, this, Dependency::Internal),
                    false => internal = Some(relation),
                }
            }
            TypeKind::Domain { base } => {
                normal.push(Address::new(Class::Type, base.oid));
                normal.extend(base.collation.map(|it| Address::new(Class::Collation, it)));
            }
            TypeKind::Range { subtype, .. } => normal.push(Address::new(Class::Type, subtype)),
            TypeKind::Multirange { range } => internal = Some(Address::new(Class::Type, range)),
            TypeKind::Base | TypeKind::Enum | TypeKind::Pseudo | TypeKind::Shell => {}
        }
        if let (Some(element), true) = (object.element, object.is_array) {
            internal = Some(Address::new(Class::Type, element));
        }
        // What is a part of another object is in its schema with that.
        if internal.is_none() {
            normal.push(Address::new(Class::Namespace, object.namespace));
        }
        for referenced in normal {
            self.dependencies.add(this, referenced, Dependency::Normal);
        }
        if let Some(referenced) = internal {
            self.dependencies
                .add(this, referenced, Dependency::Internal);
        }
        self.types.put(made);
    }

    /// Gives another name to a type that was made for arrays and has a name that is wanted; says whether it was one
    /// (`moveArrayTypeName`).
    pub fn move_array_type(&mut self, namespace: Oid, name: &str) -> bool {
        let found = self.types.named(Some(namespace), name);
        let Some(oid) = found
            .filter(|it| it.object.is_array)
            .map(|it| it.object.oid)
        else {
            return false;
        };
        let element = self.types.get(oid).and_then(|it| it.object.element);
        let element = element.and_then(|it| self.type_of(it));
        let Some(of) = element.map(|it| it.name.to_string()) else {
            return false;
        };
        let other = self.choose_array_name(&of, namespace);
        self.types
            .change(oid, |it| it.object.name = Name::Owned(other))
    }

    /// Gives a type another name, and one that fits to the type of its arrays (`RenameTypeInternal`).
    pub fn rename_type(&mut self, oid: Oid, name: &str) {
        let Some((namespace, array)) = self
            .types
            .get(oid)
            .map(|it| (it.object.namespace, it.object.array))
        else {
            return;
        };
        self.move_array_type(namespace, name);
        self.types
            .change(oid, |it| it.object.name = Name::Owned(name.to_owned()));
        if let Some(array) = array {
            let array_name = self.choose_array_name(name, namespace);
            self.types
                .change(array, |it| it.object.name = Name::Owned(array_name));
        }
    }

    /// Moves a type and the type of its arrays to another schema.
    pub fn move_type(&mut self, oid: Oid, to: Oid) {
        let array = self.types.get(oid).and_then(|it| it.object.array);
        for oid in [Some(oid), array].into_iter().flatten() {
            self.types.change(oid, |it| it.object.namespace = to);
            self.renew_namespace(Address::new(Class::Type, oid), to);
        }
    }

    /// Has an object depend on another schema than before, if it depends on one.
    pub fn renew_namespace(&mut self, object: Address, to: Oid) {
        let edges: Vec<_> = self.dependencies.of(object).collect();
        for (dependent, referenced, kind) in edges {
            if referenced.class == Class::Namespace {
                self.dependencies.remove(dependent, referenced, kind);
                let to = Address::new(Class::Namespace, to);
                self.dependencies.add(dependent, to, kind);
            }
        }
    }

    /// The object of the type of a table's rows, or of a composite type, under a new number.
    pub fn row_type(&mut self, relation: Oid, namespace: Oid, name: &str) -> types::Type {
        types::Type {
            oid: self.next_oid(),
            namespace,
            name: Name::Owned(name.to_owned()),
            kind: TypeKind::Composite { relation },
            category: 'C',
            preferred: false,
            length: -1,
            storage: Storage::Extended,
            element: None,
            is_array: false,
            array: None,
            collation: None,
            takes_modifier: false,
        }
    }
}
