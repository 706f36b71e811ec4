//! Statements applied to the catalog, in order: a file for each kind of statement, its checks and its effect together.
//!
//! A statement that is wrong has the effect that is left of it without the mistake, so that the statements after it are
//! not wrong as well: a table is there without the constraint that the engine refuses, a column without a known type.

mod additive;
mod alter;
mod attributes;
mod calls;
mod casts;
mod certain_rows;
mod collations;
mod comments;
mod create_table_as;
mod data;
mod do_block;
mod domains;
mod door;
mod drop;
mod enums;
mod event_triggers;
mod explain;
mod extensions;
mod file;
mod find;
mod foreign_data;
mod index;
mod judged;
mod languages;
mod maintenance;
mod materialized_views;
mod missed;
mod objects;
mod operator_classes;
mod operators;
mod options;
mod places;
mod policies;
mod privileges;
mod publications;
mod relations;
mod resolution;
mod reversal;
mod roles;
mod routine;
mod row_filter;
mod rules;
mod schemas;
mod sequence;
mod sequence_functions;
mod session;
mod settings;
mod stand_in;
mod statement;
mod statistics;
mod storage;
pub mod store;
mod table;
mod text_search;
mod transaction;
mod triggers;
mod truncate;
mod types;
mod utility_options;
mod views;

pub use relations::Wanted;
pub(crate) use transaction::Around;

use super::catalog::Catalog;
use super::resolve::Variables;
use super::types::Oid;
use crate::catalog::{Log, Map};
use crate::config::Server;
use crate::diagnostic::Diagnostic;
use crate::text::{FileId, Span};

use judged::Judged;
use missed::Missed;
use reversal::Changed;
use session::Session;
use stand_in::Doubts;
use std::collections::BTreeSet;
use std::sync::Arc;
use transaction::Transaction;

/// A history being replayed, migration by migration.
#[derive(Debug, Clone)]
pub struct Replay {
    /// What the migrations so far have built.
    pub catalog: Catalog,
    /// What is wrong with them, in the order in which it was found.
    pub diagnostics: Vec<Diagnostic>,
    transaction: Transaction,
    /// The enums with labels that are of no use before the transaction ends.
    uncommitted_enums: Vec<Oid>,
    session: Session,
    /// Extensions that the configuration says are on the server.
    known_extensions: BTreeSet<String>,
    /// Tablespaces that the configuration says are on the server.
    known_tablespaces: BTreeSet<String>,
    /// The token types that a text search configuration maps.
    mappings: Map<Oid, Vec<Arc<str>>>,
    /// The names of the options of foreign servers and their like.
    options: Map<Oid, Vec<Arc<str>>>,
    /// The changes of rows that the current file has made.
    changed: Vec<Changed>,
    /// What was there before the first migration that is not released; before the current one, if all so far are.
    released: Option<Catalog>,
    judged: Judged,
    /// The unknown names so far, of which a later statement may introduce some.
    missed: Log<Missed>,
    /// Names that mistakes have kept from being there.
    doubts: Doubts,
    /// The statement that is being applied.
    statement_span: Span,
    /// The variables of a body that the statement at hand sees.
    variables: Option<Arc<Variables>>,
    /// How many steps the blocks and routines have taken that the statement of the file at hand runs.
    steps: usize,
    /// How many routines are being run.
    depth: usize,
}

impl Replay {
    /// Starts on an empty database of a server of a major version.
    #[must_use]
    pub fn new(version: u16) -> Replay {
        let catalog = Catalog::new(version);
        let mut replay = Replay {
            judged: Judged::new(catalog.clone(), false),
            catalog,
            diagnostics: Vec::new(),
            transaction: Transaction::default(),
            uncommitted_enums: Vec::new(),
            session: Session::default(),
            known_extensions: BTreeSet::new(),
            known_tablespaces: BTreeSet::new(),
            mappings: Map::default(),
            options: Map::default(),
            changed: Vec::new(),
            released: None,
            missed: Log::default(),
            doubts: Doubts::default(),
            statement_span: Span::new(FileId(0), 0..0),
            variables: None,
            steps: 0,
            depth: 0,
        };
        replay.bring_plpgsql();
        replay
    }

    /// Starts on an empty database of a server of which something is known.
    #[must_use]
    pub fn on(server: &Server) -> Replay {
        let mut replay = Replay::new(server.version);
        replay.know_roles(server.roles.iter().map(String::as_str));
        replay.known_extensions = server.extensions.clone();
        replay.known_tablespaces = server.tablespaces.clone();
        replay
    }

    /// Adds a diagnostic.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}
