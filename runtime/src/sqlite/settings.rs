//! Settings of the connection: those that a migration may change and that the application must not inherit, and those
//! of the application that would change what a migration does.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};

/// The pragmas whose effect ends with the connection, in the order in which they are set back.
///
/// Left out are `busy_timeout` and `foreign_keys`, which the session takes over; `temp_store`, as setting it back drops
/// the application's temporary tables; `journal_mode`, as WAL is kept in the file; and the limits of memory, which are
/// those of the process.
const LOCAL: &[&str] = &[
    "query_only",
    "writable_schema",
    "legacy_alter_table",
    "ignore_check_constraints",
    "recursive_triggers",
    "defer_foreign_keys",
    "trusted_schema",
    CASE_SENSITIVE_LIKE,
    "reverse_unordered_selects",
    "automatic_index",
    "analysis_limit",
    "count_changes",
    "empty_result_callbacks",
    "full_column_names",
    "short_column_names",
    "read_uncommitted",
    "cell_size_check",
    "synchronous",
    "fullfsync",
    "checkpoint_fullfsync",
    "wal_autocheckpoint",
    "journal_size_limit",
    "max_page_count",
    "locking_mode",
    SECURE_DELETE,
    "cache_size",
    "cache_spill",
    "mmap_size",
    "threads",
];

/// Those that decide what a statement does, as the compiler takes them to be when a file begins.
const ASSUMED: &[(&str, i64)] = &[
    ("query_only", 0),
    ("writable_schema", 0),
    ("legacy_alter_table", 0),
    ("ignore_check_constraints", 0),
    ("recursive_triggers", 0),
    ("defer_foreign_keys", 0),
    (CASE_SENSITIVE_LIKE, 0),
    ("reverse_unordered_selects", 0),
    ("count_changes", 0),
    ("empty_result_callbacks", 0),
    ("full_column_names", 0),
    ("short_column_names", 1),
];

/// The one that cannot be asked for its value.
const CASE_SENSITIVE_LIKE: &str = "case_sensitive_like";
/// The one that is not set to the value that it gives.
const SECURE_DELETE: &str = "secure_delete";

/// What the settings of a connection are, or are to be.
#[derive(Debug)]
pub(super) struct Settings(Vec<(&'static str, Value)>);

impl Settings {
    /// Reads the settings; those that the engine was built without are left out.
    pub(super) fn read(connection: &Connection) -> rusqlite::Result<Settings> {
        let mut settings = Vec::with_capacity(LOCAL.len());
        for name in LOCAL {
            if let Some(value) = value(connection, name)? {
                settings.push((*name, value));
            }
        }
        Ok(Settings(settings))
    }

    /// These, but for those that the compiler takes to be otherwise.
    pub(super) fn of_a_file(&self) -> Settings {
        let settings = self.0.iter().map(|(name, value)| {
            let assumed = ASSUMED.iter().find(|(assumed, _)| assumed == name);
            (
                *name,
                assumed.map_or_else(|| value.clone(), |(_, value)| Value::Integer(*value)),
            )
        });
        Settings(settings.collect())
    }

    /// Sets what is not so, or no longer.
    pub(super) fn restore(&self, connection: &Connection) -> rusqlite::Result<()> {
        for (name, before) in &self.0 {
            if value(connection, name)?.as_ref() != Some(before) {
                set(connection, name, before)?;
            }
        }
        Ok(())
    }
}

fn value(connection: &Connection, name: &str) -> rusqlite::Result<Option<Value>> {
    let sql = match name {
        CASE_SENSITIVE_LIKE => "SELECT 'a' NOT LIKE 'A'".to_owned(),
        name => format!("PRAGMA main.{name}"),
    };
    connection.query_row(&sql, [], |row| row.get(0)).optional()
}

fn set(connection: &Connection, name: &str, value: &Value) -> rusqlite::Result<()> {
    match (name, value) {
        (SECURE_DELETE, Value::Integer(2)) => {
            connection.execute_batch("PRAGMA main.secure_delete = FAST")
        }
        // Some give a row with what they are set to.
        (name, value) => connection.pragma_update(Some("main"), name, value),
    }
}

/// Sets whether a connection only reads, whatever it was opened for.
pub(crate) fn set_only_reads(connection: &Connection, only_reads: bool) {
    // It is a flag of the connection, and reads nothing of the database.
    let _ = connection.pragma_update(None, "query_only", only_reads);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// What the engine lists and is not a setting, is no setting of the connection alone, or is told above.
    const OTHERS: &[&str] = &[
        "application_id",
        "auto_vacuum",
        "busy_timeout",
        "collation_list",
        "compile_options",
        "data_version",
        "database_list",
        "default_cache_size",
        "encoding",
        "foreign_key_check",
        "foreign_key_list",
        "foreign_keys",
        "freelist_count",
        "function_list",
        "hard_heap_limit",
        "incremental_vacuum",
        "index_info",
        "index_list",
        "index_xinfo",
        "integrity_check",
        "journal_mode",
        "module_list",
        "optimize",
        "page_count",
        "page_size",
        "pragma_list",
        "quick_check",
        "schema_version",
        "shrink_memory",
        "soft_heap_limit",
        "table_info",
        "table_list",
        "table_xinfo",
        "temp_store",
        "temp_store_directory",
        "user_version",
        "wal_checkpoint",
    ];

    #[test]
    fn every_pragma_of_the_engine_is_either_set_back_or_known_for_another() {
        let connection = Connection::open_in_memory().unwrap();
        let listed: BTreeSet<String> = connection
            .prepare("SELECT name FROM pragma_pragma_list")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap();
        let known: BTreeSet<String> = LOCAL
            .iter()
            .chain(OTHERS)
            .map(|name| (*name).to_owned())
            .collect();
        let unknown: Vec<_> = listed.difference(&known).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn each_is_of_the_connection_alone_and_is_set_back() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("settings.db");
        let connection = Connection::open(&path).unwrap();
        connection.execute_batch("CREATE TABLE t (x)").unwrap();
        for name in LOCAL {
            let before = Settings::read(&connection).unwrap();
            let was = value(&connection, name).unwrap();
            let is_changed = ["0", "1", "77", "exclusive"].iter().any(|to| {
                let sql = format!("PRAGMA main.{name} = {to}");
                connection.execute_batch(&sql).unwrap();
                value(&connection, name).unwrap() != was
            });
            assert!(is_changed, "{name} is {was:?}");
            let other = Connection::open(&path).unwrap();
            assert_eq!(value(&other, name).unwrap(), was, "{name}");
            before.restore(&connection).unwrap();
            assert_eq!(value(&connection, name).unwrap(), was, "{name}");
        }
    }

    #[test]
    fn fast_is_a_kind_of_secure_delete() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch("PRAGMA secure_delete = FAST")
            .unwrap();
        let before = Settings::read(&connection).unwrap();
        connection
            .execute_batch("PRAGMA secure_delete = OFF")
            .unwrap();
        before.restore(&connection).unwrap();
        let value = value(&connection, SECURE_DELETE).unwrap();
        assert_eq!(value, Some(Value::Integer(2)));
    }
}
