//! Where a new object goes, and whether its name is free.

use super::Replay;
use crate::catalog::Key;
use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::objects as errors;
use crate::sqlite::ast::QualifiedName;
use crate::sqlite::catalog::{Catalog, Found, ObjectPath, Relation, Table, TableKind};
use crate::text::Ident;
use std::sync::Arc;

impl Replay {
    /// The position of the database in which CREATE makes an object (`sqlite3TwoPartName`).
    pub(super) fn target(
        &self,
        what: &str,
        name: &QualifiedName,
        temporary: bool,
    ) -> Result<usize, Box<Diagnostic>> {
        let position = match &name.database {
            None if temporary => Catalog::TEMP,
            None => Catalog::MAIN,
            Some(database) => {
                let position = self
                    .catalog
                    .database(&database.name)
                    .ok_or_else(|| Box::new(errors::unknown_database(&self.catalog, database)))?;
                if temporary && position != Catalog::TEMP {
                    return Err(Box::new(errors::temporary_elsewhere(what, database)));
                }
                position
            }
        };
        Ok(position)
    }

    /// Whether a name is free for migrations: neither the engine nor the runner keeps it for itself.
    pub(super) fn check_reserved(&mut self, name: &Ident) -> bool {
        if is_reserved(&name.name) {
            self.report(errors::reserved(name));
            return false;
        }
        self.check_runners(name)
    }

    /// Whether a name is not that of a table of the runner's.
    pub(super) fn check_runners(&mut self, name: &Ident) -> bool {
        let is_runners = RUNNERS
            .iter()
            .any(|table| name.name.eq_ignore_ascii_case(table));
        if is_runners {
            self.report(errors::runners(name));
        }
        !is_runners
    }

    /// What a name in a database stands for.
    pub(super) fn relation_at(&self, database: usize, key: &Key) -> Option<&Relation> {
        self.catalog.databases.get(database)?.relations.get(key)
    }

    /// The table at a path.
    pub(super) fn table_at(&self, path: &ObjectPath) -> Option<&Arc<Table>> {
        match self.relation_at(path.database, &path.key)? {
            Relation::Table(table) => Some(table),
            Relation::View(_) => None,
        }
    }

    /// Looks for a table or view where a statement names one.
    pub(super) fn find_relation(&self, name: &QualifiedName) -> Option<Found<Relation>> {
        let found = self.catalog.relation(name)?;
        Some(Found {
            path: found.path,
            object: found.object.clone(),
        })
    }

    /// The virtual table that a name would belong to as the name of one of its shadow tables.
    pub(super) fn shadowed_by(&self, database: usize, name: &str) -> Option<Key> {
        let (owner, suffix) = name.rsplit_once('_')?;
        let key = Key::new(owner);
        match &self.relation_at(database, &key)?.table()?.kind {
            TableKind::Virtual { module } => {
                super::virtual_table::is_shadow(module, suffix).then_some(key)
            }
            TableKind::Ordinary | TableKind::Shadow { .. } | TableKind::Internal => None,
        }
    }
}

/// The tables in which the runner remembers what it has applied.
const RUNNERS: &[&str] = &["_tablature_history", "_tablature_progress"];

/// Whether a name begins as the engine's own do.
pub(super) fn is_reserved(name: &str) -> bool {
    name.get(..7)
        .is_some_and(|start| start.eq_ignore_ascii_case("sqlite_"))
}

/// Whether a name is one of those of the rowid.
pub(super) fn is_rowid(name: &str) -> bool {
    ["rowid", "oid", "_rowid_"]
        .iter()
        .any(|rowid| name.eq_ignore_ascii_case(rowid))
}
