//! What the columns of an expression are called.

use crate::postgres::types::{Objects, Oid};

/// The range table of a query, by names.
pub(super) struct Scope {
    pub(super) entries: Vec<Entry>,
    /// Whether columns are printed with the name of their entry.
    pub(super) prefixed: bool,
}

/// An entry of a range table.
#[derive(Default)]
pub(super) struct Entry {
    /// The name by which columns are qualified; none for a join without an alias.
    pub(super) name: Option<String>,
    /// Numbers and names of columns.
    pub(super) columns: Vec<(i16, String)>,
}

impl Entry {
    pub(super) fn column(&self, number: i16) -> Option<&str> {
        let system = match number {
            -1 => "ctid",
            -2 => "xmin",
            -3 => "cmin",
            -4 => "xmax",
            -5 => "cmax",
            -6 => "tableoid",
            _ => {
                let found = self.columns.iter().find(|(its, _)| *its == number);
                return found.map(|(_, name)| name.as_str());
            }
        };
        Some(system)
    }
}

impl Scope {
    /// That of an expression which belongs to a relation.
    pub(super) fn of_relation(objects: &dyn Objects, relation: Option<Oid>) -> Scope {
        let entries = relation.map(|relation| Entry {
            name: objects
                .relation_name(relation)
                .map(|(_, name)| name.to_owned()),
            columns: columns_of(objects, relation),
        });
        Scope {
            entries: entries.into_iter().collect(),
            prefixed: false,
        }
    }
}

impl Scope {
    /// That of a condition over the old and the new row of a table.
    pub(super) fn of_changes(objects: &dyn Objects, table: Oid) -> Scope {
        let entry = |name: &str| Entry {
            name: Some(name.to_owned()),
            columns: columns_of(objects, table),
        };
        Scope {
            entries: vec![entry("old"), entry("new")],
            prefixed: true,
        }
    }
}

impl Scope {
    /// That of the condition of a trigger.
    pub(super) fn of_trigger(objects: &dyn Objects, relation: Oid) -> Scope {
        let entries = ["old", "new"].map(|name| Entry {
            name: Some(name.to_owned()),
            columns: columns_of(objects, relation),
        });
        Scope {
            entries: entries.into(),
            prefixed: true,
        }
    }
}

/// Numbers and names of a relation's columns.
pub(super) fn columns_of(objects: &dyn Objects, relation: Oid) -> Vec<(i16, String)> {
    let columns = objects.attributes(relation).into_iter();
    columns
        .map(|column| (column.number, column.name.into_owned()))
        .collect()
}
