//! The migration list.

use super::schema::schema;
use super::tracking::absolute;
use super::{allow, documentation, number, option};
use crate::documentation::code;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use tablature_schema::text::Sources;
use tablature_schema::{Checked, Migration, Script};

/// The static with every migration and the schema that the last one leaves behind.
pub(crate) fn migrations(checked: &Checked) -> TokenStream {
    let sources = &checked.sources;
    let list = checked
        .migrations
        .iter()
        .map(|found| migration(found, sources));
    let schema = schema(checked);
    let source = source_directory(checked);
    with_parts(&checked.path, quote!(&[#(#list),*]), schema, source)
}

/// The same static without migrations, for code that is checked though the migrations are wrong.
pub(crate) fn no_migrations(path: &str) -> TokenStream {
    let schema = quote!(&::tablature::schema::Schema::EMPTY);
    with_parts(path, quote!(&[]), schema, option(None))
}

fn with_parts(
    path: &str,
    list: TokenStream,
    schema: TokenStream,
    source: TokenStream,
) -> TokenStream {
    let allow = allow();
    let docs = documentation(&[format!(
        "The migrations in {}, and the schema that the last one leaves behind.",
        code(path)
    )]);
    quote! {
        #docs
        #allow
        pub static MIGRATIONS: ::tablature::Migrations = ::tablature::Migrations {
            list: #list,
            schema: #schema,
            source: #source,
        };
    }
}

fn migration(migration: &Migration, sources: &Sources) -> TokenStream {
    let version = Literal::i64_unsuffixed(migration.version);
    let name = &migration.name;
    let up = script(&migration.up, sources);
    let checksum = bytes(&migration.checksum);
    let chain = bytes(&migration.chain);
    let transaction = migration.up.transaction;
    let down = migration.down.as_ref().map(|down| {
        let down = script(down, sources);
        quote!(::tablature::migration::Down { #down })
    });
    let down = option(down);
    quote! {
        ::tablature::migration::Migration {
            version: #version,
            name: #name,
            #up
            checksum: #checksum,
            chain: #chain,
            transaction: #transaction,
            down: #down,
        }
    }
}

/// The fields that an up file and a down file share.
fn script(script: &Script, sources: &Sources) -> TokenStream {
    let file = &sources.file(script.file).path;
    let path = absolute(file);
    let statements = script.statements.iter().map(|span| {
        let start = number(span.start as usize);
        let end = number(span.end as usize);
        let place = sources.start(*span);
        let line = number(place.line as usize);
        let column = number(place.column as usize);
        quote! {
            ::tablature::migration::Statement {
                start: #start,
                end: #end,
                line: #line,
                column: #column,
            }
        }
    });
    quote! {
        file: #file,
        sql: ::core::include_str!(#path),
        statements: &[#(#statements),*],
    }
}

fn bytes(bytes: &[u8; 32]) -> TokenStream {
    let bytes = Literal::byte_string(bytes);
    quote!(*#bytes)
}

/// Where the files were compiled from. The condition is judged in the user's crate, by its profile.
fn source_directory(checked: &Checked) -> TokenStream {
    let path = absolute(&checked.path);
    let scripts = checked
        .migrations
        .iter()
        .flat_map(|migration| std::iter::once(&migration.up).chain(&migration.down));
    let files = scripts.map(|script| {
        let file = checked.sources.file(script.file).path.as_str();
        let relative = file.strip_prefix(checked.path.as_str());
        relative.unwrap_or(file).trim_start_matches('/')
    });
    let directory = option(Some(quote! {
        ::tablature::migration::SourceDirectory {
            path: #path,
            files: &[#(#files),*],
        }
    }));
    let none = option(None);
    quote! {
        if ::core::cfg!(debug_assertions) {
            #directory
        } else {
            #none
        }
    }
}
