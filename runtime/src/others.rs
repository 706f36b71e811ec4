//! Tables in a database that are not the migrations' business.

#[cfg(feature = "sqlite")]
use crate::schema::Schema;
#[cfg(feature = "sqlite")]
use std::collections::BTreeSet;

/// The history tables of other migration tools: a database that was taken over from one keeps its table.
const HISTORIES: &[&str] = &[
    "__diesel_schema_migrations",
    "__drizzle_migrations",
    "_prisma_migrations",
    "_sqlitex_migrations",
    "_sqlx_migrations",
    "alembic_version",
    "atlas_schema_revisions",
    "flyway_schema_history",
    "goose_db_version",
    "refinery_schema_history",
    "schema_migrations",
    "seaql_migrations",
];

/// Whether a table that no migration defines may be in the database all the same.
///
/// `names` are those that the application gave: a name, or the beginning of names and `*`.
pub(crate) fn is_ignored(table: &str, names: &[String]) -> bool {
    let table = table.to_ascii_lowercase();
    HISTORIES.contains(&table.as_str())
        || names.iter().any(|name| match name.strip_suffix('*') {
            Some(prefix) => table.starts_with(&prefix.to_ascii_lowercase()),
            None => table.eq_ignore_ascii_case(name),
        })
}

/// Takes the tables that may be there out of a database's schema, with their indexes and triggers; those that one of
/// `expected` has stay.
#[cfg(feature = "sqlite")]
pub(crate) fn leave_out(found: &mut Schema, expected: &[&Schema], names: &[String]) {
    let fold = |name: &str| name.to_ascii_lowercase();
    let expected: BTreeSet<String> = expected
        .iter()
        .flat_map(|schema| schema.tables.iter())
        .map(|table| fold(&table.name))
        .collect();
    let ignored: BTreeSet<String> = found
        .tables
        .iter()
        .map(|table| fold(&table.name))
        .filter(|table| !expected.contains(table) && is_ignored(table, names))
        .collect();
    if ignored.is_empty() {
        return;
    }
    found
        .tables
        .to_mut()
        .retain(|table| !ignored.contains(&fold(&table.name)));
    found
        .indexes
        .to_mut()
        .retain(|index| !ignored.contains(&fold(&index.table)));
    found
        .triggers
        .to_mut()
        .retain(|trigger| !ignored.contains(&fold(&trigger.table)));
}
