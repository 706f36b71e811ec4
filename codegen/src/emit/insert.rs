//! Writing rows.

use super::{allow_in_trait, documentation};
use crate::model::{Field, InNewRow, RowStruct, Source};
use crate::module::Module;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use tablature_schema::sqlite::catalog::TableKind;

const ERRORS: &str =
    "What the engine refuses: a key that is taken, a constraint that the row breaks.";

/// How the rows of a table are written.
pub(super) struct Insert<'a> {
    table: &'a str,
    /// The module that keeps the rows, if one does.
    module: Option<Module>,
    /// The fields with a value in the row, and the defaults of those whose value is none.
    fields: Vec<(&'a Field<'a>, Option<&'a str>)>,
}

impl<'a> Insert<'a> {
    /// Rows as they are; none for a view, and for a table whose module need not let anybody write.
    pub(super) fn of_row(row: &'a RowStruct<'a>) -> Option<Insert<'a>> {
        let table = match row.source {
            Source::Table(table) => table,
            Source::View(_) => return None,
        };
        let module = Module::of(table);
        if table.kind != TableKind::Ordinary && module.is_none() {
            return None;
        }
        let fields = row.fields.iter().filter(|field| field.is_written());
        Some(Insert {
            table: &table.name,
            module,
            fields: fields.map(|field| (field, None)).collect(),
        })
    }

    /// New rows, whose missing values the engine gives.
    pub(super) fn of_new_row(row: &'a RowStruct<'a>) -> Insert<'a> {
        let fields = row
            .fields
            .iter()
            .filter_map(|field| match field.in_new_row() {
                InNewRow::Absent => None,
                InNewRow::Default(default) => Some((field, Some(default))),
                InNewRow::Value => Some((field, None)),
            });
        Insert {
            table: row.source.name(),
            module: None,
            fields: fields.collect(),
        }
    }

    /// `insert`.
    pub(super) fn method(&self) -> TokenStream {
        let docs = documentation(&[
            "Inserts the row, with every value as it is.".to_owned(),
            "# Errors".to_owned(),
            ERRORS.to_owned(),
        ]);
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
        }
    }

    /// `insert_with_rowid` for a full-text table, whose rowid is no column but joins it with what it indexes.
    pub(super) fn method_with_rowid(&self) -> Option<TokenStream> {
        match self.module? {
            Module::FullText => {}
            Module::RTree(_) => return None,
        }
        // The engine would take the word for the column.
        let is_column = |(field, _): &(&Field<'_>, _)| field.column.eq_ignore_ascii_case("rowid");
        if self.fields.iter().any(is_column) {
            return None;
        }
        let docs = documentation(&[
            "Inserts the row under a rowid, such as that of the row which it indexes.".to_owned(),
            "# Errors".to_owned(),
            ERRORS.to_owned(),
        ]);
        let columns = self.fields.iter().map(|(field, _)| quoted(field.column));
        let columns: Vec<String> = columns.collect();
        let parameters: Vec<String> = (0..=columns.len())
            .map(|position| format!("?{}", position + 1))
            .collect();
        let sql = format!(
            "INSERT INTO {} (rowid, {}) VALUES ({})",
            quoted(self.table),
            columns.join(", "),
            parameters.join(", ")
        );
        let values = self.fields.iter().map(|(field, _)| field.name.token());
        Some(quote! {
            #docs
            pub fn insert_with_rowid(
                &self,
                connection: &::tablature::rusqlite::Connection,
                rowid: ::core::primitive::i64,
            ) -> ::tablature::rusqlite::Result<()> {
                connection
                    .prepare(#sql)?
                    .execute(::tablature::rusqlite::params![rowid, #(self.#values),*])?;
                ::core::result::Result::Ok(())
            }
        })
    }

    /// `insert` of a row whose key the engine chooses.
    pub(super) fn method_with_key(&self, key: &str) -> TokenStream {
        let docs = documentation(&[
            format!("Inserts the row under a new {key}, which the engine chooses, and returns it."),
            "# Errors".to_owned(),
            ERRORS.to_owned(),
        ]);
        let values = self.values();
        quote! {
            #docs
            pub fn insert(
                &self,
                connection: &::tablature::rusqlite::Connection,
            ) -> ::tablature::rusqlite::Result<::core::primitive::i64> {
                connection
                    .prepare(<Self as ::tablature::Insert>::INSERT)?
                    .insert(#values)
            }
        }
    }

    /// The implementation of the runtime's `Insert` for the struct `name`.
    pub(super) fn implementation(&self, name: &Ident) -> TokenStream {
        let allow = allow_in_trait();
        let sql = self.sql();
        let values = self.values();
        quote! {
            #allow
            impl ::tablature::Insert for #name {
                const INSERT: &'static ::core::primitive::str = #sql;

                fn insert_with(
                    &self,
                    statement: &mut ::tablature::rusqlite::Statement<'_>,
                ) -> ::tablature::rusqlite::Result<()> {
                    statement.execute(#values)?;
                    ::core::result::Result::Ok(())
                }
            }
        }
    }

    fn values(&self) -> TokenStream {
        let values = self.fields.iter().map(|(field, _)| field.name.token());
        quote!(::tablature::rusqlite::params![#(self.#values),*])
    }

    /// The statement with a numbered parameter for each field. The schema that it runs on is the one that was compiled,
    /// so that the default in it is the column's.
    fn sql(&self) -> String {
        let table = quoted(self.table);
        if self.fields.is_empty() {
            return format!("INSERT INTO {table} DEFAULT VALUES");
        }
        let mut columns = Vec::with_capacity(self.fields.len());
        let mut values = Vec::with_capacity(self.fields.len());
        for (position, (field, default)) in self.fields.iter().enumerate() {
            let number = position + 1;
            columns.push(quoted(field.column));
            values.push(match default {
                Some(default) => format!("ifnull(?{number}, {default})"),
                None => format!("?{number}"),
            });
        }
        format!(
            "INSERT INTO {table} ({}) VALUES ({})",
            columns.join(", "),
            values.join(", ")
        )
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
