//! Enums of types, and of columns whose CHECK lists their values.

use crate::emit::{allow_in_trait, documentation, value_enum};
use crate::postgres::model::{CheckEnum, EnumType};
use proc_macro2::TokenStream;
use quote::quote;

/// The enum of a type with its conversions from and to text and values of the engine.
pub(super) fn enumeration(found: &EnumType) -> TokenStream {
    let name = found.name.token();
    let is_type = super::is_type(&found.schema, &found.sql_name);
    let allow = allow_in_trait();
    let docs = documentation(&found.documentation);
    let values = value_enum(&found.name, &found.variants, &docs, &found.derives);
    let accepts = quote! {
        fn accepts(ty: &::tablature::tokio_postgres::types::Type) -> ::core::primitive::bool {
            ::core::matches!(ty.kind(), ::tablature::tokio_postgres::types::Kind::Enum(_))
                && #is_type
        }
    };
    quote! {
        #values

        #allow
        impl ::tablature::tokio_postgres::types::ToSql for #name {
            fn to_sql(
                &self,
                _: &::tablature::tokio_postgres::types::Type,
                out: &mut ::tablature::tokio_postgres::types::private::BytesMut,
            ) -> ::core::result::Result<
                ::tablature::tokio_postgres::types::IsNull,
                ::std::boxed::Box<dyn ::std::error::Error + ::core::marker::Sync + ::core::marker::Send>,
            > {
                out.extend_from_slice(self.as_str().as_bytes());
                ::core::result::Result::Ok(::tablature::tokio_postgres::types::IsNull::No)
            }

            #accepts

            ::tablature::tokio_postgres::types::to_sql_checked!();
        }

        #allow
        impl<'raw> ::tablature::tokio_postgres::types::FromSql<'raw> for #name {
            fn from_sql(
                _: &::tablature::tokio_postgres::types::Type,
                raw: &'raw [::core::primitive::u8],
            ) -> ::core::result::Result<
                Self,
                ::std::boxed::Box<dyn ::std::error::Error + ::core::marker::Sync + ::core::marker::Send>,
            > {
                let text = ::core::str::from_utf8(raw)?;
                ::core::result::Result::Ok(
                    <Self as ::core::convert::TryFrom<&::core::primitive::str>>::try_from(text)?,
                )
            }

            #accepts
        }
    }
}

/// The enum of a column of strings, which is sent as one.
pub(super) fn of_check(found: &CheckEnum, derives: &[TokenStream]) -> TokenStream {
    let name = found.name.token();
    let allow = allow_in_trait();
    let docs = documentation(&found.documentation);
    let values = value_enum(&found.name, &found.variants, &docs, derives);
    quote! {
        #values

        #allow
        impl ::tablature::tokio_postgres::types::ToSql for #name {
            fn to_sql(
                &self,
                ty: &::tablature::tokio_postgres::types::Type,
                out: &mut ::tablature::tokio_postgres::types::private::BytesMut,
            ) -> ::core::result::Result<
                ::tablature::tokio_postgres::types::IsNull,
                ::std::boxed::Box<dyn ::std::error::Error + ::core::marker::Sync + ::core::marker::Send>,
            > {
                ::tablature::tokio_postgres::types::ToSql::to_sql(&self.as_str(), ty, out)
            }

            fn accepts(ty: &::tablature::tokio_postgres::types::Type) -> ::core::primitive::bool {
                <&::core::primitive::str as ::tablature::tokio_postgres::types::ToSql>::accepts(ty)
            }

            ::tablature::tokio_postgres::types::to_sql_checked!();
        }

        #allow
        impl<'raw> ::tablature::tokio_postgres::types::FromSql<'raw> for #name {
            fn from_sql(
                ty: &::tablature::tokio_postgres::types::Type,
                raw: &'raw [::core::primitive::u8],
            ) -> ::core::result::Result<
                Self,
                ::std::boxed::Box<dyn ::std::error::Error + ::core::marker::Sync + ::core::marker::Send>,
            > {
                let text: &::core::primitive::str =
                    ::tablature::tokio_postgres::types::FromSql::from_sql(ty, raw)?;
                ::core::result::Result::Ok(
                    <Self as ::core::convert::TryFrom<&::core::primitive::str>>::try_from(text)?,
                )
            }

            fn accepts(ty: &::tablature::tokio_postgres::types::Type) -> ::core::primitive::bool {
                <&::core::primitive::str as ::tablature::tokio_postgres::types::FromSql>::accepts(ty)
            }
        }
    }
}
