//! A schema of PostgreSQL, as `schema` prints it: the fields of [`super::Schema`], with a schema for each object.

mod column;
mod relation;
mod table;

use crate::json::History;
use column::Column;
use relation::{Index, Sequence, Trigger, View};
use serde::Serialize;
use tablature_schema::catalog::Provenance;
use tablature_schema::postgres::catalog::{Address, Catalog, Class, TypeDetails};
use tablature_schema::postgres::types::Oid;
use tablature_schema::text::Sources;
use table::Table;

/// A schema of PostgreSQL. Objects stand in the order of their creation; what extensions bring and what is temporary is
/// left out.
#[derive(Debug, Serialize)]
pub(crate) struct Schema<'a> {
    dialect: &'static str,
    /// The last migration that was replayed; null before the first.
    version: Option<i64>,
    tables: Vec<Table<'a>>,
    indexes: Vec<Index<'a>>,
    views: Vec<View<'a>>,
    triggers: Vec<Trigger<'a>>,
    enums: Vec<Enum<'a>>,
    sequences: Vec<Sequence<'a>>,
}

/// An enum.
#[derive(Debug, Serialize)]
struct Enum<'a> {
    schema: &'a str,
    name: &'a str,
    /// In their order.
    labels: Vec<&'a str>,
    #[serde(flatten)]
    history: Option<History<'a>>,
}

/// What the shapes are made from.
#[derive(Clone, Copy)]
struct Source<'a> {
    catalog: &'a Catalog,
    sources: &'a Sources,
}

impl<'a> Source<'a> {
    fn schema(self, namespace: Oid) -> &'a str {
        self.catalog.namespace_name(namespace).unwrap_or_default()
    }

    /// Nothing for what a statement made only on the way, such as the sequence of a column.
    fn history(self, provenance: Option<&'a Provenance>) -> Option<History<'a>> {
        provenance.map(|it| History::new(it, self.sources))
    }
}

impl<'a> Schema<'a> {
    /// `catalog` prints names without their schema where its search path finds them.
    pub(crate) fn new(
        catalog: &'a Catalog,
        version: Option<i64>,
        sources: &'a Sources,
    ) -> Schema<'a> {
        let source = Source { catalog, sources };
        let triggers = catalog.triggers.iter();
        Schema {
            dialect: "postgres",
            version,
            tables: source.of_relations(Table::new),
            indexes: source.of_relations(Index::new),
            views: source.of_relations(View::new),
            triggers: triggers.filter_map(|it| Trigger::new(it, source)).collect(),
            enums: source.enums(),
            sequences: source.of_relations(Sequence::new),
        }
    }
}

impl<'a> Source<'a> {
    fn of_relations<T>(
        self,
        shape: impl Fn(&'a tablature_schema::postgres::catalog::Relation, Source<'a>) -> Option<T>,
    ) -> Vec<T> {
        let relations = self.catalog.lasting_relations();
        relations.filter_map(|it| shape(it, self)).collect()
    }

    fn enums(self) -> Vec<Enum<'a>> {
        let catalog = self.catalog;
        let types = catalog.types.iter().filter_map(|it| {
            let TypeDetails::Enum(labels) = &it.more else {
                return None;
            };
            let address = Address::new(Class::Type, it.object.oid);
            let is_own =
                catalog.is_lasting(it.object.namespace) && catalog.extension_of(address).is_none();
            is_own.then(|| Enum {
                schema: self.schema(it.object.namespace),
                name: &it.object.name,
                labels: labels.iter().map(|label| &*label.label).collect(),
                history: self.history(it.provenance.as_ref()),
            })
        });
        types.collect()
    }
}
