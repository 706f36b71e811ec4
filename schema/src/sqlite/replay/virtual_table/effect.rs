//! Modules that the application registers: their columns are declared in a comment before the statement.
//!
//! ```sql
//! -- tablature: effect CREATE TABLE x(key, value, hits HIDDEN)
//! CREATE VIRTUAL TABLE cache USING lru_cache(size = 100);
//! ```

use super::Made;
use crate::directives;
use crate::errors::sqlite::virtual_tables as errors;
use crate::sqlite::ast::CreateVirtualTable;
use crate::sqlite::catalog::Table;
use crate::sqlite::replay::Replay;
use crate::sqlite::split::RawStatement;

impl Replay {
    /// The table of a registered module, as the directive before the statement declares it.
    pub(super) fn declared(
        &mut self,
        create: &CreateVirtualTable,
        raw: &RawStatement,
    ) -> Option<(Table, Vec<Table>)> {
        let Some(declaration) = declaration(raw) else {
            self.report(errors::undeclared(&create.module, create.name.span()));
            return None;
        };
        let made = Made {
            declaration,
            unindexed: Vec::new(),
            shadows: Vec::new(),
        };
        match self.virtual_table(create, &made, raw.span) {
            Ok(table) => Some((table, Vec::new())),
            Err(message) => {
                let module = &create.module;
                self.report(errors::refused(module, &message, create.name.span()));
                None
            }
        }
    }
}

/// The text of the directive in the comments before a statement.
fn declaration(raw: &RawStatement) -> Option<String> {
    let before = &raw.tokens.first()?.before;
    before.lines().rev().find_map(|line| {
        let effect = directives::effect(line)?;
        Some(effect.trim_end_matches(';').to_owned())
    })
}
