//! The database before the first migration.

use super::{Catalog, Namespace, Objects, Role, SearchPath};
use crate::catalog::{Log, Map};
use crate::postgres::builtin::{self, Builtin};
use crate::postgres::types::{Oid, well_known};

/// The major version that migrations are for where nothing is said.
const DEFAULT_VERSION: u16 = 15;

impl Catalog {
    /// The role that runs the migrations: the owner of what they make (`BOOTSTRAP_SUPERUSERID`).
    pub const OWNER: Oid = Oid(10);
    /// Its name.
    pub const OWNER_NAME: &str = "postgres";
    /// The schema of temporary objects. The engine makes it when there are some, under a number of its choice.
    pub const TEMPORARY: Oid = Oid(16_383);
    /// The schema of the tables that hold long values.
    pub const TOAST: Oid = Oid(99);

    /// A number for a new object.
    pub fn next_oid(&mut self) -> Oid {
        let oid = Oid(Oid::FIRST_OF_USERS.0.saturating_add(self.made));
        self.made += 1;
        oid
    }
}

impl Catalog {
    /// What the database has from the start.
    #[must_use]
    pub fn builtin(&self) -> &'static Builtin {
        builtin::builtin(self.version)
    }

    /// A new database on an engine of a major version.
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
            path: SearchPath::default(),
            made: 0,
        };
        let namespaces = [
            (well_known::PG_CATALOG, "pg_catalog"),
            (builtin::INFORMATION_SCHEMA, "information_schema"),
            (Catalog::TOAST, "pg_toast"),
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
        catalog.roles.put(Role {
            oid: Catalog::OWNER,
            name: Catalog::OWNER_NAME.into(),
            superuser: true,
            member_of: Vec::new(),
            provenance: None,
        });
        catalog.renew_search_path();
        catalog
    }
}

impl Default for Catalog {
    fn default() -> Catalog {
        Catalog::new(DEFAULT_VERSION)
    }
}
