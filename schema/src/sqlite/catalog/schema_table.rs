//! `sqlite_schema`: the table in which the engine keeps the definitions of all others.

use super::{Affinity, Column, Definition, Table, TableKind};
use crate::catalog::{Key, Provenance};
use crate::text::{FileId, Span};

/// Returns the schema table of the database `database` with the key under which the engine files it.
pub(super) fn schema_table(database: &str) -> (Key, Table) {
    let name = if database.eq_ignore_ascii_case("temp") {
        "sqlite_temp_master"
    } else {
        "sqlite_master"
    };
    // Nobody wrote it, so that no diagnostic points at it.
    let span = Span {
        file: FileId(0),
        start: 0,
        end: 0,
    };
    let column = |name: &str, declared_type: &str, affinity: Affinity| Column {
        name: name.into(),
        declared_type: declared_type.into(),
        affinity,
        not_null: false,
        default: None,
        generated: None,
        collation: None,
        hidden: false,
        unindexed: false,
        span,
        provenance: Provenance::new(span),
    };
    let table = Table {
        name: name.into(),
        kind: TableKind::Internal,
        strict: false,
        without_rowid: false,
        columns: vec![
            column("type", "TEXT", Affinity::Text),
            column("name", "TEXT", Affinity::Text),
            column("tbl_name", "TEXT", Affinity::Text),
            column("rootpage", "INT", Affinity::Integer),
            column("sql", "TEXT", Affinity::Text),
        ],
        primary_key: None,
        unique: Vec::new(),
        checks: Vec::new(),
        foreign_keys: Vec::new(),
        incomplete: false,
        definition: Definition::new([]),
        tokens_after_columns: 0,
        provenance: Provenance::new(span),
        place: 0,
    };
    (Key::new(name), table)
}
