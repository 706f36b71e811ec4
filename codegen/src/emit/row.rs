//! Row structs.

use super::{allow, allow_in_trait, documentation, enumeration};
use crate::documentation::{code, of_field, of_struct};
use crate::model::{Field, FieldType, Origin, RowStruct, Source};
use crate::types::Plain;
use proc_macro2::TokenStream;
use quote::quote;
use tablature_schema::catalog::{Table, TableKind};
use tablature_schema::text::Sources;

/// The struct of a table or view, its implementations, and the enums of its columns.
pub(crate) fn row(row: &RowStruct<'_>, sources: &Sources) -> TokenStream {
    let name = row.name.token();
    let allow = allow();
    let docs = documentation(&of_struct(&row.source, sources));
    let derives = derives(&row.fields);
    let fields = row.fields.iter().map(|field| {
        let docs = documentation(&of_field(field, sources));
        let name = field.name.token();
        let ty = field_type(field);
        quote!(#docs pub #name: #ty,)
    });
    let constants = row.fields.iter().map(|field| {
        let name = field.constant.token();
        let column = field.column;
        let docs = documentation(&[format!("The name of the column {}.", code(column))]);
        quote!(#docs pub const #name: &'static ::core::primitive::str = #column;)
    });
    let insert = match row.source {
        Source::Table(table) => insert(table, &row.fields),
        Source::View(_) => TokenStream::new(),
    };
    let row_impl = row_impl(row);
    let enums = row
        .fields
        .iter()
        .filter_map(|field| Some((field, field.enumeration.as_ref()?)))
        .map(|(field, found)| enumeration::enumeration(found, row.source.name(), field.column));
    quote! {
        #docs
        #allow
        #[derive(#derives)]
        pub struct #name {
            #(#fields)*
        }

        #allow
        impl #name {
            #(#constants)*
            #insert
        }

        #row_impl

        #(#enums)*
    }
}

/// A type of the configuration need not have an order of its own; the others can be compared.
fn derives(fields: &[Field<'_>]) -> TokenStream {
    let comparable = fields.iter().all(|field| match field.ty {
        FieldType::Plain(_) | FieldType::Enum(_) => true,
        FieldType::Custom(_) => false,
    });
    if comparable {
        quote!(
            ::core::fmt::Debug,
            ::core::clone::Clone,
            ::core::cmp::PartialEq
        )
    } else {
        quote!(::core::fmt::Debug, ::core::clone::Clone)
    }
}

fn field_type(field: &Field<'_>) -> TokenStream {
    let ty = match &field.ty {
        FieldType::Plain(plain) => plain_type(*plain),
        FieldType::Enum(name) => {
            let name = name.token();
            quote!(#name)
        }
        FieldType::Custom(tokens) => tokens.clone(),
    };
    if field.optional {
        quote!(::core::option::Option<#ty>)
    } else {
        ty
    }
}

fn plain_type(plain: Plain) -> TokenStream {
    match plain {
        Plain::Integer => quote!(::core::primitive::i64),
        Plain::Boolean => quote!(::core::primitive::bool),
        Plain::Real => quote!(::core::primitive::f64),
        Plain::Text => quote!(::std::string::String),
        Plain::Bytes => quote!(::std::vec::Vec<::core::primitive::u8>),
        Plain::Value => quote!(::tablature::rusqlite::types::Value),
    }
}

fn row_impl(row: &RowStruct<'_>) -> TokenStream {
    let name = row.name.token();
    let allow = allow_in_trait();
    let relation = row.source.name();
    let columns = row.fields.iter().map(|field| field.column);
    let values = row.fields.iter().map(|field| {
        let name = field.name.token();
        let column = field.column;
        quote!(#name: row.get(#column)?,)
    });
    quote! {
        #allow
        impl ::tablature::Row for #name {
            const TABLE: &'static ::core::primitive::str = #relation;
            const COLUMNS: &'static [&'static ::core::primitive::str] = &[#(#columns),*];

            fn from_row(
                row: &::tablature::rusqlite::Row<'_>,
            ) -> ::tablature::rusqlite::Result<Self> {
                ::core::result::Result::Ok(Self { #(#values)* })
            }
        }
    }
}

/// `insert`, and `insert_new` for a table whose key the engine can choose.
fn insert(table: &Table, fields: &[Field<'_>]) -> TokenStream {
    match table.kind {
        TableKind::Ordinary => {}
        TableKind::Virtual { .. } | TableKind::Shadow { .. } | TableKind::Internal => {
            return TokenStream::new();
        }
    }
    let written: Vec<&Field<'_>> = fields.iter().filter(|field| field.is_written()).collect();
    let sql = insert_sql(&table.name, &written);
    let values = written.iter().map(|field| field.name.token());
    let docs = documentation(&[
        "Inserts the row, with every value as it is.".to_owned(),
        "# Errors".to_owned(),
        "What the engine refuses: a key that is taken, a constraint that the row breaks."
            .to_owned(),
    ]);
    let insert = quote! {
        #docs
        pub fn insert(
            &self,
            connection: &::tablature::rusqlite::Connection,
        ) -> ::tablature::rusqlite::Result<()> {
            connection.execute(#sql, ::tablature::rusqlite::params![#(self.#values),*])?;
            ::core::result::Result::Ok(())
        }
    };
    let insert_new = insert_new(table, &written);
    quote!(#insert #insert_new)
}

fn insert_new(table: &Table, written: &[&Field<'_>]) -> TokenStream {
    let Some(key) = table
        .rowid_alias()
        .and_then(|position| table.columns.get(position))
    else {
        return TokenStream::new();
    };
    let is_key = |field: &Field<'_>| match field.origin {
        Origin::Table(_, column) => std::ptr::eq(column, key),
        Origin::View(_) => false,
    };
    let others: Vec<&Field<'_>> = written
        .iter()
        .copied()
        .filter(|field| !is_key(field))
        .collect();
    let sql = insert_sql(&table.name, &others);
    let values = others.iter().map(|field| field.name.token());
    let key = code(&key.name);
    let docs = documentation(&[
        format!("Inserts the row under a new {key}, which the engine chooses, and returns that."),
        format!("The row's own {key} does not count."),
        "# Errors".to_owned(),
        "What the engine refuses: a key that is taken, a constraint that the row breaks."
            .to_owned(),
    ]);
    quote! {
        #docs
        pub fn insert_new(
            &self,
            connection: &::tablature::rusqlite::Connection,
        ) -> ::tablature::rusqlite::Result<::core::primitive::i64> {
            connection.execute(#sql, ::tablature::rusqlite::params![#(self.#values),*])?;
            ::core::result::Result::Ok(connection.last_insert_rowid())
        }
    }
}

fn insert_sql(table: &str, fields: &[&Field<'_>]) -> String {
    let table = quoted(table);
    if fields.is_empty() {
        return format!("INSERT INTO {table} DEFAULT VALUES");
    }
    let columns: Vec<String> = fields.iter().map(|field| quoted(field.column)).collect();
    let parameters: Vec<String> = (1..=fields.len())
        .map(|number| format!("?{number}"))
        .collect();
    format!(
        "INSERT INTO {table} ({}) VALUES ({})",
        columns.join(", "),
        parameters.join(", ")
    )
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
