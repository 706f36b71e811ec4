//! Structs of composite types.

use super::row::{declaration, own_derives};
use crate::emit::{allow, allow_in_trait, derive, documentation, number};
use crate::postgres::model::CompositeType;
use proc_macro2::TokenStream;
use quote::quote;

/// The struct of a composite type with its conversions from and to values of the engine.
pub(super) fn composite(found: &CompositeType) -> TokenStream {
    let name = found.name.token();
    let is_type = super::is_type(&found.schema, &found.sql_name);
    let (allow, allow_in_trait) = (allow(), allow_in_trait());
    let docs = documentation(&found.documentation);
    let derive = derive(own_derives(&found.fields), &found.derives);
    let declarations = found.fields.iter().map(declaration);
    let count = number(found.fields.len());
    let names: Vec<_> = found
        .fields
        .iter()
        .map(|field| field.name.token())
        .collect();
    let accepts = quote! {
        fn accepts(ty: &::tablature::tokio_postgres::types::Type) -> ::core::primitive::bool {
            ::core::matches!(ty.kind(), ::tablature::tokio_postgres::types::Kind::Composite(_))
                && #is_type
        }
    };
    quote! {
        #docs
        #allow
        #derive
        pub struct #name {
            #(#declarations)*
        }

        #allow_in_trait
        impl ::tablature::tokio_postgres::types::ToSql for #name {
            fn to_sql(
                &self,
                ty: &::tablature::tokio_postgres::types::Type,
                out: &mut ::tablature::tokio_postgres::types::private::BytesMut,
            ) -> ::core::result::Result<
                ::tablature::tokio_postgres::types::IsNull,
                ::std::boxed::Box<dyn ::std::error::Error + ::core::marker::Sync + ::core::marker::Send>,
            > {
                #[allow(unused_mut)]
                let mut writer = ::tablature::postgres_row::FieldWriter::new(ty, #count, out)?;
                #(writer.field(&self.#names)?;)*
                ::core::result::Result::Ok(::tablature::tokio_postgres::types::IsNull::No)
            }

            #accepts

            ::tablature::tokio_postgres::types::to_sql_checked!();
        }

        #allow_in_trait
        impl<'raw> ::tablature::tokio_postgres::types::FromSql<'raw> for #name {
            fn from_sql(
                ty: &::tablature::tokio_postgres::types::Type,
                raw: &'raw [::core::primitive::u8],
            ) -> ::core::result::Result<
                Self,
                ::std::boxed::Box<dyn ::std::error::Error + ::core::marker::Sync + ::core::marker::Send>,
            > {
                #[allow(unused_mut)]
                let mut reader = ::tablature::postgres_row::FieldReader::new(ty, #count, raw)?;
                ::core::result::Result::Ok(Self { #(#names: reader.field()?,)* })
            }

            #accepts
        }
    }
}
