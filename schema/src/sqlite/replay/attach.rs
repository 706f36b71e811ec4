//! ATTACH, DETACH and VACUUM.

use super::Replay;
use super::transaction::Around;
use crate::catalog::Key;
use crate::errors::sqlite::{objects, transactions as errors};
use crate::sqlite::ast::{Expr, ExprKind, Literal};
use crate::sqlite::catalog::{Catalog, Database, Departed, Trigger};
use crate::sqlite::lints;
use crate::sqlite::resolve;
use crate::text::{Ident, Span};

/// `SQLITE_MAX_ATTACHED`.
const MAX_ATTACHED: usize = 10;

impl Replay {
    pub(super) fn attach(&mut self, file: &Expr, name: &Expr, key: Option<&Expr>, span: Span) {
        if !self.operands([Some(file), Some(name), key]) {
            return self.attach_as_meant(name);
        }
        let Some(text) = text_of(name) else {
            return self.report(errors::computed_database(name.span));
        };
        if self.catalog.databases.len() >= MAX_ATTACHED + 2 {
            self.report(errors::too_many_databases(span));
            return self.attach_as_meant(name);
        }
        if self.catalog.database(&text).is_some() {
            return self.report(errors::database_in_use(&text, name.span));
        }
        self.catalog.databases.push(Database::new(&text));
        let in_transaction = self.transaction_around().is_some();
        let finding = lints::attached(file, &text, name.span, in_transaction);
        self.diagnostics.extend(finding);
    }

    /// Attaches what a mistake stops from being attached, for the statements that use it.
    fn attach_as_meant(&mut self, name: &Expr) {
        if let Some(text) = text_of(name)
            && self.catalog.database(&text).is_none()
        {
            self.catalog.databases.push(Database::new(&text));
        }
    }

    pub(super) fn detach(&mut self, name: &Expr) {
        if !self.operands([Some(name), None, None]) {
            return;
        }
        let Some(text) = text_of(name) else {
            return self.report(errors::computed_database(name.span));
        };
        match self.catalog.database(&text) {
            None => {
                let names = self.catalog.databases.iter().map(|it| &*it.name);
                let diagnostic = errors::unknown_detached(&text, name.span, names);
                self.report(diagnostic);
            }
            Some(Catalog::MAIN | Catalog::TEMP) => {
                self.report(errors::kept_database(&text, name.span));
            }
            Some(position) => match self.lock(position) {
                Some(around) => {
                    self.report(errors::locked_database(&text, name.span, around));
                }
                None => self.remove_database(position),
            },
        }
    }

    /// The open transaction if it holds a database: all that were there when it began, and what it has written to.
    fn lock(&self, position: usize) -> Option<Around> {
        let database = self.catalog.databases.get(position);
        let is_written = database.is_some_and(|database| database.created > 0);
        let around = self.transaction_around()?;
        (!self.is_attached_since(position) || is_written).then_some(around)
    }

    /// Takes a database away with its triggers elsewhere; those behind it move up.
    pub(super) fn remove_database(&mut self, position: usize) {
        if position < self.catalog.databases.len() {
            self.catalog.databases.remove(position);
        }
        for database in &mut self.catalog.databases {
            let moved: Vec<Key> = database
                .triggers
                .iter()
                .filter(|(_, trigger)| trigger.database >= position)
                .map(|(key, _)| key.clone())
                .collect();
            for key in moved {
                let trigger = database.take_trigger(&key);
                if let Some(trigger) = trigger.filter(|trigger| trigger.database > position) {
                    database.put_trigger(Trigger {
                        database: trigger.database - 1,
                        ..Trigger::clone(&trigger)
                    });
                }
            }
        }
        let departed = &mut self.catalog.departed;
        let is_kept = |departed: &&Departed| departed.database < position;
        if !departed.newest_first().all(|departed| is_kept(&departed)) {
            let kept = departed.oldest_first().into_iter().filter(is_kept);
            *departed = kept.cloned().collect();
        }
        self.bodies_detached(position);
    }

    pub(super) fn vacuum(&mut self, database: Option<&Ident>, into: Option<&Expr>, span: Span) {
        if let Some(name) = database
            && self.catalog.database(&name.name).is_none()
        {
            let diagnostic = objects::unknown_database(&self.catalog, name);
            return self.report(diagnostic);
        }
        if !self.operands([into, None, None]) {
            return;
        }
        if let Some(around) = self.transaction_around()
            && !self.explained
        {
            self.report(errors::needs_no_transaction("VACUUM", span, around));
        }
    }

    fn operands(&mut self, operands: [Option<&Expr>; 3]) -> bool {
        let known = self.diagnostics.len();
        for operand in operands.into_iter().flatten() {
            let resolution = resolve::constant(self.environment(), operand);
            self.diagnostics.extend(resolution.diagnostics);
        }
        known == self.diagnostics.len()
    }
}

/// The value of an operand that is written out. A bare name stands for itself.
fn text_of(value: &Expr) -> Option<String> {
    match &value.kind {
        ExprKind::Parenthesized(inner) => text_of(inner),
        ExprKind::Name(name) => Some(name.name.to_string()),
        ExprKind::Literal(Literal::String(text)) => Some(text.to_string()),
        ExprKind::Literal(Literal::Integer(text)) => Some(text.to_string()),
        _ => None,
    }
}
