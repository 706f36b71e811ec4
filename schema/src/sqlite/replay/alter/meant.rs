//! What an ALTER TABLE with a misspelt name was meant to do: it is done, so that the statements after it, which rely on it,
//! are not wrong as well.

use super::Altered;
use crate::catalog::Key;
use crate::diagnostic::nearest;
use crate::sqlite::ast::{AlterTable, QualifiedName};
use crate::sqlite::catalog::{DepartedKind, Departure, Relation};
use crate::sqlite::replay::Replay;
use crate::sqlite::split::RawStatement;
use crate::text::Ident;
use std::sync::Arc;

impl Replay {
    /// Does what a statement was meant to do whose table is not there.
    pub(super) fn alter_as_meant(&mut self, raw: &RawStatement, alter: &AlterTable) {
        if let Some(table) = self.meant_table(&alter.table) {
            let meant = AlterTable {
                table,
                ..alter.clone()
            };
            self.untold(|replay| replay.alter_table(raw, &meant));
        }
    }

    /// Does what a RENAME COLUMN was meant to do whose column is not there.
    pub(super) fn rename_meant_column(
        &mut self,
        raw: &RawStatement,
        altered: &Altered,
        from: &Ident,
        to: &Ident,
    ) {
        let Altered { path, table } = altered;
        if table.incomplete || table.column_index(&to.name).is_some() {
            return;
        }
        let names = table.columns.iter().map(|column| column.name.as_ref());
        let Some(meant) = nearest(&from.name, names) else {
            return self.mark_incomplete(path.database, &path.key);
        };
        let meant = Ident {
            name: meant.into(),
            ..from.clone()
        };
        self.untold(|replay| replay.rename_column(raw, altered, &meant, to));
    }

    /// The table that a name of none stands for: where it went, or else the one whose name is most like it.
    pub(super) fn meant_table(&self, name: &QualifiedName) -> Option<QualifiedName> {
        let key = Key::new(&name.name.name);
        let fate = self.catalog.fate(&[DepartedKind::Table], None, &key);
        let meant = match fate.last().map(|departed| &departed.departure) {
            Some(Departure::RenamedTo(now)) => Arc::clone(now),
            Some(
                Departure::Dropped
                | Departure::DroppedWith(_)
                | Departure::LeftOut
                | Departure::FileEnded
                | Departure::RolledBack,
            ) => return None,
            None => {
                let databases = self.catalog.databases.iter();
                let relations = databases.flat_map(|database| database.relations.values());
                let tables = relations.filter_map(Relation::table);
                let names = tables.map(|table| table.name.as_ref());
                nearest(&name.name.name, names)?.into()
            }
        };
        let meant = QualifiedName {
            name: Ident {
                name: meant,
                ..name.name.clone()
            },
            ..name.clone()
        };
        self.find_relation(&meant).map(|_| meant)
    }

    /// Does something without a word about what is wrong with it.
    pub(super) fn untold(&mut self, change: impl FnOnce(&mut Self)) {
        let told = self.diagnostics.len();
        change(self);
        self.diagnostics.truncate(told);
    }
}
