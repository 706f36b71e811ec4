//! Row structs.

use super::borrowed::borrowed;
use super::derive::{Derived, derive};
use super::insert::Insert;
use super::new_row::new_row;
use super::{allow, allow_in_trait, documentation, enumeration, number};
use crate::documentation::{code, of_field, of_struct};
use crate::model::{Field, FieldType, RowStruct};
use crate::types::Plain;
use proc_macro2::TokenStream;
use quote::quote;
use tablature_schema::text::Sources;

/// The struct of a table or view, its implementations, the struct of its new rows and the enums of its columns.
pub(crate) fn row(row: &RowStruct<'_>, sources: &Sources) -> TokenStream {
    let name = row.name.token();
    let allow = allow();
    let docs = documentation(&of_struct(&row.source, sources));
    let derive = derive(own_derives(&row.fields), &row.derives);
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
    let insert = Insert::of_row(row);
    let insert_method = insert.as_ref().map(Insert::method);
    let insert_with_rowid = insert.as_ref().and_then(Insert::method_with_rowid);
    let insert_impl = insert.as_ref().map(|insert| insert.implementation(&name));
    let new_row = new_row(row);
    let row_impl = row_impl(row);
    let borrowed = borrowed(row);
    let enums = row
        .fields
        .iter()
        .filter_map(|field| Some((field, field.enumeration.as_ref()?)))
        .map(|(field, found)| {
            enumeration::enumeration(
                found,
                row.source.name(),
                field.column,
                &row.derives,
                sources,
            )
        });
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
            #insert_method
            #insert_with_rowid
        }

        #row_impl
        #borrowed
        #insert_impl

        #new_row

        #(#enums)*
    }
}

fn own_derives(fields: &[Field<'_>]) -> &'static [Derived] {
    if is_comparable(fields) {
        &[Derived::Debug, Derived::Clone, Derived::PartialEq]
    } else {
        &[Derived::Debug, Derived::Clone]
    }
}

/// A type of the configuration need not be one that can be compared, but for those of the standard library.
pub(super) fn is_comparable<'a>(fields: impl IntoIterator<Item = &'a Field<'a>>) -> bool {
    fields.into_iter().all(|field| match &field.ty {
        FieldType::Plain(_) | FieldType::Enum(_) => true,
        FieldType::Custom(tokens) => {
            let spelling = tokens.to_string().replace(' ', "");
            COMPARABLE.contains(&spelling.as_str())
        }
    })
}

/// Types of the standard library that `[types]` may name.
const COMPARABLE: &[&str] = &[
    "String",
    "std::string::String",
    "Vec<u8>",
    "std::vec::Vec<u8>",
    "bool",
    "i8",
    "i16",
    "i32",
    "i64",
    "isize",
    "u8",
    "u16",
    "u32",
    "u64",
    "usize",
    "f32",
    "f64",
];

fn field_type(field: &Field<'_>) -> TokenStream {
    let ty = plain_field_type(field);
    if field.optional { optional(&ty) } else { ty }
}

/// A field's type where it is not NULL.
pub(super) fn plain_field_type(field: &Field<'_>) -> TokenStream {
    match &field.ty {
        FieldType::Plain(plain) => plain_type(*plain),
        FieldType::Enum(name) => {
            let name = name.token();
            quote!(#name)
        }
        FieldType::Custom(tokens) => tokens.clone(),
    }
}

pub(crate) fn optional(ty: &TokenStream) -> TokenStream {
    quote!(::core::option::Option<#ty>)
}

fn plain_type(plain: Plain) -> TokenStream {
    match plain {
        Plain::Integer => quote!(::core::primitive::i64),
        Plain::Boolean => quote!(::core::primitive::bool),
        Plain::Real => quote!(::core::primitive::f64),
        Plain::Single => quote!(::core::primitive::f32),
        Plain::Small => quote!(::core::primitive::i32),
        Plain::Text => quote!(::std::string::String),
        Plain::Bytes => quote!(::std::vec::Vec<::core::primitive::u8>),
        Plain::Value => quote!(::tablature::rusqlite::types::Value),
    }
}

fn row_impl(row: &RowStruct<'_>) -> TokenStream {
    let name = row.name.token();
    let allow = allow_in_trait();
    let relation = row.source.name();
    let columns: Vec<&str> = row.fields.iter().map(|field| field.column).collect();
    let count = number(columns.len());
    let names = row.fields.iter().map(|field| field.name.token());
    let indices = (0..columns.len()).map(number);
    quote! {
        #allow
        impl ::tablature::Row for #name {
            const TABLE: &'static ::core::primitive::str = #relation;
            const COLUMNS: &'static [&'static ::core::primitive::str] = &[#(#columns),*];
            type Positions = [::core::primitive::usize; #count];

            fn positions(
                statement: &::tablature::rusqlite::Statement<'_>,
            ) -> ::tablature::rusqlite::Result<Self::Positions> {
                ::tablature::row::positions(statement, Self::COLUMNS)
            }

            fn from_row_at(
                row: &::tablature::rusqlite::Row<'_>,
                positions: &Self::Positions,
            ) -> ::tablature::rusqlite::Result<Self> {
                ::core::result::Result::Ok(Self { #(#names: row.get(positions[#indices])?,)* })
            }
        }
    }
}
