//! What the system catalogs and the information schema say of what every database has. Of such an object its name, its
//! number and where it is are known here; every other column of its row is not.

use super::value::{Known, Row, Value};
use crate::postgres::builtin::SystemRelation;
use crate::postgres::catalog::Catalog;
use crate::postgres::types::Oid;

/// The rows of a system catalog that no migration has made.
pub(super) fn rows(catalog: &Catalog, schema: Option<&str>, name: &str) -> Vec<Row> {
    match schema {
        Some("information_schema") => information_schema(catalog, name),
        None | Some("pg_catalog") => system_catalog(catalog, name),
        Some(_) => Vec::new(),
    }
}

fn system_catalog(catalog: &Catalog, name: &str) -> Vec<Row> {
    let builtin = catalog.builtin();
    match name {
        "pg_class" => of_relations(catalog, |it| {
            vec![
                ("oid", oid(it.oid)),
                ("relname", text(&it.name)),
                ("relnamespace", oid(it.namespace)),
                ("relkind", text(it.kind.to_string())),
            ]
        }),
        "pg_tables" => of_kind(catalog, 'r', "schemaname", "tablename"),
        "pg_views" => of_kind(catalog, 'v', "schemaname", "viewname"),
        "pg_attribute" => {
            let relations = builtin.relations().all().iter();
            let columns = relations.flat_map(|it| {
                it.columns().map(|column| {
                    row(vec![
                        ("attrelid", oid(it.oid)),
                        ("attname", text(&column.name)),
                        ("atttypid", oid(column.value.oid)),
                    ])
                })
            });
            columns.collect()
        }
        "pg_type" => {
            let types = builtin.types().all().iter();
            let types = types.map(|it| {
                row(vec![
                    ("oid", oid(it.oid)),
                    ("typname", text(&it.name)),
                    ("typnamespace", oid(it.namespace)),
                ])
            });
            types.collect()
        }
        "pg_proc" => {
            let functions = builtin.functions().all().iter();
            let functions = functions.map(|it| {
                row(vec![
                    ("oid", oid(it.oid)),
                    ("proname", text(&it.name)),
                    ("pronamespace", oid(it.namespace)),
                ])
            });
            functions.collect()
        }
        "pg_language" => {
            let languages = builtin.languages().iter();
            let languages =
                languages.map(|it| row(vec![("oid", oid(it.oid)), ("lanname", text(&it.name))]));
            languages.collect()
        }
        _ => Vec::new(),
    }
}

fn information_schema(catalog: &Catalog, name: &str) -> Vec<Row> {
    let place = |it: &SystemRelation| {
        vec![
            ("table_schema", schema(catalog, it.namespace)),
            ("table_name", text(&it.name)),
        ]
    };
    match name {
        "tables" => of_relations(catalog, |it| {
            let kind = if it.kind == 'v' { "VIEW" } else { "BASE TABLE" };
            let mut columns = place(it);
            columns.push(("table_type", text(kind)));
            columns
        }),
        "views" => of_kind(catalog, 'v', "table_schema", "table_name"),
        "columns" => {
            let relations = catalog.builtin().relations().all().iter();
            let columns = relations.flat_map(|it| {
                it.columns().map(move |column| {
                    let mut found = place(it);
                    found.push(("column_name", text(&column.name)));
                    row(found)
                })
            });
            columns.collect()
        }
        "routines" => {
            let functions = catalog.builtin().functions().all().iter();
            let functions = functions.map(|it| {
                row(vec![
                    ("routine_name", text(&it.name)),
                    ("routine_schema", schema(catalog, it.namespace)),
                ])
            });
            functions.collect()
        }
        _ => Vec::new(),
    }
}

/// The rows of relations; composite types, which are among them, are left out.
fn of_relations(
    catalog: &Catalog,
    columns: impl Fn(&SystemRelation) -> Vec<(&'static str, Value)>,
) -> Vec<Row> {
    let relations = catalog.builtin().relations().all().iter();
    let relations = relations.filter(|it| it.kind != 'c');
    relations.map(|it| row(columns(it))).collect()
}

fn of_kind(
    catalog: &Catalog,
    kind: char,
    schema_column: &'static str,
    name_column: &'static str,
) -> Vec<Row> {
    let relations = catalog.builtin().relations().all().iter();
    let relations = relations.filter(|it| it.kind == kind);
    let rows = relations.map(|it| {
        row(vec![
            (schema_column, schema(catalog, it.namespace)),
            (name_column, text(&it.name)),
        ])
    });
    rows.collect()
}

fn schema(catalog: &Catalog, namespace: Oid) -> Value {
    catalog
        .namespace_name(namespace)
        .map_or(Value::Null, Value::text)
}

fn text(text: impl AsRef<str>) -> Value {
    Value::text(text.as_ref())
}

fn oid(oid: Oid) -> Value {
    Value::Number(i64::from(oid.0))
}

fn row(columns: Vec<(&'static str, Value)>) -> Row {
    let columns = columns.into_iter();
    columns
        .map(|(name, value)| (name.into(), Some(value) as Known))
        .collect()
}
