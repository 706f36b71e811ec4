//! What the system catalogs and the information schema say of a catalog: the columns that migrations ask for.

use super::system_facts;
use super::value::{Known, Row, Value};
use crate::postgres::catalog::{
    Catalog, ConstraintKind, ConstraintOn, Relation, RelationKind, TypeDetails,
};
use crate::postgres::types::{Oid, TypeKind};

/// The rows of a system catalog; nothing if it is no system catalog that is known here.
/// A column that is not among those of a row has a value that is not known.
#[must_use]
pub(super) fn rows(catalog: &Catalog, schema: Option<&str>, name: &str) -> Option<Vec<Row>> {
    let facts = Facts(catalog);
    let mut rows = match schema {
        Some("information_schema") => facts.information_schema(name),
        None | Some("pg_catalog") => facts.system_catalog(name),
        Some(_) => None,
    }?;
    rows.extend(system_facts::rows(catalog, schema, name));
    Some(rows)
}

struct Facts<'a>(&'a Catalog);

impl Facts<'_> {
    fn system_catalog(&self, name: &str) -> Option<Vec<Row>> {
        let catalog = self.0;
        Some(match name {
            "pg_namespace" => catalog
                .namespaces
                .iter()
                .map(|it| row([("oid", oid(it.oid)), ("nspname", text(&it.name))]))
                .collect(),
            "pg_class" => catalog.relations.iter().map(|it| self.class(it)).collect(),
            "pg_tables" => self.relations(|it| it.is_table(), "tablename"),
            "pg_views" => self.relations(|it| matches!(it.kind, RelationKind::View(_)), "viewname"),
            "pg_matviews" => self.relations(
                |it| matches!(it.kind, RelationKind::MaterializedView(_)),
                "matviewname",
            ),
            "pg_sequences" => self.relations(|it| it.sequence().is_some(), "sequencename"),
            "pg_indexes" => self.indexes(),
            "pg_attribute" => self.attributes(),
            "pg_type" => self.types(),
            "pg_enum" => self.labels(),
            "pg_constraint" => self.constraints(),
            "pg_trigger" => catalog
                .triggers
                .iter()
                .map(|it| {
                    row([
                        ("oid", oid(it.oid)),
                        ("tgname", text(&it.name)),
                        ("tgrelid", oid(it.table)),
                        ("tgisinternal", Value::Bool(false)),
                    ])
                })
                .collect(),
            "pg_policy" => catalog
                .policies
                .iter()
                .map(|it| row([("polname", text(&it.name)), ("polrelid", oid(it.table))]))
                .collect(),
            "pg_policies" => catalog
                .policies
                .iter()
                .map(|it| {
                    let (schema, table) = self.place(it.table);
                    row([
                        ("policyname", text(&it.name)),
                        ("schemaname", schema),
                        ("tablename", table),
                    ])
                })
                .collect(),
            "pg_extension" => catalog
                .extensions
                .iter()
                .map(|it| row([("oid", oid(it.oid)), ("extname", text(&it.name))]))
                .collect(),
            "pg_proc" => catalog
                .routines
                .iter()
                .map(|it| {
                    row([
                        ("oid", oid(it.object.oid)),
                        ("proname", text(&it.object.name)),
                        ("pronamespace", oid(it.object.namespace)),
                    ])
                })
                .collect(),
            "pg_language" => catalog
                .languages
                .iter()
                .map(|it| {
                    row([
                        ("oid", oid(it.object.oid)),
                        ("lanname", text(&it.object.name)),
                    ])
                })
                .collect(),
            "pg_inherits" => catalog
                .relations
                .iter()
                .flat_map(|it| {
                    it.parents
                        .iter()
                        .map(|parent| row([("inhrelid", oid(it.oid)), ("inhparent", oid(*parent))]))
                })
                .collect(),
            "pg_publication" => catalog
                .publications
                .iter()
                .map(|it| row([("oid", oid(it.oid)), ("pubname", text(&it.name))]))
                .collect(),
            "pg_roles" | "pg_authid" => self.roles("rolname"),
            "pg_user" | "pg_shadow" => self.roles("usename"),
            _ => return None,
        })
    }

    fn information_schema(&self, name: &str) -> Option<Vec<Row>> {
        Some(match name {
            "schemata" => self
                .0
                .namespaces
                .iter()
                .map(|it| row([("schema_name", text(&it.name))]))
                .collect(),
            "tables" => self.tables(),
            "views" => self.tables_of(|it| matches!(it.kind, RelationKind::View(_))),
            "columns" => self.columns(),
            "sequences" => self
                .0
                .relations
                .iter()
                .filter(|it| it.sequence().is_some())
                .map(|it| {
                    row([
                        ("sequence_schema", self.schema(it.namespace)),
                        ("sequence_name", text(&it.name)),
                    ])
                })
                .collect(),
            "table_constraints" => self.table_constraints(),
            "triggers" => self
                .0
                .triggers
                .iter()
                .map(|it| {
                    let (schema, table) = self.place(it.table);
                    row([
                        ("trigger_name", text(&it.name)),
                        ("trigger_schema", schema.clone()),
                        ("event_object_schema", schema),
                        ("event_object_table", table),
                    ])
                })
                .collect(),
            "routines" => self
                .0
                .routines
                .iter()
                .map(|it| {
                    row([
                        ("routine_name", text(&it.object.name)),
                        ("routine_schema", self.schema(it.object.namespace)),
                    ])
                })
                .collect(),
            "constraint_column_usage" | "key_column_usage" => self.constraint_columns(name),
            _ => return None,
        })
    }

    fn schema(&self, namespace: Oid) -> Value {
        self.0.namespace_name(namespace).map_or(Value::Null, text)
    }

    /// The schema and the name of a relation.
    fn place(&self, relation: Oid) -> (Value, Value) {
        match self.0.relation(relation) {
            Some(found) => (self.schema(found.namespace), text(&found.name)),
            None => (Value::Null, Value::Null),
        }
    }

    fn relations(&self, is_wanted: impl Fn(&Relation) -> bool, column: &'static str) -> Vec<Row> {
        let all = self.0.relations.iter().filter(|it| is_wanted(it));
        all.map(|it| {
            row([
                ("schemaname", self.schema(it.namespace)),
                (column, text(&it.name)),
            ])
        })
        .collect()
    }

    fn class(&self, relation: &Relation) -> Row {
        let kind = match relation.kind {
            RelationKind::Table => "r",
            RelationKind::Partitioned(_) => "p",
            RelationKind::Foreign(_) => "f",
            RelationKind::View(_) => "v",
            RelationKind::MaterializedView(_) => "m",
            RelationKind::Sequence(_) => "S",
            RelationKind::Index(_) => "i",
            RelationKind::PartitionedIndex(_) => "I",
            RelationKind::Composite => "c",
        };
        row([
            ("oid", oid(relation.oid)),
            ("relname", text(&relation.name)),
            ("relnamespace", oid(relation.namespace)),
            ("relkind", Value::text(kind)),
            ("relrowsecurity", Value::Bool(relation.row_security.enabled)),
        ])
    }

    fn indexes(&self) -> Vec<Row> {
        let all = self.0.relations.iter();
        all.filter_map(|it| {
            let index = it.index()?;
            let (schema, table) = self.place(index.table);
            Some(row([
                ("schemaname", schema),
                ("tablename", table),
                ("indexname", text(&it.name)),
            ]))
        })
        .collect()
    }

    fn attributes(&self) -> Vec<Row> {
        let all = self.0.relations.iter();
        all.flat_map(|it| {
            it.live_columns().map(|column| {
                row([
                    ("attrelid", oid(it.oid)),
                    ("attname", text(&column.name)),
                    ("attnum", Value::Number(column.number.into())),
                    ("attnotnull", Value::Bool(column.not_null)),
                    ("attisdropped", Value::Bool(false)),
                    ("atttypid", oid(column.typed.oid)),
                    ("atthasdef", Value::Bool(column.default.is_some())),
                ])
            })
        })
        .collect()
    }

    fn types(&self) -> Vec<Row> {
        let all = self.0.types.iter();
        all.map(|it| {
            let kind = match (&it.more, it.object.kind) {
                (TypeDetails::Enum(_), _) => "e",
                (TypeDetails::Domain(_), _) => "d",
                (TypeDetails::Range(_), _) => "r",
                (_, TypeKind::Composite { .. }) => "c",
                _ => "b",
            };
            row([
                ("oid", oid(it.object.oid)),
                ("typname", text(&it.object.name)),
                ("typnamespace", oid(it.object.namespace)),
                ("typtype", Value::text(kind)),
            ])
        })
        .collect()
    }

    fn labels(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for made in self.0.types.iter() {
            let TypeDetails::Enum(labels) = &made.more else {
                continue;
            };
            for (position, label) in labels.iter().enumerate() {
                let order = i64::try_from(position + 1).unwrap_or(i64::MAX);
                rows.push(row([
                    ("enumtypid", oid(made.object.oid)),
                    ("enumlabel", text(&label.label)),
                    ("enumsortorder", Value::Number(order)),
                ]));
            }
        }
        rows
    }

    fn constraints(&self) -> Vec<Row> {
        let all = self.0.constraints.iter();
        all.map(|it| {
            let kind = match it.kind {
                ConstraintKind::Check { .. } => "c",
                ConstraintKind::NotNull { .. } => "n",
                ConstraintKind::PrimaryKey(_) => "p",
                ConstraintKind::Unique(_) => "u",
                ConstraintKind::Exclude { .. } => "x",
                ConstraintKind::ForeignKey(_) => "f",
                ConstraintKind::Trigger => "t",
            };
            let (table, domain) = match it.on {
                ConstraintOn::Table(table) => (oid(table), Value::Number(0)),
                ConstraintOn::Domain(domain) => (Value::Number(0), oid(domain)),
            };
            row([
                ("oid", oid(it.oid)),
                ("conname", text(&it.name)),
                ("connamespace", oid(it.namespace)),
                ("conrelid", table),
                ("contypid", domain),
                ("contype", Value::text(kind)),
                ("convalidated", Value::Bool(it.validated)),
            ])
        })
        .collect()
    }

    fn table_constraints(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for it in self.0.constraints.iter() {
            let Some(table) = it.on.table() else {
                continue;
            };
            let kind = match it.kind {
                ConstraintKind::Check { .. } | ConstraintKind::NotNull { .. } => "CHECK",
                ConstraintKind::PrimaryKey(_) => "PRIMARY KEY",
                ConstraintKind::Unique(_) => "UNIQUE",
                ConstraintKind::ForeignKey(_) => "FOREIGN KEY",
                // The information schema leaves them out.
                ConstraintKind::Exclude { .. } | ConstraintKind::Trigger => continue,
            };
            let (schema, table) = self.place(table);
            rows.push(row([
                ("constraint_name", text(&it.name)),
                ("constraint_schema", self.schema(it.namespace)),
                ("table_schema", schema),
                ("table_name", table),
                ("constraint_type", Value::text(kind)),
            ]));
        }
        rows
    }

    /// The columns of constraints: those of the key itself, or for foreign keys of the one that is referred to.
    fn constraint_columns(&self, name: &str) -> Vec<Row> {
        let mut rows = Vec::new();
        for it in self.0.constraints.iter() {
            let Some(table) = it.on.table() else {
                continue;
            };
            let is_usage = name == "constraint_column_usage";
            let (of, columns) = match &it.kind {
                ConstraintKind::ForeignKey(key) if is_usage => (key.table, key.referenced.clone()),
                ConstraintKind::ForeignKey(key) => (table, key.columns.clone()),
                ConstraintKind::Check { columns, .. } if is_usage => (table, columns.clone()),
                ConstraintKind::PrimaryKey(key) | ConstraintKind::Unique(key) => {
                    (table, key.columns.clone())
                }
                _ => continue,
            };
            let relation = self.0.relation(of);
            for number in columns {
                let column = relation.and_then(|found| found.column_at(number));
                let (schema, table) = self.place(of);
                rows.push(row([
                    ("constraint_name", text(&it.name)),
                    ("constraint_schema", self.schema(it.namespace)),
                    ("table_schema", schema),
                    ("table_name", table),
                    (
                        "column_name",
                        column.map_or(Value::Null, |column| text(&column.name)),
                    ),
                ]));
            }
        }
        rows
    }

    fn roles(&self, column: &'static str) -> Vec<Row> {
        let all = self.0.roles.iter();
        all.map(|it| row([("oid", oid(it.oid)), (column, text(&it.name))]))
            .collect()
    }

    fn tables(&self) -> Vec<Row> {
        self.tables_of(|it| it.is_table() || matches!(it.kind, RelationKind::View(_)))
    }

    fn tables_of(&self, is_wanted: impl Fn(&Relation) -> bool) -> Vec<Row> {
        let all = self.0.relations.iter().filter(|it| is_wanted(it));
        all.map(|it| {
            let kind = match it.kind {
                RelationKind::View(_) => "VIEW",
                RelationKind::Foreign(_) => "FOREIGN",
                _ => "BASE TABLE",
            };
            row([
                ("table_schema", self.schema(it.namespace)),
                ("table_name", text(&it.name)),
                ("table_type", Value::text(kind)),
            ])
        })
        .collect()
    }

    fn columns(&self) -> Vec<Row> {
        let all = self.0.relations.iter();
        let all = all.filter(|it| it.is_table() || matches!(it.kind, RelationKind::View(_)));
        all.flat_map(|it| {
            it.live_columns().map(|column| {
                let nullable = if column.not_null { "NO" } else { "YES" };
                let mut row = row([
                    ("table_schema", self.schema(it.namespace)),
                    ("table_name", text(&it.name)),
                    ("column_name", text(&column.name)),
                    ("is_nullable", Value::text(nullable)),
                    ("data_type", self.data_type(column.typed.oid)),
                    ("udt_name", self.type_name(column.typed.oid)),
                ]);
                if column.default.is_none() {
                    row.push(("column_default".into(), Some(Value::Null)));
                }
                row
            })
        })
        .collect()
    }

    fn type_name(&self, of: Oid) -> Value {
        self.0
            .type_of(of)
            .map_or(Value::Null, |found| text(&found.name))
    }

    /// What the information schema calls a type.
    fn data_type(&self, of: Oid) -> Value {
        let Some(found) = self.0.type_of(of) else {
            return Value::Null;
        };
        if found.is_array {
            return Value::text("ARRAY");
        }
        if self.0.made_type(of).is_some() {
            return Value::text("USER-DEFINED");
        }
        let name: &str = &found.name;
        Value::text(match name {
            "int2" => "smallint",
            "int4" => "integer",
            "int8" => "bigint",
            "float4" => "real",
            "float8" => "double precision",
            "bool" => "boolean",
            "bpchar" => "character",
            "varchar" => "character varying",
            "timestamp" => "timestamp without time zone",
            "timestamptz" => "timestamp with time zone",
            "time" => "time without time zone",
            "timetz" => "time with time zone",
            "varbit" => "bit varying",
            name => name,
        })
    }
}

fn text(text: impl AsRef<str>) -> Value {
    Value::text(text.as_ref())
}

fn oid(oid: Oid) -> Value {
    Value::Number(i64::from(oid.0))
}

fn row<const N: usize>(columns: [(&'static str, Value); N]) -> Row {
    columns
        .into_iter()
        .map(|(name, value)| (name.into(), Some(value) as Known))
        .collect()
}
