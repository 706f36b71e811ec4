//! PRAGMA: settings of the connection or the file. None changes the catalog; a few decide what later statements do.

use super::Replay;
use crate::catalog::Key;
use crate::errors::sqlite::{objects, transactions as errors};
use crate::sqlite::ast::{PragmaValue, QualifiedName};
use crate::sqlite::catalog::{Catalog, Relation};
use crate::sqlite::lints;
use crate::text::Span;

/// The settings that matter to a replay.
#[derive(Debug, Clone, Default)]
pub(super) struct Settings {
    /// The runner turns enforcement off before the first migration.
    pub(super) foreign_keys: bool,
    pub(super) legacy_alter_table: bool,
    pub(super) ignores_checks: bool,
    /// `PRAGMA query_only`, where it was turned on.
    pub(super) read_only: Option<Span>,
}

impl Replay {
    pub(super) fn pragma(&mut self, name: &QualifiedName, value: Option<&PragmaValue>, span: Span) {
        if let Some(database) = &name.database
            && self.catalog.database(&database.name).is_none()
        {
            let diagnostic = objects::unknown_database(&self.catalog, database);
            return self.report(diagnostic);
        }
        // A setting is changed when the pragma is prepared, and EXPLAIN changes it too (`sqlite3Pragma`).
        if name.name.name.eq_ignore_ascii_case("foreign_key_check") && !self.explained {
            self.check_foreign_keys(name, value, span);
        }
        let Some(value) = value else {
            if name.name.name.eq_ignore_ascii_case("wal_checkpoint") && !self.explained {
                self.outside_transaction("wal_checkpoint", span);
            }
            return;
        };
        let word = name.name.name.to_ascii_lowercase();
        match word.as_str() {
            "foreign_keys" => match self.transaction_around() {
                Some(around) => self.report(lints::pragma_in_transaction(span, around)),
                None => self.settings.foreign_keys = boolean(value, false),
            },
            "legacy_alter_table" => self.settings.legacy_alter_table = boolean(value, false),
            "ignore_check_constraints" => self.settings.ignores_checks = boolean(value, false),
            "query_only" => {
                self.settings.read_only = boolean(value, false).then_some(span);
            }
            "synchronous" => self.outside_transaction(&word, span),
            "wal_checkpoint" if !self.explained => self.outside_transaction(&word, span),
            "journal_mode" if value.text.eq_ignore_ascii_case("wal") && !self.explained => {
                self.outside_transaction("journal_mode = WAL", span);
            }
            "foreign_key_check" => self.checked_table(name, value),
            "integrity_check" | "quick_check" if value.text.parse::<i64>().is_err() => {
                self.checked_table(name, value);
            }
            // With `writable_schema` alone nothing changes: a write to the schema table is refused with it as without.
            // The rest is read, kept in the file's header or tunes the connection; the engine ignores what it does not
            // know.
            _ => {}
        }
    }

    fn outside_transaction(&mut self, pragma: &str, span: Span) {
        if let Some(around) = self.transaction_around() {
            let what = format!("`PRAGMA {pragma}`");
            self.report(errors::needs_no_transaction(&what, span, around));
        }
    }

    /// A table that a pragma is to check.
    fn checked_table(&mut self, name: &QualifiedName, value: &PragmaValue) {
        let key = Key::new(&value.text);
        let database = name.database.as_ref();
        let database = database.and_then(|database| self.catalog.database(&database.name));
        let exists = match database {
            Some(database) => self.relation_at(database, &key).is_some(),
            None => self
                .catalog
                .search_path()
                .any(|database| self.relation_at(database, &key).is_some()),
        };
        let is_schema_table = super::names::is_reserved(&value.text);
        if !exists && !is_schema_table {
            let main = self.catalog.databases.get(Catalog::MAIN);
            let names = main.into_iter().flat_map(|main| main.relations.values());
            let names: Vec<&str> = names.map(Relation::name).collect();
            let diagnostic = errors::unknown_checked_table(value, &names);
            self.report(diagnostic);
        }
    }
}

/// Reads a boolean as the engine does (`sqlite3GetBoolean`).
fn boolean(value: &PragmaValue, otherwise: bool) -> bool {
    let text = value.text.to_ascii_lowercase();
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        let digits = text.trim_start_matches('0');
        return digits.starts_with(|c: char| c.is_ascii_digit());
    }
    match text.as_str() {
        "on" | "yes" | "true" => true,
        "off" | "no" | "false" => false,
        _ => otherwise,
    }
}
