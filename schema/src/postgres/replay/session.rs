//! What the connection knows: prepared statements, cursors, what is checked; and the statements that use them.

use super::Replay;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::postgres::session as errors;
use crate::postgres::ast::{
    Copy, CopyPlace, CopySource, DeclareCursor, Execute, Expr, Ident, Prepare,
};
use crate::postgres::catalog::{Address, Catalog, Class, Departure, Object as _};
use crate::postgres::plpgsql::value::Settings;
use crate::postgres::replay::Wanted;
use crate::postgres::resolve::{self, Conflict, Context, Environment, Place, Rows, Variables};
use crate::postgres::types::ValueType;
use crate::text::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The state of a connection, besides its transaction.
#[derive(Debug, Clone)]
pub(super) struct Session {
    /// `check_function_bodies`
    pub(super) check_bodies: bool,
    /// Prepared statements.
    pub(super) prepared: BTreeMap<Arc<str>, Prepared>,
    /// The application's own parameters that were set.
    pub(super) settings: Settings,
    /// Open cursors, and whether each outlives its transaction.
    pub(super) cursors: BTreeMap<Arc<str>, bool>,
}

/// A prepared statement.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    /// The types that are told; what has none gets its type from where it stands, which is not looked into.
    parameters: Arc<[Option<ValueType>]>,
    span: Span,
}

impl Default for Session {
    fn default() -> Session {
        Session {
            check_bodies: true,
            prepared: BTreeMap::new(),
            settings: Settings::new(),
            cursors: BTreeMap::new(),
        }
    }
}

impl Replay {
    /// Every file begins on a connection as it was opened.
    pub(super) fn begin_session(&mut self) {
        self.session = Session::default();
        self.reset_search_path();
        self.discard_temporary();
    }

    /// What is temporary goes: the runner discards it after each file, whether or not the connection stays.
    pub(super) fn discard_temporary(&mut self) {
        let temporary = Some(Catalog::TEMPORARY);
        let catalog = &self.catalog;
        let relations = catalog.relations.inside(temporary);
        let mut objects: Vec<Address> = relations.map(|it| Address::relation(it.oid)).collect();
        let types = catalog.types.inside(temporary);
        objects.extend(types.map(|it| Address::new(Class::Type, it.oid())));
        let routines = catalog.routines.inside(temporary);
        objects.extend(routines.map(|it| Address::new(Class::Routine, it.oid())));
        if objects.is_empty() {
            return;
        }
        // What is named together is in nobody's way.
        let Ok(deletion) = catalog.deletion(&objects) else {
            return;
        };
        for object in deletion.objects {
            if let Some(declared) = self.declared(object) {
                self.catalog.depart(object, Departure::FileEnded, declared);
            }
            self.catalog.delete_object(object);
        }
    }

    pub(super) fn prepare(&mut self, prepare: &Prepare) {
        let mut parameters = Vec::new();
        for type_name in &prepare.types {
            parameters.push(self.type_named(type_name));
        }
        let variables = Variables {
            conflict: Conflict::Column,
            blocks: Vec::new(),
            parameters,
            open: true,
        };
        let name = &prepare.name;
        if let Some(before) = self.session.prepared.get(&name.name) {
            let first = before.span;
            return self.report(errors::prepared_already(name, first));
        }
        let environment = Environment {
            variables: Some(&variables),
            ..self.environment()
        };
        let resolved = resolve::statement(environment, &prepare.statement);
        self.diagnostics.extend(resolved.diagnostics);
        let prepared = Prepared {
            parameters: variables.parameters.into(),
            span: name.span,
        };
        self.session
            .prepared
            .insert(Arc::clone(&name.name), prepared);
    }

    pub(super) fn execute(&mut self, execute: &Execute) {
        let name = &execute.name;
        let Some(prepared) = self.session.prepared.get(&name.name).cloned() else {
            let names: Vec<Arc<str>> = self.session.prepared.keys().cloned().collect();
            let names = names.iter().map(|it| &**it);
            return self.report(errors::unknown_prepared(name, names));
        };
        let (wanted, given) = (prepared.parameters.len(), execute.arguments.len());
        if wanted > 0 && given != wanted {
            return self.report(errors::wrong_parameters(name, wanted, given, prepared.span));
        }
        let told = prepared.parameters.iter().copied();
        let told = told.chain(std::iter::repeat(None));
        for (argument, typed) in execute.arguments.iter().zip(told) {
            self.parameter_of_execute(argument, typed);
        }
    }

    /// A value for a parameter (`EvaluateParams`).
    fn parameter_of_execute(&mut self, value: &Expr, typed: Option<ValueType>) {
        let place = Place {
            context: Context::ExecuteParameter,
            rows: Rows::None,
            span: value.span,
        };
        let environment = self.environment();
        let resolved = match typed {
            Some(typed) => resolve::argument(environment, place, value, typed),
            None => resolve::expression(environment, place, value),
        };
        self.diagnostics.extend(resolved.diagnostics);
    }

    pub(super) fn deallocate(&mut self, name: Option<&Ident>) {
        match name {
            None => self.session.prepared.clear(),
            Some(name) => {
                if self.session.prepared.remove(&name.name).is_none() {
                    let names: Vec<Arc<str>> = self.session.prepared.keys().cloned().collect();
                    let names = names.iter().map(|it| &**it);
                    self.report(errors::unknown_prepared(name, names));
                }
            }
        }
    }

    pub(super) fn declare_cursor(&mut self, declare: &DeclareCursor) {
        if !declare.hold && self.transaction_around().is_none() {
            return self.report(errors::cursor_outside(declare.span));
        }
        let resolved = resolve::planned_query(self.environment(), &declare.query);
        self.diagnostics.extend(resolved.diagnostics);
        let name = Arc::clone(&declare.name.name);
        if self.session.cursors.contains_key(&name) {
            return self.report(errors::cursor_exists(&declare.name));
        }
        self.session.cursors.insert(name, declare.hold);
    }

    pub(super) fn fetch(&mut self, name: &Ident) {
        if !self.session.cursors.contains_key(&name.name) {
            let names: Vec<Arc<str>> = self.session.cursors.keys().cloned().collect();
            let names = names.iter().map(|it| &**it);
            self.report(errors::unknown_cursor(name, names));
        }
    }

    pub(super) fn close(&mut self, name: Option<&Ident>) {
        match name {
            None => self.session.cursors.clear(),
            Some(name) => {
                self.fetch(name);
                self.session.cursors.remove(&name.name);
            }
        }
    }

    /// COPY moves rows between the server and a client or a file: of neither a migration has any.
    pub(super) fn copy(&mut self, copy: &Copy) {
        match &copy.source {
            CopySource::Table(name, columns) => {
                let Some(table) = self.relation_named(name, Wanted::Table, false) else {
                    return;
                };
                for column in columns {
                    self.column_named(&table, column);
                }
            }
            CopySource::Statement(statement) => {
                let resolved = resolve::statement(self.environment(), statement);
                self.diagnostics.extend(resolved.diagnostics);
            }
        }
        let refused = match (copy.from, copy.place) {
            (true, CopyPlace::Client) => "a migration has no rows to send",
            (true, CopyPlace::File) => "a migration cannot rely on a file of the server",
            (false, CopyPlace::Client) => return,
            (false, CopyPlace::File) => "a migration writes no files on the server",
            (_, CopyPlace::Program) => "a migration runs no programs on the server",
        };
        let diagnostic = Diagnostic::new(
            Code::NotInMigrations,
            refused,
            copy.span,
            "not in a migration",
        );
        let diagnostic = match copy.from {
            true => diagnostic.with_help("write the rows as INSERT … VALUES"),
            false => diagnostic,
        };
        self.report(diagnostic);
    }

    /// What concerns the whole server has no place in the migrations of one database.
    pub(super) fn server(&mut self, words: &str, span: Span) {
        let is_apart = !words.starts_with("ALTER DATABASE");
        if is_apart && self.refuse_in_transaction(words, span) {
            return;
        }
        let message =
            format!("{words} concerns the whole server, not the database of the migrations");
        self.report(Diagnostic::new(
            Code::NotInMigrations,
            message,
            span,
            "not in a migration",
        ));
    }
}
