//! The replay as `check` sees it.

use super::reversal::{self, RoundTrip};
use super::{Replay, missed};
use crate::catalog::Catalog;
use crate::check::{Compatibility, Reversal};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::postgres::parse;
use crate::postgres::split::{RawStatement, SplitFile, Texts, split_with};
use crate::replay;
use crate::split;
use crate::text::{FileId, Span};

impl split::Statement for RawStatement {
    fn span(&self) -> Span {
        self.span
    }

    fn whole(&self) -> Span {
        match &self.effect {
            Some(effect) => effect.span.to(self.span),
            None => self.span,
        }
    }

    fn checksum(&self) -> crate::checksum::Checksum {
        crate::checksum::statement(self.tokens.iter().map(|token| &*token.text))
    }

    /// Any: whether a statement needs one is only known when it is replayed.
    fn takes_effect(&self) -> bool {
        true
    }
}

impl replay::Splitter for Texts {
    type Statement = RawStatement;

    fn split(&mut self, file: FileId, text: &str) -> SplitFile {
        split_with(self, file, text)
    }

    /// A comment that nothing closes is an error here.
    fn findings(_text: &str, _split: &SplitFile) -> Option<Diagnostic> {
        None
    }
}

impl replay::Replay for Replay {
    type Statement = RawStatement;
    type Splitter = Texts;

    fn new(config: &Config) -> Replay {
        Replay::on(&config.server)
    }

    fn parse(&self, statement: &RawStatement) -> Vec<Diagnostic> {
        parse::statement(&statement.tokens, u32::from(self.catalog.version)).diagnostics
    }

    fn migration(&mut self, statements: &[RawStatement], transaction: bool, released: bool) {
        self.file(statements, transaction);
        if released {
            // What it has left behind is released, too.
            self.released = None;
        }
    }

    /// What is done to tables in use.
    fn ends_with_release(code: Code) -> bool {
        matches!(
            code,
            Code::Destructive
                | Code::FailsOnRows
                | Code::BlockingIndex
                | Code::BlockingValidation
                | Code::RewritesTable
        )
    }

    fn step(&mut self, span: Span) {
        self.judged.compatibility = Compatibility::Breaking {
            reason: "a step may change any row".to_owned(),
            span,
        };
    }

    fn finish(&mut self) {
        self.judge_routines();
        missed::explain(&self.missed, &self.catalog, &mut self.diagnostics);
    }

    fn diagnostics(&mut self) -> &mut Vec<Diagnostic> {
        &mut self.diagnostics
    }

    fn catalog(&self) -> Catalog {
        Catalog::Postgres(Box::new(self.catalog.clone()))
    }

    fn compatibility(&self) -> Compatibility {
        self.judged.compatibility.clone()
    }

    fn reversal(
        &self,
        before: &Catalog,
        back: &Replay,
        file: FileId,
        statement: Option<Span>,
    ) -> (Reversal, Option<Diagnostic>) {
        let found = &self.catalog;
        let round_trip = RoundTrip {
            before: before.postgres().unwrap_or(found),
            middle: found,
            after: &back.catalog,
            up: &self.changed,
            down: &back.changed,
        };
        reversal::judge(&round_trip, statement.unwrap_or(Span::new(file, 0..0)))
    }
}
