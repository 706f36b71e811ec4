//! The expected schema, in the forms in which the runtime reads that of a live database.

use super::{number, option};
use proc_macro2::TokenStream;
use quote::quote;
use tablature_lexer::{ColumnText, TableText, normal_form};
use tablature_schema::Checked;
use tablature_schema::catalog::{
    Column, GeneratedKind, Index, Relation, Table, TableKind, Trigger, View,
};
use tablature_schema::text::{Sources, Span};

/// The value of the schema that the last migration leaves behind.
pub(crate) fn schema(checked: &Checked) -> TokenStream {
    let sources = &checked.sources;
    let main = checked.catalog.main();
    // The maps are in the order of the folded names, which is the order that the schema wants.
    let tables = list(main.relations.values().filter_map(|relation| {
        let table = relation.table()?;
        match table.kind {
            TableKind::Ordinary | TableKind::Virtual { .. } => {}
            TableKind::Shadow { .. } | TableKind::Internal => return None,
        }
        Some(self::table(table, sources))
    }));
    let views = list(
        main.relations
            .values()
            .filter_map(Relation::view)
            .map(|view| self::view(view, sources)),
    );
    let indexes = list(main.indexes.values().map(|found| index(found, sources)));
    let triggers = list(main.triggers.values().map(|found| trigger(found, sources)));
    quote! {
        ::tablature::schema::Schema {
            tables: #tables,
            indexes: #indexes,
            views: #views,
            triggers: #triggers,
        }
    }
}

fn table(table: &Table, sources: &Sources) -> TokenStream {
    // What no pragma of the engine reports, both sides read from the text in one way.
    let written = TableText::read(&table.definition.to_sql());
    let name = text(&table.name);
    let module = option(written.module.as_deref().map(text));
    let strict = table.strict;
    let without_rowid = table.without_rowid;
    let autoincrement = written.autoincrement;
    let columns = table.columns.iter().enumerate();
    let columns = list(
        columns
            .filter(|(_, found)| !found.hidden)
            .map(|(position, found)| {
                column(
                    table,
                    position,
                    found,
                    column_text(&written, found),
                    sources,
                )
            }),
    );
    let mut unique: Vec<Vec<String>> = table
        .unique
        .iter()
        .map(|constraint| names_of(table, &constraint.columns))
        .collect();
    unique.sort();
    let unique = list(unique.iter().map(|columns| {
        let columns = texts(columns);
        quote!(::tablature::schema::UniqueConstraint { columns: #columns })
    }));
    let foreign_keys = foreign_keys(table, &written);
    let mut checks = written.checks;
    checks.sort_unstable();
    let checks = texts(&checks);
    let place = place(table.provenance.created, sources);
    quote! {
        ::tablature::schema::Table {
            name: #name,
            module: #module,
            strict: #strict,
            without_rowid: #without_rowid,
            autoincrement: #autoincrement,
            columns: #columns,
            unique: #unique,
            foreign_keys: #foreign_keys,
            checks: #checks,
            place: #place,
        }
    }
}

fn column_text<'a>(written: &'a TableText, column: &Column) -> Option<&'a ColumnText> {
    let mut columns = written.columns.iter();
    columns.find(|found| found.name.eq_ignore_ascii_case(&column.name))
}

fn column(
    table: &Table,
    position: usize,
    column: &Column,
    written: Option<&ColumnText>,
    sources: &Sources,
) -> TokenStream {
    let name = text(&column.name);
    let declared_type = text(&column.declared_type);
    let not_null = column.not_null;
    let default = column.default.as_ref();
    let default = option(default.map(|default| text(&normal_form(&default.text))));
    let key = table.primary_key.as_ref();
    let in_key = key.and_then(|key| key.columns.iter().position(|column| *column == position));
    let primary_key = number(in_key.map_or(0, |index| index + 1));
    let generated = option(column.generated.as_ref().map(|generated| {
        let stored = match generated.kind {
            GeneratedKind::Stored => true,
            GeneratedKind::Virtual => false,
        };
        let expression = written.and_then(|found| found.generated.as_deref());
        let expression = text(expression.unwrap_or_default());
        quote! {
            ::tablature::schema::Generated {
                stored: #stored,
                expression: #expression,
            }
        }
    }));
    let collation = option(
        written
            .and_then(|found| found.collation.as_deref())
            .map(text),
    );
    let place = place(column.provenance.created, sources);
    quote! {
        ::tablature::schema::Column {
            name: #name,
            declared_type: #declared_type,
            not_null: #not_null,
            default: #default,
            primary_key: #primary_key,
            generated: #generated,
            collation: #collation,
            place: #place,
        }
    }
}

fn foreign_keys(table: &Table, written: &TableText) -> TokenStream {
    // In the order in which the runtime's type is ordered: field by field.
    type Fields = (
        Vec<String>,
        String,
        Vec<String>,
        &'static str,
        &'static str,
        bool,
    );
    let mut keys: Vec<Fields> = table
        .foreign_keys
        .iter()
        .enumerate()
        .map(|(position, key)| {
            (
                names_of(table, &key.columns),
                key.table.to_ascii_lowercase(),
                key.references
                    .iter()
                    .map(|name| name.to_ascii_lowercase())
                    .collect(),
                key.on_update.keywords(),
                key.on_delete.keywords(),
                written.deferred.get(position).copied().unwrap_or(false),
            )
        })
        .collect();
    keys.sort();
    list(keys.into_iter().map(
        |(columns, table, references, on_update, on_delete, deferred)| {
            let columns = texts(&columns);
            let table = text(&table);
            let references = texts(&references);
            let on_update = text(on_update);
            let on_delete = text(on_delete);
            quote! {
                ::tablature::schema::ForeignKey {
                    columns: #columns,
                    table: #table,
                    references: #references,
                    on_update: #on_update,
                    on_delete: #on_delete,
                    deferred: #deferred,
                }
            }
        },
    ))
}

fn index(index: &Index, sources: &Sources) -> TokenStream {
    let name = text(&index.name);
    let table = text(index.table.as_str());
    let definition = text(&normal_form(&index.definition.to_sql()));
    let place = place(index.span, sources);
    quote! {
        ::tablature::schema::Index {
            name: #name,
            table: #table,
            definition: #definition,
            place: #place,
        }
    }
}

fn view(view: &View, sources: &Sources) -> TokenStream {
    let name = text(&view.name);
    let definition = text(&normal_form(&view.definition.to_sql()));
    let place = place(view.span, sources);
    quote! {
        ::tablature::schema::View {
            name: #name,
            definition: #definition,
            place: #place,
        }
    }
}

fn trigger(trigger: &Trigger, sources: &Sources) -> TokenStream {
    let name = text(&trigger.name);
    let table = text(trigger.table.as_str());
    let definition = text(&normal_form(&trigger.definition.to_sql()));
    let place = place(trigger.span, sources);
    quote! {
        ::tablature::schema::Trigger {
            name: #name,
            table: #table,
            definition: #definition,
            place: #place,
        }
    }
}

fn names_of(table: &Table, positions: &[usize]) -> Vec<String> {
    positions
        .iter()
        .filter_map(|position| table.columns.get(*position))
        .map(|column| column.name.to_ascii_lowercase())
        .collect()
}

fn place(span: Span, sources: &Sources) -> TokenStream {
    let file = &sources.file(span.file).path;
    let line = number(sources.start(span).line as usize);
    option(Some(
        quote!(::tablature::schema::Place { file: #file, line: #line }),
    ))
}

fn list(items: impl IntoIterator<Item = TokenStream>) -> TokenStream {
    let items = items.into_iter();
    quote!(::std::borrow::Cow::Borrowed(&[#(#items),*]))
}

fn text(text: &str) -> TokenStream {
    quote!(::std::borrow::Cow::Borrowed(#text))
}

fn texts(texts: &[String]) -> TokenStream {
    list(texts.iter().map(|found| text(found)))
}
