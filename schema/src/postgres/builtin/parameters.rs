//! The storage parameters of `WITH (…)`: which there are, of what, and what values they take (`reloptions.c`).

use super::settings::{Limits, SettingKind};

/// What a storage parameter is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the variants are the kinds of relations and indexes"
)]
pub enum ParameterOf {
    Table,
    /// The table that holds the long values of another.
    Toast,
    View,
    /// A column: `ALTER COLUMN … SET (…)`.
    Column,
    Btree,
    Hash,
    Gist,
    Spgist,
    Gin,
    Brin,
    /// An operator class that keeps signatures.
    Signature,
    /// One of `brin` that keeps Bloom filters.
    Bloom,
    /// One of `brin` that keeps several ranges.
    Ranges,
    /// One that keeps ranges of integers.
    IntegerRanges,
}

/// A storage parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StorageParameter {
    /// Its name.
    pub name: &'static str,
    /// What values it takes.
    pub kind: SettingKind,
    of: &'static [ParameterOf],
    /// The first major version that has it.
    pub since: u16,
}

/// The storage parameter of a name that something has on servers of a major version.
#[must_use]
pub fn storage_parameter(
    name: &str,
    of: ParameterOf,
    version: u16,
) -> Option<&'static StorageParameter> {
    let mut all = ALL.iter();
    all.find(|it| it.name == name && it.of.contains(&of) && it.since <= version)
}

/// The names of the storage parameters of something, on servers of a major version.
pub fn storage_parameter_names(
    of: ParameterOf,
    version: u16,
) -> impl Iterator<Item = &'static str> {
    let all = ALL.iter();
    let all = all.filter(move |it| it.of.contains(&of) && it.since <= version);
    all.map(|it| it.name)
}

const TABLE: &[ParameterOf] = &[ParameterOf::Table];
const TABLES: &[ParameterOf] = &[ParameterOf::Table, ParameterOf::Toast];
const COLUMN: &[ParameterOf] = &[ParameterOf::Column];
const VIEW: &[ParameterOf] = &[ParameterOf::View];
const BLOOM: &[ParameterOf] = &[ParameterOf::Bloom];
const FILLED: &[ParameterOf] = &[
    ParameterOf::Table,
    ParameterOf::Btree,
    ParameterOf::Hash,
    ParameterOf::Gist,
    ParameterOf::Spgist,
];
const GREATEST: f64 = 2_147_483_647.0;

const ALL: &[StorageParameter] = &[
    integer("fillfactor", FILLED, 10.0, 100.0),
    word("autovacuum_enabled", TABLES, SettingKind::Bool),
    word("user_catalog_table", TABLE, SettingKind::Bool),
    word("vacuum_truncate", TABLES, SettingKind::Bool),
    word(
        "vacuum_index_cleanup",
        TABLES,
        SettingKind::Word("auto,on,off,true,false,yes,no,1,0"),
    ),
    integer("autovacuum_vacuum_threshold", TABLES, 0.0, GREATEST),
    since(
        18,
        integer("autovacuum_vacuum_max_threshold", TABLES, -1.0, GREATEST),
    ),
    integer("autovacuum_vacuum_insert_threshold", TABLES, -1.0, GREATEST),
    integer("autovacuum_analyze_threshold", TABLE, 0.0, GREATEST),
    integer("autovacuum_vacuum_cost_limit", TABLES, 1.0, 10_000.0),
    integer("autovacuum_freeze_min_age", TABLES, 0.0, 1e9),
    integer("autovacuum_multixact_freeze_min_age", TABLES, 0.0, 1e9),
    integer("autovacuum_freeze_max_age", TABLES, 100_000.0, 2e9),
    integer("autovacuum_multixact_freeze_max_age", TABLES, 10_000.0, 2e9),
    integer("autovacuum_freeze_table_age", TABLES, 0.0, 2e9),
    integer("autovacuum_multixact_freeze_table_age", TABLES, 0.0, 2e9),
    integer("log_autovacuum_min_duration", TABLES, -1.0, GREATEST),
    real("autovacuum_vacuum_cost_delay", TABLES, 0.0, 100.0),
    real("autovacuum_vacuum_scale_factor", TABLES, 0.0, 100.0),
    real("autovacuum_vacuum_insert_scale_factor", TABLES, 0.0, 100.0),
    real("autovacuum_analyze_scale_factor", TABLE, 0.0, 100.0),
    since(
        18,
        real("vacuum_max_eager_freeze_failure_rate", TABLES, 0.0, 1.0),
    ),
    integer("toast_tuple_target", TABLE, 128.0, 8160.0),
    integer("parallel_workers", TABLE, 0.0, 1024.0),
    real("n_distinct", COLUMN, -1.0, f64::MAX),
    real("n_distinct_inherited", COLUMN, -1.0, f64::MAX),
    word("security_barrier", VIEW, SettingKind::Bool),
    since(15, word("security_invoker", VIEW, SettingKind::Bool)),
    word("check_option", VIEW, SettingKind::Word("local,cascaded")),
    word(
        "deduplicate_items",
        &[ParameterOf::Btree],
        SettingKind::Bool,
    ),
    real(
        "vacuum_cleanup_index_scale_factor",
        &[ParameterOf::Btree],
        0.0,
        1e10,
    ),
    word(
        "buffering",
        &[ParameterOf::Gist],
        SettingKind::Word("auto,on,off"),
    ),
    word("fastupdate", &[ParameterOf::Gin], SettingKind::Bool),
    integer(
        "gin_pending_list_limit",
        &[ParameterOf::Gin],
        64.0,
        GREATEST,
    ),
    integer("pages_per_range", &[ParameterOf::Brin], 1.0, 131_072.0),
    word("autosummarize", &[ParameterOf::Brin], SettingKind::Bool),
    integer("siglen", &[ParameterOf::Signature], 1.0, 2024.0),
    integer("numranges", &[ParameterOf::IntegerRanges], 1.0, 252.0),
    real("n_distinct_per_range", BLOOM, -1.0, GREATEST),
    real("false_positive_rate", BLOOM, 0.0001, 0.25),
    integer("values_per_range", &[ParameterOf::Ranges], 8.0, 256.0),
];

const fn word(
    name: &'static str,
    of: &'static [ParameterOf],
    kind: SettingKind,
) -> StorageParameter {
    StorageParameter {
        name,
        kind,
        of,
        since: 0,
    }
}

const fn integer(
    name: &'static str,
    of: &'static [ParameterOf],
    least: f64,
    greatest: f64,
) -> StorageParameter {
    let limits = Limits {
        unit: "",
        least,
        greatest,
    };
    word(name, of, SettingKind::Integer(limits))
}

const fn real(
    name: &'static str,
    of: &'static [ParameterOf],
    least: f64,
    greatest: f64,
) -> StorageParameter {
    let limits = Limits {
        unit: "",
        least,
        greatest,
    };
    word(name, of, SettingKind::Real(limits))
}

const fn since(version: u16, parameter: StorageParameter) -> StorageParameter {
    StorageParameter {
        since: version,
        ..parameter
    }
}
