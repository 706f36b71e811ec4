//! The database before the first migration.

use super::{Catalog, Namespace, Objects, Role, SearchPath};
use crate::catalog::{Log, Map};
use crate::postgres::builtin::{self, Builtin, INFORMATION_SCHEMA};
use crate::postgres::types::{Oid, well_known};

impl Catalog {
    /// The role that runs the migrations: the owner of what they make (`BOOTSTRAP_SUPERUSERID`).
    pub const OWNER: Oid = Oid(10);
    /// Its name.
    pub const OWNER_NAME: &str = "postgres";
    /// The schema of temporary objects. The engine makes it when there are some, under a number of its choice.
    pub const TEMPORARY: Oid = Oid(16_381);
    /// The schema of the tables that hold long values.
    pub const TOAST: Oid = Oid(99);

    /// How many numbers were given.
    pub(in crate::postgres) fn made(&self) -> u32 {
        self.made
    }

    /// Gives no number that was given before, whatever was rolled back since.
    pub(in crate::postgres) fn skip_to(&mut self, made: u32) {
        self.made = self.made.max(made);
    }

    /// The version of a server where nothing is said.
    pub const DEFAULT_VERSION: u16 = 15;
    /// The number of the first of the roles that every server has.
    const FIRST_ROLE: u32 = 15_000;

    /// A number for a new object.
    pub fn next_oid(&mut self) -> Oid {
        let oid = Oid(Oid::FIRST_OF_USERS.0.saturating_add(self.made));
        self.made += 1;
        oid
    }
}

impl Default for Catalog {
    fn default() -> Catalog {
        Catalog::new(Catalog::DEFAULT_VERSION)
    }
}

impl Catalog {
    /// What every new database of the server's version has.
    #[must_use]
    pub fn builtin(&self) -> &'static Builtin {
        builtin::builtin(self.version)
    }

    /// The database before the first migration, on a server of a major version.
    #[must_use]
    pub fn new(version: u16) -> Catalog {
        let mut catalog = Catalog {
            version,
            namespaces: Objects::default(),
            relations: Objects::default(),
            types: Objects::default(),
            constraints: Objects::default(),
            routines: Objects::default(),
            triggers: Objects::default(),
            rules: Objects::default(),
            policies: Objects::default(),
            operators: Objects::default(),
            operator_classes: Objects::default(),
            operator_families: Objects::default(),
            casts: Objects::default(),
            collations: Objects::default(),
            languages: Objects::default(),
            access_methods: Objects::default(),
            statistics: Objects::default(),
            extensions: Objects::default(),
            roles: Objects::default(),
            publications: Objects::default(),
            plain: Objects::default(),
            comments: Map::default(),
            grants: Map::default(),
            dependencies: super::Dependencies::default(),
            departed: Log::default(),
            rows: Map::default(),
            path: SearchPath::default(),
            made: 0,
        };
        let namespaces = [
            (well_known::PG_CATALOG, "pg_catalog"),
            (Catalog::TOAST, "pg_toast"),
            (INFORMATION_SCHEMA, "information_schema"),
            (Catalog::TEMPORARY, "pg_temp_1"),
            (well_known::PUBLIC, "public"),
        ];
        for (oid, name) in namespaces {
            catalog.namespaces.put(Namespace {
                oid,
                name: name.into(),
                owner: Catalog::OWNER,
                provenance: None,
            });
        }
        let predefined = catalog.builtin().roles().iter();
        let predefined = (Catalog::FIRST_ROLE..).map(Oid).zip(predefined);
        let owner = (Catalog::OWNER, &Catalog::OWNER_NAME);
        for (oid, name) in predefined.chain([owner]) {
            catalog.roles.put(Role {
                oid,
                name: (*name).into(),
                superuser: oid == Catalog::OWNER,
                member_of: Vec::new(),
                provenance: None,
            });
        }
        catalog.renew_search_path();
        catalog
    }
}

#[cfg(test)]
mod tests {
    use super::Catalog;
    use crate::postgres::catalog::ObjectName;

    #[test]
    fn the_schema_of_the_standard_is_found_by_its_name_alone() {
        let catalog = Catalog::default();
        let standard = catalog.namespace_named("information_schema");
        assert!(standard.is_some_and(|it| !catalog.search_path().contains(&it)));
        assert!(
            catalog
                .find_relation(ObjectName::bare("triggers"))
                .is_none()
        );
        assert_eq!(catalog.namespaces.iter().count(), 5);
    }
}
