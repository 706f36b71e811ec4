//! From the replay's catalog to the model.

use crate::model::{
    Column, Database, ForeignKey, Index, Key, Schema, Table, Term, Trigger, View, Visibility,
};
use tablature_lexer::normal_form;
use tablature_schema::Checked;
use tablature_schema::sqlite::ast::{ForeignKeyAction, SortOrder};
use tablature_schema::sqlite::catalog::{
    self, Catalog, Definition, GeneratedKind, IndexKind, Relation, TableKind,
};

const BINARY: &str = "BINARY";

/// Reads the catalog of a directory on SQLite.
///
/// # Panics
///
/// If it is on another engine.
#[must_use]
pub fn schema_of(checked: &Checked) -> Schema {
    schema(checked.catalog.sqlite().expect("a directory on SQLite"))
}

/// Reads a catalog.
#[must_use]
pub fn schema(catalog: &Catalog) -> Schema {
    let databases = catalog.databases.iter().map(database);
    Schema {
        databases: databases
            .filter(|database| database.name == "main" || !database.is_empty())
            .collect(),
    }
}

fn database(database: &catalog::Database) -> Database {
    let mut read = Database {
        name: database.name.to_string(),
        ..Database::default()
    };
    for relation in database.relations.values() {
        match relation {
            // The engine lists every table but those that it lists them in.
            Relation::Table(table) if is_schema_table(table) => {}
            Relation::Table(table) => read.tables.push(self::table(table)),
            Relation::View(view) => read.views.push(self::view(view)),
        }
    }
    for index in database.indexes.values() {
        read.indexes.push(self::index(database, index));
    }
    for trigger in database.triggers.values() {
        read.triggers.push(Trigger {
            name: trigger.name.to_string(),
            table: trigger.table_name.to_string(),
            sql: sql(&trigger.definition),
        });
    }
    read.sorted()
}

fn is_schema_table(table: &catalog::Table) -> bool {
    matches!(&*table.name, "sqlite_master" | "sqlite_temp_master")
}

fn table(table: &catalog::Table) -> Table {
    let mut keys: Vec<Key> = table
        .unique
        .iter()
        .map(|key| self::key(table, false, &key.columns, &key.collations))
        .collect();
    if let Some(key) = table.primary_key.as_ref().filter(|key| !key.rowid_alias) {
        keys.push(self::key(table, true, &key.columns, &key.collations));
    }
    keys.sort_by_key(Key::to_string);
    Table {
        name: table.name.to_string(),
        kind: match &table.kind {
            TableKind::Ordinary | TableKind::Internal => "table",
            TableKind::Virtual { .. } => "virtual",
            TableKind::Shadow { .. } => "shadow",
        }
        .to_owned(),
        strict: table.strict,
        without_rowid: table.without_rowid,
        columns: (0..table.columns.len())
            .map(|position| column(table, position))
            .collect(),
        keys,
        foreign_keys: table
            .foreign_keys
            .iter()
            .map(|key| foreign_key(table, key))
            .collect(),
        sql: Some(sql(&table.definition)),
    }
}

fn column(table: &catalog::Table, position: usize) -> Column {
    let column = &table.columns[position];
    let key = table.primary_key.as_ref();
    Column {
        name: column.name.to_string(),
        declared_type: column.declared_type.to_string(),
        not_null: column.not_null,
        default: column.default.as_ref().map(|default| default.text.clone()),
        primary_key: key
            .and_then(|key| key.columns.iter().position(|at| *at == position))
            .map_or(0, |place| u32::try_from(place + 1).unwrap_or(u32::MAX)),
        autoincrement: key.is_some_and(|key| key.autoincrement && key.columns == [position]),
        collation: column.collation.as_deref().unwrap_or(BINARY).to_owned(),
        visibility: match &column.generated {
            Some(generated) => match generated.kind {
                GeneratedKind::Virtual => Visibility::Virtual,
                GeneratedKind::Stored => Visibility::Stored,
            },
            None if column.hidden => Visibility::Hidden,
            None => Visibility::Ordinary,
        },
    }
}

fn key(
    table: &catalog::Table,
    primary: bool,
    columns: &[usize],
    collations: &[Option<std::sync::Arc<str>>],
) -> Key {
    let columns = columns.iter().enumerate().map(|(place, position)| {
        let column = &table.columns[*position];
        let own = column.collation.as_deref();
        let other = collations.get(place).and_then(Option::as_deref);
        (
            column.name.to_string(),
            other.or(own).unwrap_or(BINARY).to_owned(),
        )
    });
    Key {
        primary,
        columns: columns.collect(),
    }
}

fn foreign_key(table: &catalog::Table, key: &catalog::ForeignKey) -> ForeignKey {
    ForeignKey {
        columns: key
            .columns
            .iter()
            .map(|position| table.columns[*position].name.to_string())
            .collect(),
        table: key.table.to_string(),
        references: key.references.iter().map(ToString::to_string).collect(),
        on_update: action(key.on_update).to_owned(),
        on_delete: action(key.on_delete).to_owned(),
    }
}

fn action(action: ForeignKeyAction) -> &'static str {
    match action {
        ForeignKeyAction::NoAction => "NO ACTION",
        ForeignKeyAction::Restrict => "RESTRICT",
        ForeignKeyAction::Cascade => "CASCADE",
        ForeignKeyAction::SetNull => "SET NULL",
        ForeignKeyAction::SetDefault => "SET DEFAULT",
    }
}

fn index(database: &catalog::Database, index: &catalog::Index) -> Index {
    let relation = database.relations.get(&index.table);
    let table = relation.and_then(Relation::table);
    let terms = index.columns.iter().map(|term| {
        let own = term.collation.as_deref();
        let (what, collation) = match &term.kind {
            IndexKind::Column(position) => {
                let column = table.and_then(|table| table.columns.get(*position));
                let inherited = column.and_then(|column| column.collation.as_deref());
                (
                    column.map_or("<no column>", |column| &column.name),
                    Some(own.or(inherited).unwrap_or(BINARY)),
                )
            }
            IndexKind::Rowid => ("<rowid>", Some(own.unwrap_or(BINARY))),
            IndexKind::Expression(_) => ("<expression>", None),
        };
        Term {
            what: what.to_owned(),
            collation: collation.map(str::to_owned),
            descending: term.order == SortOrder::Descending,
        }
    });
    Index {
        name: index.name.to_string(),
        table: relation
            .map_or(index.table.as_str(), Relation::name)
            .to_owned(),
        unique: index.unique,
        partial: index.filter.is_some(),
        terms: terms.collect(),
        sql: sql(&index.definition),
    }
}

fn view(view: &catalog::View) -> View {
    View {
        name: view.name.to_string(),
        columns: view.columns.as_ref().map(|columns| {
            columns
                .iter()
                .map(|column| (column.name.to_string(), column.declared_type.clone()))
                .collect()
        }),
        sql: sql(&view.definition),
    }
}

fn sql(definition: &Definition) -> String {
    normal_form(&definition.to_sql())
}
