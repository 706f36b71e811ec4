//! What the migrations have built so far: plain data, written by replay alone.

mod content;
mod definition;
mod departed;
mod description;
mod differences;
mod index;
mod lookup;
mod owned;
mod schema_table;
mod table;
mod trigger;
mod view;

pub use content::{Content, StorageClasses};
pub use definition::Definition;
pub use departed::{Departed, DepartedKind, Departure};
pub use differences::differences;
pub use index::{Index, IndexColumn, IndexKind};
pub use lookup::{Found, ObjectPath};
pub use table::{
    Affinity, Check, Column, DefaultValue, ForeignKey, Generated, GeneratedKind, PrimaryKey, Table,
    TableKind, UniqueConstraint,
};
pub use trigger::{Trigger, TriggerEventKind};
pub use view::{Nullability, View, ViewColumn};

use crate::catalog::{Key, Log, Map, Provenance};
use owned::Owned;
use std::sync::Arc;

/// All databases of the connection: `main`, `temp`, then those that ATTACH added.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalog {
    /// In the order of `PRAGMA database_list`. The first two are always there.
    pub databases: Vec<Database>,
    /// What is no longer there, and where it went: newest last.
    pub departed: Log<Departed>,
}

/// A database (SQLite's word: schema) and what is in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Database {
    /// `main`, `temp` or the name of ATTACH.
    pub name: Arc<str>,
    /// Tables and views, which share one namespace.
    pub relations: Map<Key, Relation>,
    /// Indexes that CREATE INDEX made; those of constraints belong to their table.
    pub indexes: Map<Key, Arc<Index>>,
    /// Triggers.
    pub triggers: Map<Key, Arc<Trigger>>,
    /// How many objects were ever created, from which the next object takes its place.
    pub created: u32,
    /// Which of the indexes and triggers belong to which table.
    owned: Owned,
}

/// What FROM can name.
#[derive(Debug, Clone, PartialEq)]
pub enum Relation {
    /// A table of any kind.
    Table(Arc<Table>),
    /// A view.
    View(Arc<View>),
}

impl Catalog {
    /// The position of `main` in [`databases`](Self::databases).
    pub const MAIN: usize = 0;
    /// The position of `temp`.
    pub const TEMP: usize = 1;

    /// The main database: what the migrations leave behind.
    #[must_use]
    pub fn main(&self) -> &Database {
        &self.databases[Catalog::MAIN]
    }
}

impl Default for Catalog {
    fn default() -> Catalog {
        Catalog {
            databases: vec![Database::new("main"), Database::new("temp")],
            departed: Log::default(),
        }
    }
}

impl Database {
    /// A database with nothing in it but the table in which the engine keeps the definitions of the others.
    #[must_use]
    pub fn new(name: &str) -> Database {
        let (key, table) = schema_table::schema_table(name);
        Database {
            name: name.into(),
            relations: [(key, Relation::Table(Arc::new(table)))]
                .into_iter()
                .collect(),
            indexes: Map::default(),
            triggers: Map::default(),
            created: 0,
            owned: Owned::default(),
        }
    }

    /// Tables in the order of their creation, internal and shadow ones included.
    #[must_use]
    pub fn tables(&self) -> Vec<&Table> {
        let mut tables: Vec<&Table> = self
            .relations
            .values()
            .filter_map(Relation::table)
            .collect();
        tables.sort_by_key(|table| table.place);
        tables
    }

    /// Views in the order of their creation.
    #[must_use]
    pub fn views(&self) -> Vec<&View> {
        let mut views: Vec<&View> = self.relations.values().filter_map(Relation::view).collect();
        views.sort_by_key(|view| view.place);
        views
    }

    /// Indexes in the order of their creation.
    #[must_use]
    pub fn indexes(&self) -> Vec<&Index> {
        let mut indexes: Vec<&Index> = self.indexes.values().map(AsRef::as_ref).collect();
        indexes.sort_by_key(|index| index.place);
        indexes
    }

    /// Triggers in the order of their creation.
    #[must_use]
    pub fn triggers(&self) -> Vec<&Trigger> {
        let mut triggers: Vec<&Trigger> = self.triggers.values().map(AsRef::as_ref).collect();
        triggers.sort_by_key(|trigger| trigger.place);
        triggers
    }
}

impl Relation {
    /// The table, if it is one.
    #[must_use]
    pub fn table(&self) -> Option<&Table> {
        match self {
            Relation::Table(table) => Some(table),
            Relation::View(_) => None,
        }
    }

    /// The view, if it is one.
    #[must_use]
    pub fn view(&self) -> Option<&View> {
        match self {
            Relation::View(view) => Some(view),
            Relation::Table(_) => None,
        }
    }

    /// Its name in its creator's letter case.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Relation::Table(table) => &table.name,
            Relation::View(view) => &view.name,
        }
    }

    /// Where it came from.
    #[must_use]
    pub fn provenance(&self) -> &Provenance {
        match self {
            Relation::Table(table) => &table.provenance,
            Relation::View(view) => &view.provenance,
        }
    }
}
