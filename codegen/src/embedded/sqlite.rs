//! The expected schema of SQLite, in the forms in which the runtime reads that of a live database.

use std::borrow::Cow;
use tablature_lexer::{
    ColumnText, TableText, normal_default, normal_form, normal_index, normal_trigger,
};
use tablature_model::schema::{
    Column, ForeignKey, Generated, Index, Place, Schema, Table, Trigger, UniqueConstraint, View,
};
use tablature_schema::sqlite::catalog::{self, Catalog, GeneratedKind, Relation, TableKind};
use tablature_schema::text::{Sources, Span};

type Text = Cow<'static, str>;

/// Makes the schema of a catalog's main database; `sources` are the files that it came from.
#[must_use]
pub fn schema(catalog: &Catalog, sources: &Sources) -> Schema {
    let main = catalog.main();
    // The maps are in the order of the folded names, which is the order that the schema wants.
    let tables = main.relations.values().filter_map(|relation| {
        let table = relation.table()?;
        match table.kind {
            TableKind::Ordinary | TableKind::Virtual { .. } => {}
            TableKind::Shadow { .. } | TableKind::Internal => return None,
        }
        Some(self::table(table, sources))
    });
    let views = main.relations.values().filter_map(Relation::view);
    Schema {
        tables: tables.collect(),
        indexes: main
            .indexes
            .values()
            .map(|found| index(found, sources))
            .collect(),
        views: views.map(|found| view(found, sources)).collect(),
        triggers: main
            .triggers
            .values()
            .map(|found| trigger(found, sources))
            .collect(),
    }
}

fn table(table: &catalog::Table, sources: &Sources) -> Table {
    // What no pragma of the engine reports, both sides read from the text in one way.
    let written = TableText::read(&table.definition.to_sql());
    let columns = table.columns.iter().enumerate();
    let columns = columns
        .filter(|(_, found)| !found.hidden)
        .map(|(position, found)| {
            column(
                table,
                position,
                found,
                column_text(&written, found),
                sources,
            )
        })
        .collect();
    let unique = unique(table);
    let foreign_keys = foreign_keys(table, &written);
    let mut checks: Vec<Text> = written.checks.into_iter().map(Text::from).collect();
    checks.sort_unstable();
    let mut constraints: Vec<Text> = written.constraints.into_iter().map(Text::from).collect();
    constraints.sort_unstable();
    constraints.dedup();
    Table {
        name: table.name.to_string().into(),
        module: written.module.map(Text::from),
        strict: table.strict,
        without_rowid: table.without_rowid,
        autoincrement: written.autoincrement,
        columns,
        unique,
        foreign_keys,
        checks: checks.into(),
        constraints: constraints.into(),
        place: place(table.provenance.created, sources),
    }
}

fn unique(table: &catalog::Table) -> Cow<'static, [UniqueConstraint]> {
    let constraints = table.unique.iter();
    let mut unique: Vec<UniqueConstraint> = constraints
        .map(|constraint| UniqueConstraint {
            columns: names_of(table, &constraint.columns),
        })
        .collect();
    unique.sort();
    unique.into()
}

fn column_text<'a>(written: &'a TableText, column: &catalog::Column) -> Option<&'a ColumnText> {
    let mut columns = written.columns.iter();
    columns.find(|found| found.name.eq_ignore_ascii_case(&column.name))
}

fn column(
    table: &catalog::Table,
    position: usize,
    column: &catalog::Column,
    written: Option<&ColumnText>,
    sources: &Sources,
) -> Column {
    let default = column.default.as_ref();
    let key = table.primary_key.as_ref();
    let in_key = key.and_then(|key| key.columns.iter().position(|column| *column == position));
    let generated = column.generated.as_ref().map(|generated| Generated {
        stored: match generated.kind {
            GeneratedKind::Stored => true,
            GeneratedKind::Virtual => false,
        },
        expression: written
            .and_then(|found| found.generated.clone())
            .unwrap_or_default()
            .into(),
    });
    Column {
        name: column.name.to_string().into(),
        declared_type: column.declared_type.to_string().into(),
        not_null: column.not_null,
        default: default
            .and_then(|default| normal_default(&default.text))
            .map(Text::from),
        primary_key: in_key.map_or(0, |index| u32::try_from(index + 1).unwrap_or(u32::MAX)),
        generated,
        collation: written
            .and_then(|found| found.collation.clone())
            .map(Text::from),
        place: place(column.provenance.created, sources),
    }
}

fn foreign_keys(table: &catalog::Table, written: &TableText) -> Cow<'static, [ForeignKey]> {
    let keys = table.foreign_keys.iter().enumerate();
    let mut keys: Vec<ForeignKey> = keys
        .map(|(position, key)| ForeignKey {
            columns: names_of(table, &key.columns),
            table: key.table.to_ascii_lowercase().into(),
            references: key
                .references
                .iter()
                .map(|name| name.to_ascii_lowercase().into())
                .collect(),
            on_update: key.on_update.keywords().into(),
            on_delete: key.on_delete.keywords().into(),
            deferred: written.deferred.get(position).copied().unwrap_or(false),
        })
        .collect();
    keys.sort();
    keys.into()
}

fn index(index: &catalog::Index, sources: &Sources) -> Index {
    Index {
        name: index.name.to_string().into(),
        table: index.table.as_str().to_owned().into(),
        definition: normal_index(&index.definition.to_sql()).into(),
        place: place(index.span, sources),
    }
}

fn view(view: &catalog::View, sources: &Sources) -> View {
    View {
        name: view.name.to_string().into(),
        definition: normal_form(&view.definition.to_sql()).into(),
        place: place(view.span, sources),
    }
}

fn trigger(trigger: &catalog::Trigger, sources: &Sources) -> Trigger {
    Trigger {
        name: trigger.name.to_string().into(),
        table: trigger.table.as_str().to_owned().into(),
        definition: normal_trigger(&trigger.definition.to_sql()).into(),
        place: place(trigger.span, sources),
    }
}

fn names_of(table: &catalog::Table, positions: &[usize]) -> Cow<'static, [Text]> {
    positions
        .iter()
        .filter_map(|position| table.columns.get(*position))
        .map(|column| column.name.to_ascii_lowercase().into())
        .collect()
}

fn place(span: Span, sources: &Sources) -> Option<Place> {
    Some(super::place(span, sources))
}
