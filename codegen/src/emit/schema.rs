//! The expected schema as Rust.

use super::number;
use proc_macro2::TokenStream;
use quote::quote;
use std::borrow::Cow;
use tablature_model::schema::{
    Column, ForeignKey, Generated, Index, Place, Schema, Table, Trigger, UniqueConstraint, View,
};

/// The schema that the last migration leaves behind.
///
/// It is a large value in most applications, so that short names in a block of their own spare the compiler work; what
/// a column and a table usually have is written once.
pub(crate) fn schema(schema: &Schema) -> TokenStream {
    let tables = list(schema.tables.iter().map(table));
    let indexes = list(schema.indexes.iter().map(index));
    let views = list(schema.views.iter().map(view));
    let triggers = list(schema.triggers.iter().map(trigger));
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
            Schema { tables: #tables, indexes: #indexes, views: #views, triggers: #triggers }
        }
    }
}

fn table(table: &Table) -> TokenStream {
    let name = text(&table.name);
    let module = table.module.as_deref().map(text);
    let module = module.map(|module| quote!(module: Some(#module),));
    let strict = table.strict.then(|| quote!(strict: true,));
    let without_rowid = table.without_rowid.then(|| quote!(without_rowid: true,));
    let autoincrement = table.autoincrement.then(|| quote!(autoincrement: true,));
    let columns = list(table.columns.iter().map(column));
    let unique = unless_empty(&table.unique, |constraints| {
        let constraints = list(constraints.iter().map(|UniqueConstraint { columns }| {
            let columns = texts(columns);
            quote!(UniqueConstraint { columns: #columns })
        }));
        quote!(unique: #constraints,)
    });
    let foreign_keys = unless_empty(&table.foreign_keys, |keys| {
        let keys = list(keys.iter().map(foreign_key));
        quote!(foreign_keys: #keys,)
    });
    let checks = unless_empty(&table.checks, |checks| {
        let checks = texts(checks);
        quote!(checks: #checks,)
    });
    let constraints = unless_empty(&table.constraints, |constraints| {
        let constraints = texts(constraints);
        quote!(constraints: #constraints,)
    });
    let place = place(table.place.as_ref());
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
            #place
            ..TABLE
        }
    }
}

fn column(column: &Column) -> TokenStream {
    let name = text(&column.name);
    let declared_type = (!column.declared_type.is_empty()).then(|| {
        let declared_type = text(&column.declared_type);
        quote!(declared_type: #declared_type,)
    });
    let not_null = column.not_null.then(|| quote!(not_null: true,));
    let default = column.default.as_deref().map(|default| {
        let default = text(default);
        quote!(default: Some(#default),)
    });
    let primary_key = (column.primary_key > 0).then(|| {
        let primary_key = number(column.primary_key as usize);
        quote!(primary_key: #primary_key,)
    });
    let generated = column.generated.as_ref().map(|generated| {
        let Generated { stored, expression } = generated;
        let expression = text(expression);
        quote!(generated: Some(Generated { stored: #stored, expression: #expression }),)
    });
    let collation = column.collation.as_deref().map(|name| {
        let collation = text(name);
        quote!(collation: Some(#collation),)
    });
    let place = place(column.place.as_ref());
    quote! {
        Column {
            name: #name,
            #declared_type
            #not_null
            #default
            #primary_key
            #generated
            #collation
            #place
            ..COLUMN
        }
    }
}

fn foreign_key(key: &ForeignKey) -> TokenStream {
    let columns = texts(&key.columns);
    let table = text(&key.table);
    let references = texts(&key.references);
    let on_update = text(&key.on_update);
    let on_delete = text(&key.on_delete);
    let deferred = key.deferred;
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
}

fn index(index: &Index) -> TokenStream {
    let name = text(&index.name);
    let table = text(&index.table);
    let definition = text(&index.definition);
    let place = place(index.place.as_ref());
    quote!(Index { name: #name, table: #table, definition: #definition, #place })
}

fn view(view: &View) -> TokenStream {
    let name = text(&view.name);
    let definition = text(&view.definition);
    let place = place(view.place.as_ref());
    quote!(View { name: #name, definition: #definition, #place })
}

fn trigger(trigger: &Trigger) -> TokenStream {
    let name = text(&trigger.name);
    let table = text(&trigger.table);
    let definition = text(&trigger.definition);
    let place = place(trigger.place.as_ref());
    quote!(Trigger { name: #name, table: #table, definition: #definition, #place })
}

/// The field of a place.
fn place(place: Option<&Place>) -> TokenStream {
    match place {
        Some(Place { file, line }) => {
            let file = text(file);
            let line = number(*line as usize);
            quote!(place: Some(Place { file: #file, line: #line }),)
        }
        None => quote!(place: None,),
    }
}

fn unless_empty<T>(items: &[T], field: impl FnOnce(&[T]) -> TokenStream) -> Option<TokenStream> {
    (!items.is_empty()).then(|| field(items))
}

fn list(items: impl IntoIterator<Item = TokenStream>) -> TokenStream {
    let items = items.into_iter();
    quote!(B(&[#(#items),*]))
}

fn text(text: &str) -> TokenStream {
    quote!(B(#text))
}

fn texts(texts: &[Cow<'_, str>]) -> TokenStream {
    list(texts.iter().map(|found| text(found)))
}
