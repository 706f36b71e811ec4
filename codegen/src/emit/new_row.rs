//! Structs of new rows: without what the engine computes and chooses, and with `None` for a default.

use super::derive::{Derived, derive};
use super::insert::Insert;
use super::row::{is_comparable, optional, plain_field_type};
use super::{allow, documentation};
use crate::documentation::{code, first_of_field};
use crate::model::{Field, InNewRow, RowStruct};
use proc_macro2::TokenStream;
use quote::quote;

/// The struct of a table's new rows and how it is inserted; nothing if the table needs none.
pub(super) fn new_row(row: &RowStruct<'_>) -> TokenStream {
    let Some(name) = row.new.as_ref() else {
        return TokenStream::new();
    };
    let name = name.token();
    let allow = allow();
    let docs = documentation(&documentation_of(row));
    let fields: Vec<(&Field<'_>, InNewRow<'_>)> = row
        .fields
        .iter()
        .map(|field| (field, field.in_new_row()))
        .filter(|(_, place)| *place != InNewRow::Absent)
        .collect();
    let is_optional = |(field, place): &(&Field<'_>, InNewRow<'_>)| match place {
        InNewRow::Default(_) => true,
        InNewRow::Absent | InNewRow::Value => field.optional,
    };
    let mut derives = vec![Derived::Debug, Derived::Clone];
    if is_comparable(fields.iter().map(|(field, _)| *field)) {
        derives.push(Derived::PartialEq);
    }
    // With a value that has to be given, forgetting it would be no mistake.
    if fields.iter().all(is_optional) {
        derives.push(Derived::Default);
    }
    let derive = derive(&derives, &row.derives);
    let declarations = fields.iter().map(|both| {
        let (field, place) = both;
        let mut paragraphs = vec![first_of_field(field)];
        if let InNewRow::Default(default) = place {
            let default = code(default);
            paragraphs.push(if field.optional {
                format!(
                    "`None` is the default, {default}, and never NULL: a [`{}`] can hold that.",
                    row.name.as_str()
                )
            } else {
                format!("`None` is the default, {default}.")
            });
        }
        let docs = documentation(&paragraphs);
        let name = field.name.token();
        let ty = plain_field_type(field);
        let ty = if is_optional(both) { optional(&ty) } else { ty };
        quote!(#docs pub #name: #ty,)
    });
    let insert = Insert::of_new_row(row);
    let key = row.fields.iter().find(|field| field.is_key());
    let method = match key {
        Some(key) => insert.method_with_key(&code(key.column)),
        None => insert.method(),
    };
    let implementation = insert.implementation(&name);
    quote! {
        #docs
        #allow
        #derive
        pub struct #name {
            #(#declarations)*
        }

        #allow
        impl #name {
            #method
        }

        #implementation
    }
}

fn documentation_of(row: &RowStruct<'_>) -> Vec<String> {
    let name = code(row.source.name());
    let mut paragraphs = vec![format!("A new row of the table {name}.")];
    let absent: Vec<String> = row
        .fields
        .iter()
        .filter(|field| field.in_new_row() == InNewRow::Absent)
        .map(|field| code(field.column))
        .collect();
    if !absent.is_empty() {
        paragraphs.push(format!("The engine gives it its {}.", absent.join(", ")));
    }
    paragraphs
}
