//! CREATE TABLE AS and SELECT INTO: tables with the columns of a query.

use super::options::OptionsOf;
use super::store::NewRelation;
use super::{Replay, sequence};
use crate::catalog::Provenance;
use crate::diagnostic::Code;
use crate::errors::postgres::tables as errors;
use crate::postgres::ast::{
    CreateTableAs, Ident, Persistence, QualifiedName, Query, QueryBody, SelectInto, TableSource,
};
use crate::postgres::catalog::{self, Catalog, Column, RelationKind, RelationOption};
use crate::postgres::resolve::OutputColumn;
use crate::postgres::types::Oid;
use crate::text::Span;
use std::sync::Arc;

/// A table that is made of a query.
struct FromQuery<'a> {
    name: &'a QualifiedName,
    persistence: Persistence,
    if_not_exists: bool,
    columns: &'a [Ident],
    storage: NewStorage,
}

/// How and where its rows are stored.
#[derive(Default)]
struct NewStorage {
    options: Vec<RelationOption>,
    access_method: Option<Oid>,
    tablespace: Option<Arc<str>>,
}

impl Replay {
    /// CREATE TABLE AS.
    pub(super) fn create_table_as(&mut self, create: &CreateTableAs) {
        let table = FromQuery {
            name: &create.name,
            persistence: create.persistence,
            if_not_exists: create.if_not_exists,
            columns: &create.columns,
            storage: self.storage_of(create),
        };
        match &create.source {
            TableSource::Query(query) => self.make_from_query(table, query, create.with_data),
            // What a prepared statement returns is known to the session that has prepared it.
            TableSource::Execute(execute) => {
                self.execute(execute);
                self.make_from_columns(table, None);
            }
        }
    }

    /// SELECT INTO.
    pub(super) fn select_into(&mut self, query: &Query, into: &SelectInto) {
        let table = FromQuery {
            name: &into.table,
            persistence: into.persistence,
            if_not_exists: false,
            columns: &[],
            storage: NewStorage::default(),
        };
        let mut rows = query.clone();
        take_into(&mut rows);
        self.make_from_query(table, &rows, true);
    }

    fn storage_of(&mut self, create: &CreateTableAs) -> NewStorage {
        let method = create.access_method.as_ref();
        let tablespace = create.tablespace.as_ref();
        if let Some(tablespace) = tablespace {
            self.check_tablespace(tablespace);
        }
        if create.on_commit.is_some() && create.persistence != Persistence::Temporary {
            let message = "ON COMMIT is for temporary tables only";
            let span = create.name.span;
            self.report(errors::refused(Code::InvalidConstraint, message, span));
        }
        NewStorage {
            options: self.storage_options(&create.parameters, OptionsOf::NewTable),
            access_method: method.and_then(|it| self.table_method(it)),
            tablespace: tablespace.map(|it| Arc::clone(&it.name)),
        }
    }

    /// A table of a query, which is run unless it says WITH NO DATA.
    fn make_from_query(&mut self, table: FromQuery<'_>, query: &Query, runs: bool) {
        let columns = self.query_of(query, runs).map(|(_, columns)| columns);
        self.make_from_columns(table, columns);
    }

    fn make_from_columns(&mut self, table: FromQuery<'_>, outputs: Option<Vec<OutputColumn>>) {
        let name = table.name;
        let Some(namespace) = self.place_of_new(name, table.persistence) else {
            return;
        };
        if !self.is_name_free(namespace, &name.name, table.if_not_exists, true) {
            return;
        }
        let is_known = outputs.is_some();
        let columns = self.columns_of_query(outputs.unwrap_or_default(), table.columns, name.span);
        let persistence = match namespace == Catalog::TEMPORARY {
            true => catalog::Persistence::Temporary,
            false => sequence::persistence(table.persistence),
        };
        let oid = self.catalog.create_relation(NewRelation {
            persistence,
            options: table.storage.options,
            access_method: table.storage.access_method,
            tablespace: table.storage.tablespace,
            ..NewRelation::new(
                Arc::clone(&name.name.name),
                namespace,
                RelationKind::Table,
                columns,
                Some(Provenance::new(name.span)),
            )
        });
        self.mark_incomplete(oid, !is_known);
    }

    fn mark_incomplete(&mut self, oid: Oid, incomplete: bool) {
        self.catalog
            .relations
            .change(oid, |it| it.incomplete |= incomplete);
    }

    /// The columns of a table or view with the columns of a query, under the names that are listed.
    pub fn columns_of_query(
        &mut self,
        outputs: Vec<OutputColumn>,
        names: &[Ident],
        span: Span,
    ) -> Vec<Column> {
        if let Some(surplus) = names.get(outputs.len()).filter(|_| !outputs.is_empty()) {
            let message = format!(
                "{} columns are named, and the query has {}",
                names.len(),
                outputs.len()
            );
            self.report(errors::refused(
                Code::WrongColumnCount,
                message,
                surplus.span,
            ));
        }
        let mut columns: Vec<Column> = Vec::new();
        for (position, output) in outputs.into_iter().enumerate() {
            let written = names.get(position);
            let name = written.map_or(output.name, |name| Arc::clone(&name.name));
            let at = written.map_or(span, |name| name.span);
            if let Some(first) = columns.iter().find(|it| it.name == name) {
                let first = first.provenance.as_ref().map(|it| it.created);
                let ident = Ident {
                    name: Arc::clone(&name),
                    quoted: false,
                    span: at,
                };
                let duplicate = errors::duplicate_column(&ident, first.filter(|it| *it != at));
                self.report(duplicate.with_help("name the column with AS"));
                continue;
            }
            let typed = match self.check_column_type(&name, output.typed.oid, at) {
                true => output.typed,
                false => crate::postgres::tree::UNKNOWN,
            };
            let number = i16::try_from(columns.len() + 1).unwrap_or(i16::MAX);
            columns.push(Column {
                provenance: Some(Provenance::new(at)),
                ..Column::new(number, name, typed)
            });
        }
        columns
    }
}

/// INTO of a query.
pub(super) fn into_of(query: &Query) -> Option<&SelectInto> {
    match &query.body {
        QueryBody::Select(select) => select.into.as_deref(),
        QueryBody::SetOperation { left, .. } => into_of(left),
        QueryBody::Values(_) => None,
    }
}

/// Leaves of a query with INTO the query that gives the rows.
fn take_into(query: &mut Query) {
    match &mut query.body {
        QueryBody::Select(select) => select.into = None,
        QueryBody::SetOperation { left, .. } => take_into(left),
        QueryBody::Values(_) => {}
    }
}
