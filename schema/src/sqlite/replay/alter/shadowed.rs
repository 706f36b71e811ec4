//! Indexes and triggers whose table has a namesake in `temp`.
//!
//! When ALTER TABLE looks at the whole schema it reads every definition as if it were new, and then a table in `temp` comes
//! before the one that the index or trigger belongs to.

use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::alter::Broken;
use crate::lints::Lint;
use crate::sqlite::ast::StatementKind;
use crate::sqlite::catalog::{Catalog, Database, Relation};
use crate::sqlite::replay::Replay;
use crate::sqlite::resolve::{self, Resolution};
use std::sync::Arc;

impl Replay {
    /// The first index or trigger of a database that does not suit the namesake of its table, and the mistake.
    pub(super) fn shadowed(&self, database: usize) -> Option<Broken> {
        let temporary = self.catalog.databases.get(Catalog::TEMP)?;
        if database == Catalog::TEMP {
            return None;
        }
        let content = self.catalog.databases.get(database)?;
        let index = self.shadowed_index(content, temporary);
        index.or_else(|| self.shadowed_trigger(content, temporary))
    }

    fn shadowed_index(&self, content: &Database, temporary: &Database) -> Option<Broken> {
        content.indexes.values().find_map(|index| {
            let Relation::Table(namesake) = temporary.relations.get(&index.table)? else {
                return None;
            };
            let resolution = self.resolve_index(Catalog::TEMP, namesake, &index.definition);
            Some(Broken {
                kind: "index",
                name: Arc::clone(&index.name),
                mistake: mistake(resolution)?,
            })
        })
    }

    fn shadowed_trigger(&self, content: &Database, temporary: &Database) -> Option<Broken> {
        content.triggers.values().find_map(|trigger| {
            temporary.relations.get(&trigger.table)?;
            let StatementKind::CreateTrigger(create) = &self.parsed(&trigger.definition)?.kind
            else {
                return None;
            };
            let resolution = resolve::trigger(self.environment(), Catalog::TEMP, create);
            Some(Broken {
                kind: "trigger",
                name: Arc::clone(&trigger.name),
                mistake: mistake(resolution)?,
            })
        })
    }
}

fn mistake(resolution: Resolution) -> Option<Diagnostic> {
    let mut diagnostics = resolution.diagnostics.into_iter();
    diagnostics.find(|diagnostic| Lint::of(diagnostic.code).is_none())
}
