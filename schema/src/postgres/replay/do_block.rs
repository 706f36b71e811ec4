//! DO: the statements of its block, as far as it is known what they are before anything runs.

use super::Replay;
use crate::diagnostic::Severity;
use crate::errors::postgres::plpgsql as errors;
use crate::postgres::ast::{Do, RoutineOptionKind, StatementKind};
use crate::postgres::catalog::Catalog;
use crate::postgres::parse::cursor::Parser;
use crate::postgres::plpgsql::parse::{Routine, parse};
use crate::postgres::plpgsql::run::{Host, Mistake, Stop, run};
use crate::postgres::plpgsql::states::state;
use crate::postgres::split::Token;
use crate::text::Span;
use std::sync::Arc;

impl Replay {
    /// DO. What a mistake in it leaves behind is nothing, as the engine runs it in a piece.
    pub(super) fn do_block(&mut self, statement: &Do) {
        let mut text = None;
        let mut language = "plpgsql";
        for option in &statement.options {
            match &option.kind {
                RoutineOptionKind::As(body, _) => text = Some(body),
                RoutineOptionKind::Language(name) => language = &name.name,
                _ => {}
            }
        }
        let Some(text) = text.filter(|_| language == "plpgsql") else {
            return;
        };
        let version = u32::from(self.catalog.version);
        let routine = Routine::anonymous();
        let environment = self.environment();
        let block = match parse(&text.text, text.span, text.verbatim, &routine, environment) {
            Ok(block) => block,
            Err(diagnostic) => return self.report(*diagnostic),
        };
        let before = self.mark();
        match run(&block, self, version) {
            Ok(()) => {}
            Err(Stop::Mistake(mistake)) => {
                self.restore(before);
                if mistake.diagnostics.is_empty() {
                    let state = mistake.state.as_deref();
                    self.report(errors::raises(mistake.span, state));
                }
                self.diagnostics.extend(mistake.diagnostics);
            }
            Err(Stop::Opaque { span, why }) => {
                self.restore(before);
                self.report(errors::opaque(span, why));
            }
        }
    }
}

impl Host for Replay {
    type Mark = Replay;

    fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    fn mark(&self) -> Replay {
        self.clone()
    }

    fn restore(&mut self, mark: Replay) {
        *self = mark;
    }

    fn apply(&mut self, tokens: &[Token], variables: &[Arc<str>]) -> Result<(), Mistake> {
        let mut parser = Parser::new(tokens, u32::from(self.catalog.version));
        let parsed = parser
            .statement()
            .and_then(|statement| match parser.peek() {
                Some(_) => Err(parser.expected("`;`")),
                None => Ok(statement),
            });
        let span = match tokens {
            [first, .., last] => first.span.to(last.span),
            [only] => only.span,
            [] => self.statement_span,
        };
        let statement = match parsed {
            Ok(statement) => statement,
            Err(diagnostic) => {
                return Err(Mistake {
                    state: Some("42601".into()),
                    diagnostics: vec![*diagnostic],
                    span,
                });
            }
        };
        // A variable stands for a value there, which is not looked up yet.
        let names_variable = tokens.iter().any(|token| {
            variables
                .iter()
                .any(|name| token.text.eq_ignore_ascii_case(name))
        });
        if names_variable && matches!(statement.kind, StatementKind::Data(_)) {
            return Ok(());
        }
        let before = self.clone();
        let first = self.diagnostics.len();
        Replay::apply(self, &statement);
        let is_error = |severity| severity == Severity::Error;
        let found = self.diagnostics.get(first..).unwrap_or_default();
        let Some(error) = found.iter().find(|found| is_error(found.severity)) else {
            return Ok(());
        };
        let state = state(error.code, tokens).map(Into::into);
        let diagnostics = self.diagnostics.split_off(first);
        *self = before;
        Err(Mistake {
            state,
            diagnostics,
            span,
        })
    }

    fn end_transaction(&mut self, span: Span) -> Result<(), Mistake> {
        if self.transaction_around().is_none() {
            return Ok(());
        }
        Err(Mistake {
            state: Some("2D000".into()),
            diagnostics: vec![errors::ends_transaction(span)],
            span,
        })
    }
}
