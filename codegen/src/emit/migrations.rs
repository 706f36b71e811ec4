//! The migration list as Rust.

use super::schema::schema;
use super::tracking::absolute;
use super::{allow, documentation, number, option, reversal};
use crate::documentation::code;
use crate::embedded;
use crate::model::steps;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use tablature_model::schema::Place;
use tablature_model::{Compatibility, Down, Migration, Snapshot, Statement, Step};
use tablature_schema::Checked;

/// The static with every migration and the schema that the last one leaves behind.
pub(crate) fn migrations(checked: &Checked) -> TokenStream {
    let list = embedded::migrations(checked);
    let list = list.iter().map(migration);
    // Short names spare the compiler work.
    let list = quote! {
        {
            #[allow(unused_imports)]
            use ::core::option::Option::{None, Some};
            use ::std::borrow::Cow::Borrowed as B;
            #[allow(unused_imports)]
            use ::tablature::migration::{Compatibility, Down, Migration, Statement, Step};
            #[allow(unused_imports)]
            use ::tablature::schema::Place;

            B(&[#(#list),*])
        }
    };
    let schema = schema(&embedded::expected(&checked.catalog, &checked.sources));
    let snapshot = option(embedded::snapshot(checked).as_ref().map(snapshot));
    let steps = functions(checked);
    let source = source_directory(checked);
    let value = quote! {
        ::tablature::Migrations {
            list: #list,
            expected: #schema,
            snapshot: #snapshot,
            steps: #steps,
            source: #source,
        }
    };
    item(&checked.path, value)
}

/// The same static without migrations, for code that is checked though the migrations are wrong.
pub(crate) fn no_migrations(path: &str) -> TokenStream {
    item(path, quote!(::tablature::Migrations::EMPTY))
}

fn item(path: &str, value: TokenStream) -> TokenStream {
    let allow = allow();
    let docs = documentation(&[format!(
        "The migrations in {}, and the schema that the last one leaves behind.",
        code(path)
    )]);
    quote! {
        #docs
        #allow
        pub static MIGRATIONS: ::tablature::Migrations = #value;
    }
}

fn migration(migration: &Migration) -> TokenStream {
    let version = Literal::i64_unsuffixed(migration.version);
    let name = &migration.name;
    let up = script(&migration.file, &migration.statements);
    let checksum = bytes(&migration.checksum);
    let chain = bytes(&migration.chain);
    let transaction = migration.transaction;
    let step = match &migration.step {
        Some(Step { path, line, column }) => {
            let line = number(*line as usize);
            let column = number(*column as usize);
            quote!(Some(Step { path: B(#path), line: #line, column: #column }))
        }
        None => quote!(None),
    };
    let compatibility = match &migration.compatibility {
        Compatibility::Additive => quote!(Additive),
        Compatibility::Breaking {
            reason,
            place: Place { file, line },
        } => {
            let line = number(*line as usize);
            quote!(Breaking { reason: B(#reason), place: Place { file: B(#file), line: #line } })
        }
    };
    let down = match &migration.down {
        Some(Down {
            file,
            sql: _,
            statements,
            transaction,
            reversal,
        }) => {
            let down = script(file, statements);
            let reversal = reversal::reversal(reversal);
            quote!(Some(Down { #down transaction: #transaction, reversal: #reversal }))
        }
        None => quote!(None),
    };
    quote! {
        Migration {
            version: #version,
            name: B(#name),
            #up
            checksum: #checksum,
            chain: #chain,
            transaction: #transaction,
            step: #step,
            compatibility: Compatibility::#compatibility,
            down: #down,
        }
    }
}

/// The functions of the steps. That one is there and takes what it is given is seen to by rustc.
fn functions(checked: &Checked) -> TokenStream {
    let is_sqlite = checked.catalog.sqlite().is_some();
    let functions = steps::functions(checked).map(|(version, path)| {
        let version = Literal::i64_unsuffixed(version);
        match is_sqlite {
            true => {
                quote!(::tablature::step::StepFunction::Sqlite { version: #version, run: #path })
            }
            // Of which client it is, only its type tells.
            false => quote! {
                ::tablature::step::StepFunction::Server {
                    version: #version,
                    run: {
                        fn run(
                            on: ::tablature::step::OnServer<'_>,
                        ) -> ::tablature::step::Running<'_> {
                            ::tablature::step::run_on_server(#path, on)
                        }
                        run
                    },
                }
            },
        }
    });
    quote!(::std::borrow::Cow::Borrowed(&[#(#functions),*]))
}

fn snapshot(snapshot: &Snapshot) -> TokenStream {
    let version = Literal::i64_unsuffixed(snapshot.version);
    let chain = bytes(&snapshot.chain);
    let script = script(&snapshot.file, &snapshot.statements);
    quote! {
        {
            use ::std::borrow::Cow::Borrowed as B;
            use ::tablature::migration::{Snapshot, Statement};

            Snapshot { version: #version, chain: #chain, #script }
        }
    }
}

/// The fields that an up file, a down file and a snapshot share. The compiler reads the text from the file.
fn script(file: &str, statements: &[Statement]) -> TokenStream {
    let path = absolute(file);
    let statements = statements.iter().map(|statement| {
        let start = number(statement.start);
        let end = number(statement.end);
        let line = number(statement.line as usize);
        let column = number(statement.column as usize);
        quote!(Statement { start: #start, end: #end, line: #line, column: #column })
    });
    quote! {
        file: B(#file),
        sql: B(::core::include_str!(#path)),
        statements: B(&[#(#statements),*]),
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
