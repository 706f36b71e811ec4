//! Writing rows.

use super::{allow_in_trait, documentation};
use crate::documentation::code;
use crate::model::{Field, Origin, RowStruct};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use tablature_schema::catalog::{Column, Table, TableKind};

/// How rows of an ordinary table are written.
pub(crate) struct Insert<'a> {
    name: Ident,
    table: &'a Table,
    /// The fields with a value in a new row.
    fields: Vec<&'a Field<'a>>,
}

impl<'a> Insert<'a> {
    /// None for a table whose rows a module keeps.
    pub(crate) fn new(table: &'a Table, row: &'a RowStruct<'a>) -> Option<Insert<'a>> {
        match table.kind {
            TableKind::Ordinary => {}
            TableKind::Virtual { .. } | TableKind::Shadow { .. } | TableKind::Internal => {
                return None;
            }
        }
        Some(Insert {
            name: row.name.token(),
            table,
            fields: row
                .fields
                .iter()
                .filter(|field| field.is_written())
                .collect(),
        })
    }

    /// `insert`, and `insert_new` if the engine can choose the key.
    pub(crate) fn methods(&self) -> TokenStream {
        let docs = documentation(&[
            "Inserts the row, with every value as it is.".to_owned(),
            "# Errors".to_owned(),
            ERRORS.to_owned(),
        ]);
        let insert_new = self.key().map(|key| self.insert_new(key));
        quote! {
            #docs
            pub fn insert(
                &self,
                connection: &::tablature::rusqlite::Connection,
            ) -> ::tablature::rusqlite::Result<()> {
                ::tablature::Insert::insert_with(
                    self,
                    &mut connection.prepare(<Self as ::tablature::Insert>::INSERT)?,
                )
            }

            #insert_new
        }
    }

    /// The implementation of the runtime's `Insert`.
    pub(crate) fn implementation(&self) -> TokenStream {
        let name = &self.name;
        let allow = allow_in_trait();
        let sql = sql(&self.table.name, &self.fields, |_| false);
        let values = self.fields.iter().map(|field| field.name.token());
        quote! {
            #allow
            impl ::tablature::Insert for #name {
                const INSERT: &'static ::core::primitive::str = #sql;

                fn insert_with(
                    &self,
                    statement: &mut ::tablature::rusqlite::Statement<'_>,
                ) -> ::tablature::rusqlite::Result<()> {
                    statement.execute(::tablature::rusqlite::params![#(self.#values),*])?;
                    ::core::result::Result::Ok(())
                }
            }
        }
    }

    /// The column that is the rowid.
    fn key(&self) -> Option<&Column> {
        self.table.columns.get(self.table.rowid_alias()?)
    }

    fn insert_new(&self, key: &Column) -> TokenStream {
        let is_key = |field: &Field<'_>| match field.origin {
            Origin::Table(_, column) => std::ptr::eq(column, key),
            Origin::View(_) => false,
        };
        // NULL makes the engine choose.
        let sql = sql(&self.table.name, &self.fields, is_key);
        let key = code(&key.name);
        let docs = documentation(&[
            format!("Inserts the row under a new {key}, which the engine chooses, and returns it."),
            format!("The row's own {key} is not used."),
            "# Errors".to_owned(),
            ERRORS.to_owned(),
        ]);
        quote! {
            #docs
            pub fn insert_new(
                &self,
                connection: &::tablature::rusqlite::Connection,
            ) -> ::tablature::rusqlite::Result<::core::primitive::i64> {
                ::tablature::Insert::insert_with(self, &mut connection.prepare(#sql)?)?;
                ::core::result::Result::Ok(connection.last_insert_rowid())
            }
        }
    }
}

const ERRORS: &str =
    "What the engine refuses: a key that is taken, a constraint that the row breaks.";

/// The statement with a numbered parameter for each field; those that are `null` are written as NULL.
fn sql(table: &str, fields: &[&Field<'_>], null: impl Fn(&Field<'_>) -> bool) -> String {
    let columns: Vec<String> = fields.iter().map(|field| quoted(field.column)).collect();
    let values: Vec<String> = fields
        .iter()
        .enumerate()
        .map(|(position, field)| {
            let number = position + 1;
            if null(field) {
                // Its value is bound all the same, as `insert_with` binds all.
                format!("NULLIF(?{number}, ?{number})")
            } else {
                format!("?{number}")
            }
        })
        .collect();
    format!(
        "INSERT INTO {} ({}) VALUES ({})",
        quoted(table),
        columns.join(", "),
        values.join(", ")
    )
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
