//! The replay as `check` sees it.

use super::Replay;
use super::reversal::{self, RoundTrip};
use crate::catalog::Catalog;
use crate::check::{Compatibility, Reversal};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::errors::files;
use crate::lints::Lint;
use crate::postgres::parse;
use crate::postgres::split::{RawStatement, SplitFile, Texts, split_with};
use crate::replay::{self, MAX_MISTAKES};
use crate::split::{self, Statement as _};
use crate::text::{FileId, Span};

impl split::Statement for RawStatement {
    fn span(&self) -> Span {
        self.span
    }

    fn checksum(&self) -> crate::checksum::Checksum {
        crate::checksum::statement(self.tokens.iter().map(|token| &*token.text))
    }

    /// No declared effect is read here yet, so that a comment which declares one is an error and not without effect.
    fn takes_effect(&self) -> bool {
        false
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

    fn migration(&mut self, statements: &[RawStatement], transaction: bool) {
        let first = self.diagnostics.len();
        self.changed.clear();
        self.begin_session();
        self.begin_file(transaction);
        for raw in statements {
            let parsed = parse::statement(&raw.tokens, u32::from(self.catalog.version));
            self.diagnostics.extend(parsed.diagnostics);
            if let Some(statement) = &parsed.statement {
                let change = self.change_of_rows(statement);
                let known = self.diagnostics.len();
                self.apply(statement);
                if self.diagnostics.len() == known {
                    self.changed.extend(change);
                }
            }
            let mistakes = self.diagnostics.iter().skip(first);
            let mistakes = mistakes.filter(|one| Lint::of(one.code).is_none()).count();
            if mistakes > MAX_MISTAKES {
                self.report(files::too_many_mistakes(MAX_MISTAKES, raw.span()));
                break;
            }
        }
        self.end_file(first);
    }

    fn step(&mut self, _span: Span) {}

    fn finish(&mut self) {}

    fn diagnostics(&mut self) -> &mut Vec<Diagnostic> {
        &mut self.diagnostics
    }

    fn catalog(&self) -> Catalog {
        Catalog::Postgres(Box::new(self.catalog.clone()))
    }

    /// What an older program would notice is not judged for PostgreSQL, so that none is let go on by mistake.
    fn compatibility(&self) -> Compatibility {
        Compatibility::Breaking {
            reason: "what older programs would notice on PostgreSQL is not known".to_owned(),
            span: self.statement_span,
        }
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
