//! What a file does to a database in use, and to programs that do not know it, judged statement by statement.

use super::Replay;
use crate::check::Compatibility;
use crate::postgres::ast::Statement;
use crate::postgres::catalog::Catalog;
use crate::postgres::lints::{self, Lost, Scene};
use crate::postgres::split::{RawStatement, Token};
use crate::postgres::tree::Origin;

/// What is known of the current file so far.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    /// What it has found.
    start: Catalog,
    /// Whether it runs in a transaction.
    transaction: bool,
    /// What it drops, and what it may have kept of that.
    pub(super) lost: Lost,
    /// The columns by which the statement at hand chooses rows.
    pub(super) filters: Vec<Origin>,
    /// What it is to an older program.
    pub(super) compatibility: Compatibility,
}

impl Judged {
    /// Before the first statement of a file.
    pub(super) fn new(start: Catalog, transaction: bool) -> Judged {
        Judged {
            start,
            transaction,
            lost: Lost::default(),
            filters: Vec::new(),
            compatibility: Compatibility::Additive,
        }
    }
}

impl Replay {
    pub(super) fn begin_judging(&mut self, transaction: bool) {
        let start = self.catalog.clone();
        self.released.get_or_insert_with(|| start.clone());
        self.judged = Judged::new(start, transaction);
    }

    /// Judges a statement in which nothing is wrong.
    pub(super) fn judge(&mut self, before: &Catalog, statement: &Statement, raw: &RawStatement) {
        self.judge_inner(before, statement, &raw.tokens);
        let judged = &mut self.judged;
        judged
            .lost
            .dropped
            .extend(lints::dropped(before, &self.catalog));
        if judged.compatibility == Compatibility::Additive {
            judged.compatibility =
                super::additive::judge(&judged.start, before, &self.catalog, statement, raw);
        }
    }

    /// Judges what a statement does by itself, which may be one of a body that another statement runs.
    pub(super) fn judge_inner(
        &mut self,
        before: &Catalog,
        statement: &Statement,
        tokens: &[Token],
    ) {
        let judged = &mut self.judged;
        let scene = Scene {
            released: self.released.as_ref().unwrap_or(&judged.start),
            start: &judged.start,
            before,
            after: &self.catalog,
            transaction: judged.transaction,
        };
        let findings = lints::judge(&scene, statement);
        let filters = std::mem::take(&mut judged.filters);
        let filtered = scene.filter_on_new_column(&filters, &judged.lost, tokens);
        judged
            .lost
            .written
            .extend(lints::mentions(statement, tokens));
        self.diagnostics.extend(findings);
        self.diagnostics.extend(filtered);
    }

    pub(super) fn end_judging(&mut self) {
        let start = &self.judged.start;
        let released = self.released.as_ref().unwrap_or(start);
        let findings = lints::lost(released, &self.judged.lost);
        self.diagnostics.extend(findings);
    }
}
