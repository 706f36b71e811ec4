//! Row structs.

use super::insert;
use crate::documentation::code;
use crate::emit::{Derived, allow, allow_in_trait, derive, documentation, number, optional};
use crate::postgres::model::{Field, RowStruct};
use proc_macro2::TokenStream;
use quote::quote;

/// The struct of a table or view, its implementations, and the struct of its new rows.
pub(super) fn row(row: &RowStruct) -> TokenStream {
    let name = row.name.token();
    let allow = allow();
    let docs = documentation(&row.documentation);
    let derive = derive(own_derives(&row.fields), &row.derives);
    let fields = row.fields.iter().map(declaration);
    let constants = row.fields.iter().map(|field| {
        let name = field.constant.token();
        let column = &field.column;
        let docs = documentation(&[format!("The name of the column {}.", code(column))]);
        quote!(#docs pub const #name: &'static ::core::primitive::str = #column;)
    });
    let implementation = implementation(row);
    let insert = row.is_table.then(|| insert::whole(row));
    let new = insert::new(row);
    quote! {
        #docs
        #allow
        #derive
        pub struct #name {
            #(#fields)*
        }

        #allow
        impl #name {
            #(#constants)*
        }

        #implementation
        #insert
        #new
    }
}

pub(super) fn own_derives(fields: &[Field]) -> &'static [Derived] {
    match fields.iter().all(|field| field.ty.is_comparable()) {
        true => &[Derived::Debug, Derived::Clone, Derived::PartialEq],
        false => &[Derived::Debug, Derived::Clone],
    }
}

/// The declaration of a field.
pub(super) fn declaration(field: &Field) -> TokenStream {
    let docs = documentation(&field.documentation);
    let name = field.name.token();
    let ty = field.ty.tokens();
    let ty = match field.optional {
        true => optional(&ty),
        false => ty,
    };
    quote!(#docs pub #name: #ty,)
}

fn implementation(row: &RowStruct) -> TokenStream {
    let name = row.name.token();
    let allow = allow_in_trait();
    let schema = &row.schema;
    let relation = &row.relation;
    let columns = row.fields.iter().map(|field| &field.column);
    let count = number(row.fields.len());
    let names = row.fields.iter().map(|field| field.name.token());
    let indices = (0..row.fields.len()).map(number);
    quote! {
        #allow
        impl ::tablature::PostgresRow for #name {
            const SCHEMA: &'static ::core::primitive::str = #schema;
            const TABLE: &'static ::core::primitive::str = #relation;
            const COLUMNS: &'static [&'static ::core::primitive::str] = &[#(#columns),*];
            type Positions = [::core::primitive::usize; #count];

            fn positions(
                row: &::tablature::tokio_postgres::Row,
            ) -> ::core::result::Result<Self::Positions, ::tablature::tokio_postgres::Error> {
                ::tablature::postgres_row::positions(row, Self::COLUMNS)
            }

            fn from_row_at(
                row: &::tablature::tokio_postgres::Row,
                positions: &Self::Positions,
            ) -> ::core::result::Result<Self, ::tablature::tokio_postgres::Error> {
                ::core::result::Result::Ok(Self { #(#names: row.try_get(positions[#indices])?,)* })
            }
        }
    }
}
