//! The replay as `check` sees it.

use super::Replay;
use crate::catalog::Catalog;
use crate::check::{Compatibility, Reversal};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::replay;
use crate::sqlite::lints::irreversible;
use crate::sqlite::lints::losses::RoundTrip;
use crate::sqlite::parse;
use crate::sqlite::split::{RawStatement, Texts};
use crate::text::{FileId, Span};

impl replay::Replay for Replay {
    type Statement = RawStatement;
    type Splitter = Texts;

    fn new(config: &Config) -> Replay {
        Replay::new(&config.rules)
    }

    fn parse(&self, statement: &RawStatement) -> Vec<Diagnostic> {
        parse::statement(&statement.tokens, &self.rules).diagnostics
    }

    fn migration(&mut self, statements: &[RawStatement], transaction: bool, _released: bool) {
        Replay::migration(self, statements, transaction);
    }

    fn ends_with_release(_code: Code) -> bool {
        false
    }

    fn step(&mut self, span: Span) {
        Replay::step(self, span);
    }

    fn finish(&mut self) {
        Replay::finish(self);
    }

    fn diagnostics(&mut self) -> &mut Vec<Diagnostic> {
        &mut self.diagnostics
    }

    fn catalog(&self) -> Catalog {
        Catalog::Sqlite(self.catalog.clone())
    }

    fn compatibility(&self) -> Compatibility {
        self.additions.compatibility.clone()
    }

    fn reversal(
        &self,
        before: &Catalog,
        back: &Replay,
        file: FileId,
        statement: Option<Span>,
    ) -> (Reversal, Option<Diagnostic>) {
        let found = self.catalog.clone();
        let round_trip = RoundTrip {
            before: before.sqlite().unwrap_or(&found),
            middle: &self.catalog,
            after: &back.catalog,
            up: &self.rows,
            down: &back.rows,
        };
        irreversible::judge(&round_trip, file, statement)
    }
}
