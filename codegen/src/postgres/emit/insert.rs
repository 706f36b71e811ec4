//! Writing rows.

use super::quoted;
use super::row::own_derives;
use crate::documentation::code;
use crate::emit::{Derived, allow, allow_in_trait, derive, documentation, optional};
use crate::postgres::model::{Field, InNewRow, RowStruct};
use proc_macro2::TokenStream;
use quote::quote;

/// A row as it is.
pub(super) fn whole(row: &RowStruct) -> TokenStream {
    let name = row.name.token();
    let allow = allow_in_trait();
    let written: Vec<&Field> = row
        .fields
        .iter()
        .filter(|field| field.in_new_row != InNewRow::Absent)
        .collect();
    let columns: Vec<String> = written.iter().map(|field| quoted(&field.column)).collect();
    let values: Vec<String> = written
        .iter()
        .enumerate()
        .map(|(position, field)| format!("${}{}", position + 1, field.cast))
        .collect();
    let is_chosen = |field: &&Field| field.in_new_row == InNewRow::Chosen;
    let overriding = match written.iter().any(is_chosen) {
        true => "OVERRIDING SYSTEM VALUE ",
        false => "",
    };
    let (table, returning) = (table(row), returning(row));
    let statement = match columns.is_empty() {
        true => format!("INSERT INTO {table} DEFAULT VALUES RETURNING {returning}"),
        false => format!(
            "INSERT INTO {table} ({}) {overriding}VALUES ({}) RETURNING {returning}",
            columns.join(", "),
            values.join(", ")
        ),
    };
    let names = written.iter().map(|field| field.name.token());
    quote! {
        #allow
        impl ::tablature::PostgresInsert for #name {
            type Inserted = Self;

            fn statement(&self) -> (
                ::std::borrow::Cow<'static, ::core::primitive::str>,
                ::std::vec::Vec<&(dyn ::tablature::tokio_postgres::types::ToSql + ::core::marker::Sync)>,
            ) {
                (
                    ::std::borrow::Cow::Borrowed(#statement),
                    ::std::vec![#(&self.#names),*],
                )
            }
        }
    }
}

/// The struct of new rows: without what the engine computes, and with `None` for what it chooses. Nothing if the table
/// needs none.
pub(super) fn new(row: &RowStruct) -> TokenStream {
    let Some(name) = &row.new else {
        return TokenStream::new();
    };
    let name = name.token();
    let whole = row.name.token();
    let (allow, allow_in_trait) = (allow(), allow_in_trait());
    let fields: Vec<&Field> = row
        .fields
        .iter()
        .filter(|field| match field.in_new_row {
            InNewRow::Default | InNewRow::Value => true,
            InNewRow::Absent | InNewRow::Chosen => false,
        })
        .collect();
    let docs = documentation(&documentation_of(row));
    let mut derives = own_derives(&row.fields).to_vec();
    // With a value that has to be given, forgetting it would be no mistake.
    if fields.iter().all(|field| is_optional(field)) {
        derives.push(Derived::Default);
    }
    let derive = derive(&derives, &row.derives);
    let declarations = fields.iter().map(|field| {
        let mut paragraphs = field.documentation.clone();
        if field.in_new_row == InNewRow::Default {
            paragraphs.push("`None` is the default, not NULL.".to_owned());
        }
        let docs = documentation(&paragraphs);
        let name = field.name.token();
        let ty = field.ty.tokens();
        let ty = match is_optional(field) {
            true => optional(&ty),
            false => ty,
        };
        quote!(#docs pub #name: #ty,)
    });
    let pushes = fields.iter().map(|field| {
        let name = field.name.token();
        let (column, cast) = (quoted(&field.column), &field.cast);
        match field.in_new_row {
            InNewRow::Default => quote! {
                if let ::core::option::Option::Some(value) = &self.#name {
                    columns.push((#column, #cast));
                    parameters.push(value);
                }
            },
            InNewRow::Value | InNewRow::Absent | InNewRow::Chosen => quote! {
                columns.push((#column, #cast));
                parameters.push(&self.#name);
            },
        }
    });
    let (table, returning) = (table(row), returning(row));
    quote! {
        #docs
        #allow
        #derive
        pub struct #name {
            #(#declarations)*
        }

        #allow_in_trait
        impl ::tablature::PostgresInsert for #name {
            type Inserted = #whole;

            fn statement(&self) -> (
                ::std::borrow::Cow<'static, ::core::primitive::str>,
                ::std::vec::Vec<&(dyn ::tablature::tokio_postgres::types::ToSql + ::core::marker::Sync)>,
            ) {
                #[allow(unused_mut)]
                let mut columns: ::std::vec::Vec<(
                    &'static ::core::primitive::str,
                    &'static ::core::primitive::str,
                )> = ::std::vec::Vec::new();
                #[allow(unused_mut)]
                let mut parameters: ::std::vec::Vec<
                    &(dyn ::tablature::tokio_postgres::types::ToSql + ::core::marker::Sync),
                > = ::std::vec::Vec::new();
                #(#pushes)*
                let statement =
                    ::tablature::postgres_row::insert_statement(#table, &columns, #returning);
                (::std::borrow::Cow::Owned(statement), parameters)
            }
        }
    }
}

fn is_optional(field: &Field) -> bool {
    field.optional || field.in_new_row == InNewRow::Default
}

fn documentation_of(row: &RowStruct) -> Vec<String> {
    let mut paragraphs = vec![format!("A new row of the table {}.", code(&row.label))];
    let absent: Vec<String> = row
        .fields
        .iter()
        .filter(|field| match field.in_new_row {
            InNewRow::Absent | InNewRow::Chosen => true,
            InNewRow::Default | InNewRow::Value => false,
        })
        .map(|field| code(&field.column))
        .collect();
    if !absent.is_empty() {
        paragraphs.push(format!("The engine gives it its {}.", absent.join(", ")));
    }
    paragraphs
}

/// The table as SQL: without its schema where that is `public`, so that a search path can say otherwise.
fn table(row: &RowStruct) -> String {
    match row.schema.as_str() {
        "public" => quoted(&row.relation),
        schema => format!("{}.{}", quoted(schema), quoted(&row.relation)),
    }
}

fn returning(row: &RowStruct) -> String {
    let columns: Vec<String> = row
        .fields
        .iter()
        .map(|field| quoted(&field.column))
        .collect();
    match columns.is_empty() {
        // A list of columns cannot be empty there.
        true => "NULL".to_owned(),
        false => columns.join(", "),
    }
}
