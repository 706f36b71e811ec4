//! The statements of a file, and what directives before them declare.

use super::{Replay, missed};
use crate::check::Compatibility;
use crate::diagnostic::Code;
use crate::errors::{directives as errors, files};
use crate::lints::Lint;
use crate::missed::once_each;
use crate::postgres::ast::{Statement, StatementKind};
use crate::postgres::parse;
use crate::postgres::split::{Effect, RawStatement};
use crate::replay::MAX_MISTAKES;

impl Replay {
    /// Applies the statements of one file.
    ///
    /// `transaction` says whether the runner wraps the file in a transaction of its own.
    pub fn file(&mut self, statements: &[RawStatement], transaction: bool) {
        let first = self.diagnostics.len();
        self.changed.clear();
        self.begin_session();
        self.begin_file(transaction);
        self.begin_judging(transaction);
        for raw in statements {
            let (known, made) = (self.diagnostics.len(), self.catalog.made());
            let parsed = self.statement(raw);
            self.stand_in(known, made, parsed, raw);
            once_each(&mut self.diagnostics, known);
            let news = self.diagnostics.get(known..).unwrap_or_default();
            if let Some(missed) = missed::collect(news, known, raw, &self.catalog) {
                self.missed.push(missed);
            }
            if self.mistakes_since(first) > MAX_MISTAKES {
                self.report(files::too_many_mistakes(MAX_MISTAKES, raw.span));
                break;
            }
        }
        self.end_file(first);
        self.end_judging();
    }

    /// Applies a statement; or, where only running it shows what it does to the schema, what is declared in its place. Says
    /// whether it could be read.
    fn statement(&mut self, raw: &RawStatement) -> bool {
        self.steps = 0;
        let Some(statement) = self.parsed(raw) else {
            self.forget_rows();
            return false;
        };
        let Some(effect) = &raw.effect else {
            self.apply_and_judge(&statement, raw);
            return true;
        };
        let known = self.diagnostics.len();
        let before = self.clone();
        self.apply_and_judge(&statement, raw);
        let mut found = self.diagnostics.iter().skip(known);
        if found.any(|it| it.code == Code::OpaqueStatement) {
            *self = before;
            self.forget_rows();
            self.apply_declared(effect);
        } else if self.mistakes_since(known) == 0 {
            self.report(errors::needless_effect(effect.span, raw.span));
        }
        true
    }

    /// Applies what a directive declares.
    fn apply_declared(&mut self, effect: &Effect) {
        self.diagnostics.extend(effect.diagnostics.iter().cloned());
        self.judged.compatibility = Compatibility::Breaking {
            reason: "what it does to rows is not declared".to_owned(),
            span: effect.span,
        };
        for raw in &effect.statements {
            match self.parsed(raw) {
                Some(statement) if changes_schema(&statement.kind) => {
                    self.apply_and_judge(&statement, raw);
                }
                Some(_) => self.report(errors::no_change_of_schema(raw.span)),
                None => {}
            }
        }
    }

    fn parsed(&mut self, raw: &RawStatement) -> Option<Statement> {
        let parsed = parse::statement(&raw.tokens, u32::from(self.catalog.version));
        self.diagnostics.extend(parsed.diagnostics);
        parsed.statement
    }

    /// Applies a statement, remembers which rows it changes, and judges it if nothing is wrong with it.
    fn apply_and_judge(&mut self, statement: &Statement, raw: &RawStatement) {
        let change = self.change_of_rows(statement);
        let known = self.diagnostics.len();
        let before = self.catalog.clone();
        self.apply(statement);
        if self.mistakes_since(known) == 0 {
            self.check_certain_rows(&before, statement);
        }
        let is_sound = self.mistakes_since(known) == 0;
        if is_sound {
            self.changed.extend(change);
            self.judge(&before, statement, raw);
        }
        self.follow_rows(statement, is_sound);
    }

    /// How many mistakes were found since there were so many diagnostics.
    fn mistakes_since(&self, known: usize) -> usize {
        let found = self.diagnostics.iter().skip(known);
        found.filter(|one| Lint::of(one.code).is_none()).count()
    }
}

/// Whether a statement is one that changes the schema by what it says.
fn changes_schema(kind: &StatementKind) -> bool {
    !matches!(
        kind,
        StatementKind::Data(_)
            | StatementKind::MoveAll(_)
            | StatementKind::Truncate(_)
            | StatementKind::Transaction(_)
            | StatementKind::Explain(_)
            | StatementKind::RefreshMaterializedView(_)
            | StatementKind::Set(_)
            | StatementKind::SetConstraints(_)
            | StatementKind::Show(_)
            | StatementKind::Discard(_)
            | StatementKind::Prepare(_)
            | StatementKind::Execute(_)
            | StatementKind::Deallocate(_)
            | StatementKind::DeclareCursor(_)
            | StatementKind::Fetch(_)
            | StatementKind::Close(_)
            | StatementKind::Listen(_)
            | StatementKind::Unlisten(_)
            | StatementKind::Notify(_)
            | StatementKind::Lock(_)
            | StatementKind::Copy(_)
            | StatementKind::Call(_)
            | StatementKind::Do(_)
            | StatementKind::Vacuum(_)
            | StatementKind::Reindex(_)
            | StatementKind::Cluster(_)
            | StatementKind::Checkpoint
            | StatementKind::Load(_)
            | StatementKind::Server(_)
    )
}
