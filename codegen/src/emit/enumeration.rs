//! Enums of columns.

use super::derive::{Derived, derive, is_serde};
use super::{allow, allow_in_trait, documentation};
use crate::documentation::{code, of_enum};
use crate::model::{Enumeration, Variant};
use crate::names::Identifier;
use proc_macro2::TokenStream;
use quote::quote;
use tablature_schema::text::Sources;

/// The enum of a column with its conversions from and to text and values of the engine.
pub(crate) fn enumeration(
    found: &Enumeration,
    relation: &str,
    column: &str,
    derives: &[TokenStream],
    sources: &Sources,
) -> TokenStream {
    let name = found.name.token();
    let allow_in_trait = allow_in_trait();
    let docs = documentation(&[of_enum(found, relation, column, sources)]);
    let values = value_enum(&found.name, &found.variants, &docs, derives);
    quote! {
        #values

        #allow_in_trait
        impl ::tablature::rusqlite::types::ToSql for #name {
            fn to_sql(
                &self,
            ) -> ::tablature::rusqlite::Result<::tablature::rusqlite::types::ToSqlOutput<'_>> {
                ::core::result::Result::Ok(::core::convert::From::from(self.as_str()))
            }
        }

        #allow_in_trait
        impl ::tablature::rusqlite::types::FromSql for #name {
            fn column_result(
                value: ::tablature::rusqlite::types::ValueRef<'_>,
            ) -> ::tablature::rusqlite::types::FromSqlResult<Self> {
                <Self as ::core::convert::TryFrom<&::core::primitive::str>>::try_from(
                    value.as_str()?,
                )
                .map_err(::tablature::rusqlite::types::FromSqlError::other)
            }
        }
    }
}

/// The enum of some texts with its conversions from and to them.
pub(crate) fn value_enum(
    name: &Identifier,
    variants: &[Variant],
    docs: &TokenStream,
    derives: &[TokenStream],
) -> TokenStream {
    let type_name = name.as_str();
    let name = name.token();
    let allow = allow();
    let allow_in_trait = allow_in_trait();
    let derive = derive(
        &[
            Derived::Debug,
            Derived::Clone,
            Derived::Copy,
            Derived::PartialEq,
            Derived::Eq,
            Derived::Hash,
        ],
        derives,
    );
    let names: Vec<_> = variants
        .iter()
        .map(|variant| variant.name.token())
        .collect();
    let texts: Vec<&str> = variants
        .iter()
        .map(|variant| variant.text.as_str())
        .collect();
    let variant_docs = texts
        .iter()
        .map(|text| documentation(&[code(&format!("'{}'", text.replace('\'', "''")))]));
    // Who reads the JSON knows the values of the column and not our names for them.
    let with_serde = derives.iter().any(is_serde);
    let serde_names = texts
        .iter()
        .map(|text| with_serde.then(|| quote!(#[serde(rename = #text)])));
    quote! {
        #docs
        #allow
        #derive
        pub enum #name {
            #(#variant_docs #serde_names #names,)*
        }

        #allow
        impl #name {
            /// Every value, in the order of the constraint.
            pub const ALL: &'static [Self] = &[#(Self::#names),*];

            /// The text that the column holds.
            #[must_use]
            pub const fn as_str(self) -> &'static ::core::primitive::str {
                match self {
                    #(Self::#names => #texts,)*
                }
            }
        }

        #allow_in_trait
        impl ::core::convert::TryFrom<&::core::primitive::str> for #name {
            type Error = ::tablature::UnknownValue;

            fn try_from(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, ::tablature::UnknownValue> {
                match text {
                    #(#texts => ::core::result::Result::Ok(Self::#names),)*
                    _ => ::core::result::Result::Err(::tablature::UnknownValue {
                        type_name: #type_name,
                        value: ::std::borrow::ToOwned::to_owned(text),
                    }),
                }
            }
        }

        #allow_in_trait
        impl ::core::str::FromStr for #name {
            type Err = ::tablature::UnknownValue;

            fn from_str(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, ::tablature::UnknownValue> {
                <Self as ::core::convert::TryFrom<&::core::primitive::str>>::try_from(text)
            }
        }

        #allow_in_trait
        impl ::core::fmt::Display for #name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.pad(self.as_str())
            }
        }
    }
}
