//! What a type of PostgreSQL is in Rust, where the configuration says nothing else.
//!
//! | SQL | Rust | why |
//! |---|---|---|
//! | `bool` | `bool` | |
//! | `int2`, `int4`, `int8`; `oid` | `i16`, `i32`, `i64`; `u32` | by width |
//! | `float4`, `float8` | `f32`, `f64` | |
//! | `text`, `varchar`, `char(n)`, `name`, `citext`, `ltree` | `String` | |
//! | `text` or `varchar` whose CHECK lists its values | an enum | of a name made of the table's and the column's |
//! | `"char"` | `i8` | one byte |
//! | `bytea` | `Vec<u8>` | |
//! | `timestamptz`, `timestamp`, `date`, `time` | of `chrono`, `time` or `jiff` | the feature of that crate is turned on |
//! | `numeric`, `uuid`, `json`, `jsonb` | of `rust_decimal`, `uuid`, `serde_json` | likewise |
//! | `interval` | `Interval` | months, days and microseconds, as the engine keeps them |
//! | `inet` | `core::net::IpAddr` | without its netmask |
//! | `hstore` | `HashMap<String, Option<String>>` | |
//! | an array | `Vec` of its elements | a NULL in it is an error when it is read; `[types]` can say `Vec<Option<…>>` |
//! | an array of a domain | `Vec` of `Domain`s | the clients do not look through one there |
//! | a range | `Range` of its bounds | |
//! | an enum, a composite type | an enum, a struct of its name | generated |
//! | a domain | the type that it is over | the client is told that type too |
//! | any other | `Raw` | the bytes that the engine sends |

use crate::names::Identifier;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;
use tablature_schema::postgres::catalog::Catalog;
use tablature_schema::postgres::types::{Oid, Type, TypeKind, well_known};

/// A Rust type.
#[derive(Debug, Clone)]
pub(crate) enum RustType {
    /// A type of the standard library.
    Standard(Standard),
    /// One of the names in `tablature::postgres_row::types`, which stands for a type of another crate.
    Alias(&'static str),
    /// A type of `tablature::postgres_row`.
    Own(&'static str),
    /// An enum or struct that is generated.
    Generated(Identifier),
    /// A vector of elements.
    Array(Box<RustType>),
    /// A value of a domain where the clients do not look through one.
    Domain(Box<RustType>),
    /// A range between bounds.
    Range(Box<RustType>),
    /// What the configuration says.
    Custom(TokenStream),
}

/// A type of the standard library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standard {
    Bool,
    I8,
    I16,
    I32,
    I64,
    U32,
    F32,
    F64,
    Text,
    Bytes,
    Address,
    TextMap,
}

/// The names of the enums and structs of types, by the type.
pub(crate) type GeneratedTypes = BTreeMap<Oid, Identifier>;

/// The Rust type of values of a type.
pub(super) fn rust_type(catalog: &Catalog, oid: Oid, generated: &GeneratedTypes) -> RustType {
    let Some(found) = catalog.type_of(oid) else {
        return RustType::Own("Raw");
    };
    match found.kind {
        TypeKind::Domain { base } => rust_type(catalog, base.oid, generated),
        TypeKind::Enum | TypeKind::Composite { .. } => match generated.get(&oid) {
            Some(name) => RustType::Generated(name.clone()),
            None => RustType::Own("Raw"),
        },
        TypeKind::Range { subtype, .. } => {
            RustType::Range(Box::new(rust_type(catalog, subtype, generated)))
        }
        TypeKind::Base => base(catalog, found, generated),
        TypeKind::Multirange { .. } | TypeKind::Pseudo | TypeKind::Shell => RustType::Own("Raw"),
    }
}

fn base(catalog: &Catalog, found: &Type, generated: &GeneratedTypes) -> RustType {
    if let (true, Some(element)) = (found.is_array, found.element) {
        // The clients do not look through a domain in an array.
        let is_domain = catalog
            .type_of(element)
            .is_some_and(|it| matches!(it.kind, TypeKind::Domain { .. }));
        let value = Box::new(rust_type(catalog, element, generated));
        return RustType::Array(match is_domain {
            true => Box::new(RustType::Domain(value)),
            false => value,
        });
    }
    let standard = match found.oid {
        well_known::BOOL => Standard::Bool,
        well_known::INTERNAL_CHAR => Standard::I8,
        well_known::INT2 => Standard::I16,
        well_known::INT4 => Standard::I32,
        well_known::INT8 => Standard::I64,
        well_known::OID => Standard::U32,
        well_known::FLOAT4 => Standard::F32,
        well_known::FLOAT8 => Standard::F64,
        well_known::TEXT | well_known::VARCHAR | well_known::BPCHAR | well_known::NAME => {
            Standard::Text
        }
        well_known::BYTEA => Standard::Bytes,
        well_known::INET => Standard::Address,
        well_known::TIMESTAMPTZ => return RustType::Alias("Timestamptz"),
        well_known::TIMESTAMP => return RustType::Alias("Timestamp"),
        well_known::DATE => return RustType::Alias("Date"),
        well_known::TIME => return RustType::Alias("Time"),
        well_known::NUMERIC => return RustType::Alias("Numeric"),
        well_known::UUID => return RustType::Alias("Uuid"),
        well_known::JSON | well_known::JSONB => return RustType::Alias("Json"),
        well_known::INTERVAL => return RustType::Own("Interval"),
        // Those of extensions have no number that is always the same.
        _ => match &*found.name {
            "citext" | "ltree" | "lquery" | "ltxtquery" if !found.oid.is_builtin() => {
                Standard::Text
            }
            "hstore" if !found.oid.is_builtin() => Standard::TextMap,
            _ => return RustType::Own("Raw"),
        },
    };
    RustType::Standard(standard)
}

impl RustType {
    /// The type as tokens.
    pub(super) fn tokens(&self) -> TokenStream {
        match self {
            RustType::Standard(standard) => standard.tokens(),
            RustType::Alias(name) => {
                let name = quote::format_ident!("{name}");
                quote!(::tablature::postgres_row::types::#name)
            }
            RustType::Own(name) => {
                let name = quote::format_ident!("{name}");
                quote!(::tablature::postgres_row::#name)
            }
            RustType::Generated(name) => {
                let name = name.token();
                quote!(#name)
            }
            RustType::Array(element) => {
                let element = element.tokens();
                quote!(::std::vec::Vec<#element>)
            }
            RustType::Domain(value) => {
                let value = value.tokens();
                quote!(::tablature::postgres_row::Domain<#value>)
            }
            RustType::Range(bound) => {
                let bound = bound.tokens();
                quote!(::tablature::postgres_row::Range<#bound>)
            }
            RustType::Custom(tokens) => tokens.clone(),
        }
    }

    /// Whether two values can be compared. A type of the configuration need not be one that can.
    pub(super) fn is_comparable(&self) -> bool {
        match self {
            RustType::Standard(_)
            | RustType::Alias(_)
            | RustType::Own(_)
            | RustType::Generated(_) => true,
            RustType::Array(inner) | RustType::Domain(inner) | RustType::Range(inner) => {
                inner.is_comparable()
            }
            RustType::Custom(_) => false,
        }
    }

    /// Whether the configuration says what it is.
    pub(super) fn is_custom(&self) -> bool {
        match self {
            RustType::Custom(_) => true,
            RustType::Standard(_)
            | RustType::Alias(_)
            | RustType::Own(_)
            | RustType::Generated(_)
            | RustType::Array(_)
            | RustType::Domain(_)
            | RustType::Range(_) => false,
        }
    }
}

impl Standard {
    fn tokens(self) -> TokenStream {
        match self {
            Standard::Bool => quote!(::core::primitive::bool),
            Standard::I8 => quote!(::core::primitive::i8),
            Standard::I16 => quote!(::core::primitive::i16),
            Standard::I32 => quote!(::core::primitive::i32),
            Standard::I64 => quote!(::core::primitive::i64),
            Standard::U32 => quote!(::core::primitive::u32),
            Standard::F32 => quote!(::core::primitive::f32),
            Standard::F64 => quote!(::core::primitive::f64),
            Standard::Text => quote!(::std::string::String),
            Standard::Bytes => quote!(::std::vec::Vec<::core::primitive::u8>),
            Standard::Address => quote!(::core::net::IpAddr),
            Standard::TextMap => quote!(
                ::std::collections::HashMap<
                    ::std::string::String,
                    ::core::option::Option<::std::string::String>,
                >
            ),
        }
    }
}
