//! Rows that borrow their texts and bytes from the statement that they are read from.

use super::derive::{Derived, derive};
use super::row::{is_comparable, optional, plain_field_type};
use super::{allow, allow_in_trait, documentation, number};
use crate::documentation::code;
use crate::model::{Borrowed, Field, FieldType, RowStruct};
use crate::types::Plain;
use proc_macro2::TokenStream;
use quote::quote;

/// The struct of a row that borrows, and how it is read; nothing unless the configuration wants one.
pub(super) fn borrowed(row: &RowStruct<'_>) -> TokenStream {
    let Some(borrowed) = &row.borrowed else {
        return TokenStream::new();
    };
    let owned = row.name.token();
    let allow = allow_in_trait();
    match borrowed {
        Borrowed::Nothing => quote! {
            #allow
            impl ::tablature::BorrowedRow for #owned {
                type Ref<'row> = Self;

                fn borrow_at<'row>(
                    row: &'row ::tablature::rusqlite::Row<'_>,
                    positions: &Self::Positions,
                ) -> ::tablature::rusqlite::Result<Self> {
                    <Self as ::tablature::Row>::from_row_at(row, positions)
                }
            }
        },
        Borrowed::By(name) => {
            let name = name.token();
            let definition = definition(row, &name);
            let fields = row.fields.iter().enumerate().map(|(index, field)| {
                let name = field.name.token();
                let index = number(index);
                if field.is_borrowed() {
                    quote!(#name: ::tablature::row::borrow(row, positions[#index])?,)
                } else {
                    quote!(#name: row.get(positions[#index])?,)
                }
            });
            quote! {
                #definition

                #allow
                impl ::tablature::BorrowedRow for #owned {
                    type Ref<'row> = #name<'row>;

                    fn borrow_at<'row>(
                        row: &'row ::tablature::rusqlite::Row<'_>,
                        positions: &Self::Positions,
                    ) -> ::tablature::rusqlite::Result<#name<'row>> {
                        ::core::result::Result::Ok(#name { #(#fields)* })
                    }
                }
            }
        }
    }
}

fn definition(row: &RowStruct<'_>, name: &proc_macro2::Ident) -> TokenStream {
    let allow = allow();
    let docs = documentation(&[format!(
        "A row as [`{}`] is one, whose texts and bytes are those of the statement that it is read from.",
        row.name.as_str()
    )]);
    let mut derives = vec![Derived::Debug, Derived::Clone];
    if is_comparable(&row.fields) {
        derives.push(Derived::PartialEq);
    }
    let is_known = |field: &Field<'_>| !matches!(field.ty, FieldType::Custom(_));
    if row.fields.iter().all(is_known) {
        derives.push(Derived::Copy);
    }
    let derive = derive(&derives, &[]);
    let fields = row.fields.iter().map(|field| {
        let docs = documentation(&[format!("The column {}.", code(field.column))]);
        let name = field.name.token();
        let ty = field_type(field);
        quote!(#docs pub #name: #ty,)
    });
    quote! {
        #docs
        #allow
        #derive
        pub struct #name<'row> {
            #(#fields)*
        }
    }
}

fn field_type(field: &Field<'_>) -> TokenStream {
    let ty = match &field.ty {
        FieldType::Plain(Plain::Text) => quote!(&'row ::core::primitive::str),
        FieldType::Plain(Plain::Bytes) => quote!(&'row [::core::primitive::u8]),
        FieldType::Plain(Plain::Value) => quote!(::tablature::rusqlite::types::ValueRef<'row>),
        FieldType::Plain(_) | FieldType::Enum(_) | FieldType::Custom(_) => plain_field_type(field),
    };
    if field.optional { optional(&ty) } else { ty }
}
