//! What a migration has read in order to write it elsewhere: a table or column that it then drops is not lost.

use crate::catalog::{Key, ObjectPath};
use crate::resolve::{Reference, Target};
use std::collections::BTreeSet;

/// The tables and columns that INSERT, UPDATE and CREATE TABLE … AS of the current migration have read.
#[derive(Debug, Clone, Default)]
pub(super) struct Read {
    tables: BTreeSet<ObjectPath>,
    columns: BTreeSet<(ObjectPath, usize)>,
}

impl Read {
    /// Takes in what a statement that writes rows refers to.
    pub(super) fn rows(&mut self, references: &[Reference]) {
        for reference in references {
            match &reference.target {
                Target::Relation(path) => {
                    self.tables.insert(path.clone());
                }
                Target::Column { relation, column } => {
                    self.columns.insert((relation.clone(), *column));
                }
            }
        }
    }

    /// Whether rows of a table were read.
    pub(super) fn has_rows_of(&self, path: &ObjectPath) -> bool {
        self.tables.contains(path)
    }

    /// Whether values of a column were read.
    pub(super) fn has_values_of(&self, path: &ObjectPath, column: usize) -> bool {
        self.columns.contains(&(path.clone(), column))
    }

    /// Follows a table to its new name.
    pub(super) fn rename(&mut self, from: &ObjectPath, to: &Key) {
        let renamed = ObjectPath {
            database: from.database,
            key: to.clone(),
        };
        if self.tables.remove(from) {
            self.tables.insert(renamed.clone());
        }
        let columns: Vec<usize> = self.columns_of(from);
        for column in columns {
            self.columns.remove(&(from.clone(), column));
            self.columns.insert((renamed.clone(), column));
        }
    }

    /// Follows the columns behind one that is dropped.
    pub(super) fn drop_column(&mut self, path: &ObjectPath, dropped: usize) {
        for column in self.columns_of(path) {
            if column >= dropped {
                self.columns.remove(&(path.clone(), column));
            }
            if column > dropped {
                self.columns.insert((path.clone(), column - 1));
            }
        }
    }

    fn columns_of(&self, path: &ObjectPath) -> Vec<usize> {
        let of_it = self.columns.iter().filter(|(relation, _)| relation == path);
        of_it.map(|(_, column)| *column).collect()
    }
}
