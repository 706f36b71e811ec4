//! The expected schema, in the forms in which the runtime reads that of a live database.

use super::number;
use proc_macro2::TokenStream;
use quote::quote;
use tablature_lexer::{
    ColumnText, TableText, normal_default, normal_form, normal_index, normal_trigger,
};
use tablature_schema::Checked;
use tablature_schema::catalog::{
    Column, GeneratedKind, Index, Relation, Table, TableKind, Trigger, View,
};
use tablature_schema::text::{Sources, Span};

/// A reference to the schema that the last migration leaves behind.
///
/// It is a large value in most applications, so that short names in a block of their own spare the compiler work; what
/// a column and a table usually have is written once.
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
        {
            // Not every schema has all of them.
            #[allow(unused_imports)]
            use ::core::option::Option::{None, Some};
            use ::std::borrow::Cow::Borrowed as B;
            #[allow(unused_imports)]
            use ::tablature::schema::{
                Column, ForeignKey, Generated, Index, Place, Schema, Table, Trigger,
                UniqueConstraint, View,
            };

            const TABLE: Table = Table {
                name: B(""),
                module: None,
                strict: false,
                without_rowid: false,
                autoincrement: false,
                columns: B(&[]),
                unique: B(&[]),
                foreign_keys: B(&[]),
                checks: B(&[]),
                constraints: B(&[]),
                place: None,
            };
            const COLUMN: Column = Column {
                name: B(""),
                declared_type: B(""),
                not_null: false,
                default: None,
                primary_key: 0,
                generated: None,
                collation: None,
                place: None,
            };
            &Schema { tables: #tables, indexes: #indexes, views: #views, triggers: #triggers }
        }
    }
}

fn table(table: &Table, sources: &Sources) -> TokenStream {
    // What no pragma of the engine reports, both sides read from the text in one way.
    let written = TableText::read(&table.definition.to_sql());
    let name = text(&table.name);
    let module = written.module.as_deref().map(text);
    let module = module.map(|module| quote!(module: Some(#module),));
    let strict = table.strict.then(|| quote!(strict: true,));
    let without_rowid = table.without_rowid.then(|| quote!(without_rowid: true,));
    let autoincrement = written.autoincrement.then(|| quote!(autoincrement: true,));
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
    let unique = unique(table);
    let foreign_keys = foreign_keys(table, &written);
    let mut checks = written.checks;
    checks.sort_unstable();
    let checks = (!checks.is_empty()).then(|| {
        let checks = texts(&checks);
        quote!(checks: #checks,)
    });
    let mut constraints = written.constraints;
    constraints.sort_unstable();
    constraints.dedup();
    let constraints = (!constraints.is_empty()).then(|| {
        let constraints = texts(&constraints);
        quote!(constraints: #constraints,)
    });
    let place = place(table.provenance.created, sources);
    quote! {
        Table {
            name: #name,
            #module
            #strict
            #without_rowid
            #autoincrement
            columns: #columns,
            #unique
            #foreign_keys
            #checks
            #constraints
            place: #place,
            ..TABLE
        }
    }
}

/// The field of the UNIQUE constraints, if there are any.
fn unique(table: &Table) -> Option<TokenStream> {
    let mut unique: Vec<Vec<String>> = table
        .unique
        .iter()
        .map(|constraint| names_of(table, &constraint.columns))
        .collect();
    unique.sort();
    let constraints = list(unique.iter().map(|columns| {
        let columns = texts(columns);
        quote!(UniqueConstraint { columns: #columns })
    }));
    (!unique.is_empty()).then(|| quote!(unique: #constraints,))
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
    let declared_type = (!column.declared_type.is_empty()).then(|| {
        let declared_type = text(&column.declared_type);
        quote!(declared_type: #declared_type,)
    });
    let not_null = column.not_null.then(|| quote!(not_null: true,));
    let default = column.default.as_ref();
    let default = default.and_then(|default| normal_default(&default.text));
    let default = default.map(|default| {
        let default = text(&default);
        quote!(default: Some(#default),)
    });
    let key = table.primary_key.as_ref();
    let in_key = key.and_then(|key| key.columns.iter().position(|column| *column == position));
    let primary_key = in_key.map(|index| {
        let primary_key = number(index + 1);
        quote!(primary_key: #primary_key,)
    });
    let generated = column.generated.as_ref().map(|generated| {
        let stored = match generated.kind {
            GeneratedKind::Stored => true,
            GeneratedKind::Virtual => false,
        };
        let expression = written.and_then(|found| found.generated.as_deref());
        let expression = text(expression.unwrap_or_default());
        quote!(generated: Some(Generated { stored: #stored, expression: #expression }),)
    });
    let collation = written.and_then(|found| found.collation.as_deref());
    let collation = collation.map(|name| {
        let collation = text(name);
        quote!(collation: Some(#collation),)
    });
    let place = place(column.provenance.created, sources);
    quote! {
        Column {
            name: #name,
            #declared_type
            #not_null
            #default
            #primary_key
            #generated
            #collation
            place: #place,
            ..COLUMN
        }
    }
}

/// The field of the foreign keys, if there are any.
fn foreign_keys(table: &Table, written: &TableText) -> Option<TokenStream> {
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
    if keys.is_empty() {
        return None;
    }
    let keys = list(keys.into_iter().map(
        |(columns, table, references, on_update, on_delete, deferred)| {
            let columns = texts(&columns);
            let table = text(&table);
            let references = texts(&references);
            let on_update = text(on_update);
            let on_delete = text(on_delete);
            quote! {
                ForeignKey {
                    columns: #columns,
                    table: #table,
                    references: #references,
                    on_update: #on_update,
                    on_delete: #on_delete,
                    deferred: #deferred,
                }
            }
        },
    ));
    Some(quote!(foreign_keys: #keys,))
}

fn index(index: &Index, sources: &Sources) -> TokenStream {
    let name = text(&index.name);
    let table = text(index.table.as_str());
    let definition = text(&normal_index(&index.definition.to_sql()));
    let place = place(index.span, sources);
    quote! {
        Index {
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
        View {
            name: #name,
            definition: #definition,
            place: #place,
        }
    }
}

fn trigger(trigger: &Trigger, sources: &Sources) -> TokenStream {
    let name = text(&trigger.name);
    let table = text(trigger.table.as_str());
    let definition = text(&normal_trigger(&trigger.definition.to_sql()));
    let place = place(trigger.span, sources);
    quote! {
        Trigger {
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
    quote!(Some(Place { file: #file, line: #line }))
}

fn list(items: impl IntoIterator<Item = TokenStream>) -> TokenStream {
    let items = items.into_iter();
    quote!(B(&[#(#items),*]))
}

fn text(text: &str) -> TokenStream {
    quote!(B(#text))
}

fn texts(texts: &[String]) -> TokenStream {
    list(texts.iter().map(|found| text(found)))
}
