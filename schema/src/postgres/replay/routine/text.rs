//! Bodies of routines that are texts. Those in SQL are parsed and resolved as they will be when they run.

use super::signature::{Returned, Signature};
use crate::diagnostic::Diagnostic;
use crate::postgres::ast::{CreateRoutine, DataStatement, RoutineText, Statement, StatementKind};
use crate::postgres::replay::Replay;
use crate::postgres::{parse, split};
use crate::text::{FileId, Span};

/// The file of the text of a body while it is read: no migration has this number.
const BODY: FileId = FileId(u32::MAX);

impl Replay {
    /// Checks the text of a body, in the languages that are known.
    pub(super) fn check_text_body(
        &mut self,
        create: &CreateRoutine,
        text: &RoutineText,
        signature: &Signature,
        returned: Returned,
        language: &str,
    ) {
        if language != "sql" {
            return;
        }
        let known = self.diagnostics.len();
        self.read_sql(create, text, signature, returned);
        for diagnostic in self.diagnostics.iter_mut().skip(known) {
            put_in_place(diagnostic, text);
        }
    }

    fn read_sql(
        &mut self,
        create: &CreateRoutine,
        text: &RoutineText,
        signature: &Signature,
        returned: Returned,
    ) {
        let file = split::split(BODY, &text.text);
        let mut is_sound = file.diagnostics.is_empty();
        self.diagnostics.extend(file.diagnostics);
        let mut statements: Vec<Statement> = Vec::new();
        for raw in &file.statements {
            let parsed = parse::statement(&raw.tokens, u32::from(self.catalog.version));
            is_sound &= parsed.statement.is_some();
            self.diagnostics.extend(parsed.diagnostics);
            statements.extend(parsed.statement);
        }
        if !is_sound {
            return;
        }
        // What does not read or change rows is only parsed.
        let data = statements.iter().map(|statement| match &statement.kind {
            StatementKind::Data(statement) => Some(statement),
            _ => None,
        });
        let data: Vec<Option<&DataStatement>> = data.collect();
        self.sql_body(create, data, signature, returned);
    }
}

/// Points at the places in the migration that those in the text of a body are.
fn put_in_place(diagnostic: &mut Diagnostic, text: &RoutineText) {
    let labels = diagnostic.secondary.iter_mut();
    for label in labels.chain([&mut diagnostic.primary]) {
        if label.span.file != BODY {
            continue;
        }
        label.span = match text.verbatim {
            Some(place) => Span {
                file: place.file,
                start: place.start.saturating_add(label.span.start),
                end: place.start.saturating_add(label.span.end),
            },
            // With its escapes decoded it has other places than in the file.
            None => text.span,
        };
    }
}
