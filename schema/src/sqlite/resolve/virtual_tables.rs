//! Tables that are there without being created: table-valued functions and their kin.

use crate::sqlite::catalog::{Nullability, StorageClasses};

/// A table that a module of the engine provides under its own name (an eponymous virtual table).
#[derive(Debug, Clone, Copy)]
pub(super) struct Eponymous {
    /// The module, which is the table's name.
    pub(super) name: &'static str,
    /// The columns that `*` shows; some have a declared type after their name.
    pub(super) columns: &'static [&'static str],
    /// The hidden columns, which take the arguments of a call in this order.
    pub(super) arguments: &'static [&'static str],
    /// Whether only statements may use it, not views and triggers.
    pub(super) direct_only: bool,
}

const JSON_COLUMNS: &[&str] = &[
    "key", "value", "type", "atom", "id", "parent", "fullkey", "path",
];
const JSON_ARGUMENTS: &[&str] = &["json", "root"];
const NONE: &[&str] = &[];
/// What a pragma is about and where.
const ARGUMENT_AND_SCHEMA: &[&str] = &["arg", "schema"];
const SCHEMA: &[&str] = &["schema"];

/// As the bundled engine has them; the pragmas are those that give rows and change nothing.
const TABLES: &[Eponymous] = &[
    direct_only(table(
        "dbstat",
        &[
            "name TEXT",
            "path TEXT",
            "pageno INTEGER",
            "pagetype TEXT",
            "ncell INTEGER",
            "payload INTEGER",
            "unused INTEGER",
            "mx_payload INTEGER",
            "pgoffset INTEGER",
            "pgsize INTEGER",
        ],
        &["schema TEXT", "aggregate BOOLEAN"],
    )),
    table(
        "fts3tokenize",
        &["input", "token", "start", "end", "position"],
        NONE,
    ),
    table("json_each", JSON_COLUMNS, JSON_ARGUMENTS),
    table("json_tree", JSON_COLUMNS, JSON_ARGUMENTS),
    table("jsonb_each", JSON_COLUMNS, JSON_ARGUMENTS),
    table("jsonb_tree", JSON_COLUMNS, JSON_ARGUMENTS),
    table("pragma_analysis_limit", &["analysis_limit"], NONE),
    table("pragma_application_id", &["application_id"], NONE),
    table("pragma_auto_vacuum", &["auto_vacuum"], SCHEMA),
    table("pragma_automatic_index", &["automatic_index"], NONE),
    table("pragma_busy_timeout", &["timeout"], NONE),
    table("pragma_cache_size", &["cache_size"], SCHEMA),
    table("pragma_cache_spill", &["cache_spill"], SCHEMA),
    table("pragma_cell_size_check", &["cell_size_check"], NONE),
    table(
        "pragma_checkpoint_fullfsync",
        &["checkpoint_fullfsync"],
        NONE,
    ),
    table("pragma_collation_list", &["seq", "name"], NONE),
    table("pragma_compile_options", &["compile_options"], NONE),
    table("pragma_count_changes", &["count_changes"], NONE),
    table("pragma_data_version", &["data_version"], NONE),
    table("pragma_database_list", &["seq", "name", "file"], NONE),
    table("pragma_default_cache_size", &["cache_size"], SCHEMA),
    table("pragma_defer_foreign_keys", &["defer_foreign_keys"], NONE),
    table(
        "pragma_empty_result_callbacks",
        &["empty_result_callbacks"],
        NONE,
    ),
    table("pragma_encoding", &["encoding"], NONE),
    table(
        "pragma_foreign_key_check",
        &["table", "rowid", "parent", "fkid"],
        ARGUMENT_AND_SCHEMA,
    ),
    table(
        "pragma_foreign_key_list",
        &[
            "id",
            "seq",
            "table",
            "from",
            "to",
            "on_update",
            "on_delete",
            "match",
        ],
        ARGUMENT_AND_SCHEMA,
    ),
    table("pragma_foreign_keys", &["foreign_keys"], NONE),
    table("pragma_freelist_count", &["freelist_count"], NONE),
    table("pragma_full_column_names", &["full_column_names"], NONE),
    table("pragma_fullfsync", &["fullfsync"], NONE),
    table(
        "pragma_function_list",
        &["name", "builtin", "type", "enc", "narg", "flags"],
        NONE,
    ),
    table("pragma_hard_heap_limit", &["hard_heap_limit"], NONE),
    table(
        "pragma_ignore_check_constraints",
        &["ignore_check_constraints"],
        NONE,
    ),
    table(
        "pragma_index_info",
        &["seqno", "cid", "name"],
        ARGUMENT_AND_SCHEMA,
    ),
    table(
        "pragma_index_list",
        &["seq", "name", "unique", "origin", "partial"],
        ARGUMENT_AND_SCHEMA,
    ),
    table(
        "pragma_index_xinfo",
        &["seqno", "cid", "name", "desc", "coll", "key"],
        ARGUMENT_AND_SCHEMA,
    ),
    table(
        "pragma_integrity_check",
        &["integrity_check"],
        ARGUMENT_AND_SCHEMA,
    ),
    table("pragma_journal_mode", &["journal_mode"], SCHEMA),
    table("pragma_journal_size_limit", &["journal_size_limit"], SCHEMA),
    table("pragma_legacy_alter_table", &["legacy_alter_table"], NONE),
    table("pragma_locking_mode", &["locking_mode"], SCHEMA),
    table("pragma_max_page_count", &["max_page_count"], SCHEMA),
    table("pragma_module_list", &["name"], NONE),
    table("pragma_optimize", &["optimize"], &["arg"]),
    table("pragma_page_count", &["page_count"], SCHEMA),
    table("pragma_page_size", &["page_size"], SCHEMA),
    table("pragma_pragma_list", &["name"], NONE),
    table("pragma_query_only", &["query_only"], NONE),
    table("pragma_quick_check", &["quick_check"], ARGUMENT_AND_SCHEMA),
    table("pragma_read_uncommitted", &["read_uncommitted"], NONE),
    table("pragma_recursive_triggers", &["recursive_triggers"], NONE),
    table(
        "pragma_reverse_unordered_selects",
        &["reverse_unordered_selects"],
        NONE,
    ),
    table("pragma_schema_version", &["schema_version"], NONE),
    table("pragma_secure_delete", &["secure_delete"], NONE),
    table("pragma_short_column_names", &["short_column_names"], NONE),
    table("pragma_soft_heap_limit", &["soft_heap_limit"], NONE),
    table("pragma_synchronous", &["synchronous"], SCHEMA),
    table(
        "pragma_table_info",
        &["cid", "name", "type", "notnull", "dflt_value", "pk"],
        ARGUMENT_AND_SCHEMA,
    ),
    table(
        "pragma_table_list",
        &["schema", "name", "type", "ncol", "wr", "strict"],
        &["arg"],
    ),
    table(
        "pragma_table_xinfo",
        &[
            "cid",
            "name",
            "type",
            "notnull",
            "dflt_value",
            "pk",
            "hidden",
        ],
        ARGUMENT_AND_SCHEMA,
    ),
    table("pragma_temp_store", &["temp_store"], NONE),
    table("pragma_threads", &["threads"], NONE),
    table("pragma_trusted_schema", &["trusted_schema"], NONE),
    table("pragma_user_version", &["user_version"], NONE),
    table("pragma_writable_schema", &["writable_schema"], NONE),
];

const fn table(
    name: &'static str,
    columns: &'static [&'static str],
    arguments: &'static [&'static str],
) -> Eponymous {
    Eponymous {
        name,
        columns,
        arguments,
        direct_only: false,
    }
}

const fn direct_only(table: Eponymous) -> Eponymous {
    Eponymous {
        direct_only: true,
        ..table
    }
}

impl Eponymous {
    /// What a column always holds, where the engine's documentation says so (sqlite.org/json1.html#jeach).
    pub(super) fn holds(&self, column: &str) -> Option<(StorageClasses, Nullability)> {
        if self.columns != JSON_COLUMNS {
            return None;
        }
        match column {
            "type" | "fullkey" | "path" => Some((StorageClasses::TEXT, Nullability::NotNull)),
            "id" => Some((StorageClasses::INTEGER, Nullability::NotNull)),
            "parent" => Some((StorageClasses::INTEGER, Nullability::Nullable)),
            _ => None,
        }
    }
}

/// The table that a module provides under its own name.
pub(super) fn eponymous(name: &str) -> Option<&'static Eponymous> {
    TABLES
        .iter()
        .find(|table| table.name.eq_ignore_ascii_case(name))
}

/// Whether the rows of a module's tables can be changed.
pub(super) fn is_writable(module: &str) -> bool {
    !["dbstat", "fts3tokenize", "fts4aux", "fts5vocab"]
        .iter()
        .any(|read_only| read_only.eq_ignore_ascii_case(module))
}
