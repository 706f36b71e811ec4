//! The one place that knows where a name is looked for.

use super::{Catalog, Database, Index, Relation, Trigger};
use crate::catalog::Key;
use crate::sqlite::ast::QualifiedName;
use std::sync::Arc;

/// Where an object is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectPath {
    /// The position of its database.
    pub database: usize,
    /// Its folded name.
    pub key: Key,
}

/// An object and where it was found.
#[derive(Debug, Clone)]
pub struct Found<T> {
    /// Where.
    pub path: ObjectPath,
    /// What.
    pub object: T,
}

impl Catalog {
    /// The position of the database of a name; `main` is known under that name whatever it was opened as.
    #[must_use]
    pub fn database(&self, name: &str) -> Option<usize> {
        // A later database of the same name cannot be attached, so that the first match is the only one.
        self.databases
            .iter()
            .position(|database| database.name.eq_ignore_ascii_case(name))
    }

    /// Looks for a table or view: in the database that the name gives, else in `temp`, `main` and the attached ones in
    /// the order of their attachment (`sqlite3FindTable`). The schema table is found under each of its names.
    #[must_use]
    pub fn relation(&self, name: &QualifiedName) -> Option<Found<&Relation>> {
        let found = self.find(name, |database, key| database.relations.get(key));
        found.or_else(|| self.schema_table(name))
    }

    /// The schema table under a name that is not its own: `sqlite_schema` for `sqlite_master`, and within `temp` either
    /// of them for `sqlite_temp_master`.
    fn schema_table(&self, name: &QualifiedName) -> Option<Found<&Relation>> {
        let alias = name.name.name.to_ascii_lowercase();
        let database = match &name.database {
            Some(database) => self.database(&database.name)?,
            None if alias == "sqlite_schema" => Catalog::MAIN,
            None => Catalog::TEMP,
        };
        let key = match (database == Catalog::TEMP, alias.as_str()) {
            (true, "sqlite_temp_schema") => "sqlite_temp_master",
            (true, "sqlite_schema" | "sqlite_master") if name.database.is_some() => {
                "sqlite_temp_master"
            }
            (false, "sqlite_schema") => "sqlite_master",
            (true | false, _) => return None,
        };
        let key = Key::new(key);
        let object = self.databases.get(database)?.relations.get(&key)?;
        Some(Found {
            path: ObjectPath { database, key },
            object,
        })
    }

    /// Looks for an index, in the order of [`relation`](Self::relation).
    #[must_use]
    pub fn index(&self, name: &QualifiedName) -> Option<Found<&Arc<Index>>> {
        self.find(name, |database, key| database.indexes.get(key))
    }

    /// Looks for a trigger, in the order of [`relation`](Self::relation).
    #[must_use]
    pub fn trigger(&self, name: &QualifiedName) -> Option<Found<&Arc<Trigger>>> {
        self.find(name, |database, key| database.triggers.get(key))
    }

    /// The positions of the databases in which an unqualified name is looked for.
    pub fn search_path(&self) -> impl Iterator<Item = usize> + use<> {
        [Catalog::TEMP, Catalog::MAIN]
            .into_iter()
            .chain(2..self.databases.len())
    }

    fn find<'a, T>(
        &'a self,
        name: &QualifiedName,
        get: impl Fn(&'a Database, &Key) -> Option<&'a T>,
    ) -> Option<Found<&'a T>> {
        let key = Key::new(&name.name.name);
        let at = |position: usize| {
            let object = get(self.databases.get(position)?, &key)?;
            Some(Found {
                path: ObjectPath {
                    database: position,
                    key: key.clone(),
                },
                object,
            })
        };
        match &name.database {
            Some(database) => at(self.database(&database.name)?),
            None => self.search_path().find_map(at),
        }
    }
}
