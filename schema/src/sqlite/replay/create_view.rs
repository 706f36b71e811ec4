//! CREATE VIEW.

use super::Replay;
use super::tokens;
use crate::catalog::Provenance;
use crate::diagnostic::Code;
use crate::sqlite::ast::{CreateView, Statement};
use crate::sqlite::catalog::{Definition, View};
use crate::sqlite::resolve;
use crate::sqlite::split::RawStatement;
use crate::text::Ident;
use std::sync::Arc;

impl Replay {
    pub(super) fn create_view(
        &mut self,
        raw: &RawStatement,
        create: &CreateView,
        statement: &Arc<Statement>,
    ) {
        let database = match self.target("view", &create.name, create.temporary) {
            Ok(database) => database,
            Err(diagnostic) => return self.report(*diagnostic),
        };
        let name = &create.name.name;
        if !self.is_free(database, name, create.if_not_exists) {
            return;
        }
        // The engine looks no further than this before the view is used.
        let resolution = resolve::view(self.environment(), database, create);
        let refused = resolution.diagnostics.into_iter();
        let refused: Vec<_> = refused
            .filter(|diagnostic| diagnostic.code == Code::InvalidView)
            .collect();
        let definition = if refused.is_empty() {
            tokens::definition("CREATE VIEW", &raw.tokens, name, Some(statement))
        } else {
            tokens::no_definition()
        };
        self.diagnostics.extend(refused);
        self.add_view(database, view(name, definition));
    }

    /// Leaves something behind for the statements that use a view which could not be made.
    pub(super) fn add_unknown_view(&mut self, database: usize, name: &Ident) {
        self.add_view(database, view(name, tokens::no_definition()));
    }
}

fn view(name: &Ident, definition: Definition) -> View {
    View {
        name: Arc::clone(&name.name),
        columns: None,
        broken: None,
        definition,
        span: name.span,
        provenance: Provenance::new(name.span),
        place: 0,
    }
}
