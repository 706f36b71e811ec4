//! DO: the statements of its block, as far as it is known what they are before anything runs.

use super::Replay;
use crate::diagnostic::{Code, Severity};
use crate::errors::postgres::plpgsql as errors;
use crate::postgres::ast::{Do, FunctionCall, RoutineOptionKind, StatementKind};
use crate::postgres::catalog::Catalog;
use crate::postgres::parse::cursor::Parser;
use crate::postgres::plpgsql::parse::{Routine, parse};
use crate::postgres::plpgsql::run::{Host, Mistake, Opaque, Stop, run};
use crate::postgres::plpgsql::states::state;
use crate::postgres::plpgsql::value::{Known, Settings};
use crate::postgres::split::Token;
use crate::text::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

/// More statements than one of a migration runs: beyond this a loop counts as one without an end.
const MAX_STEPS: usize = 100_000;

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
        let Some(text) = text else {
            return;
        };
        match language {
            "plpgsql" => {}
            "sql" | "c" | "internal" => {
                return self.report(errors::no_blocks(language, statement.span));
            }
            _ => {
                let stop = Err(opaque(statement.span, Opaque::Language));
                return self.end_run(self.clone(), stop);
            }
        }
        let version = u32::from(self.catalog.version);
        let routine = Routine::anonymous();
        let environment = self.environment();
        let block = match parse(&text.text, text.span, text.verbatim, &routine, environment) {
            Ok(block) => block,
            Err(diagnostic) => return self.report(*diagnostic),
        };
        let before = self.mark();
        let result = run(&block, self, version);
        self.end_run(before, result);
    }

    /// Goes back to what was before a run that did not come to its end, and says why.
    pub(super) fn end_run(&mut self, before: Replay, result: Result<(), Stop>) {
        match result {
            Ok(()) => {}
            Err(Stop::Mistake(mistake)) => {
                self.restore(before);
                if mistake.diagnostics.is_empty() {
                    let state = mistake.state.as_deref();
                    self.report(errors::raises(mistake.span, state));
                }
                self.diagnostics.extend(mistake.diagnostics);
            }
            Err(Stop::Opaque { span, why, within }) => {
                self.restore(before);
                self.report(errors::opaque(span, why, within.as_deref()));
            }
        }
    }
}

/// What is only known when it runs.
pub(super) fn opaque(span: Span, why: Opaque) -> Stop {
    Stop::Opaque {
        span,
        why,
        within: None,
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
        let steps = self.steps;
        *self = mark;
        self.steps = steps;
    }

    fn settings(&self) -> &Settings {
        &self.session.settings
    }

    fn step(&mut self) -> bool {
        self.steps += 1;
        self.steps <= MAX_STEPS
    }

    fn acts(&self, call: &FunctionCall) -> bool {
        is_set_config(call) || self.call_acts(call, &mut BTreeSet::new())
    }

    fn call_routine(
        &mut self,
        call: &FunctionCall,
        arguments: Vec<Known>,
        span: Span,
    ) -> Result<(), Stop> {
        match is_set_config(call) {
            true => self.set_config_of(&arguments, span),
            false => self.run_routine(call, arguments, span),
        }
    }

    fn apply(&mut self, tokens: &[Token], variables: &[Arc<str>]) -> Result<(), Stop> {
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
                return Err(Stop::Mistake(Mistake {
                    state: Some("42601".into()),
                    diagnostics: vec![*diagnostic],
                    span,
                }));
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
        match &statement.kind {
            StatementKind::Data(statement) => {
                if let Some(query) = self.check_data(statement) {
                    self.refuse_hidden_calls(statement, &query)?;
                }
            }
            StatementKind::Call(call) => self.check_call(call),
            StatementKind::Transaction(command) if !command.only_sets() => {
                self.report(errors::transaction_command(span));
            }
            _ => Replay::apply(self, &statement),
        }
        let is_error = |severity| severity == Severity::Error;
        let found = self.diagnostics.get(first..).unwrap_or_default();
        let Some(error) = found.iter().find(|found| is_error(found.severity)) else {
            return Ok(());
        };
        let (code, place) = (error.code, error.primary.span);
        let diagnostics = self.diagnostics.split_off(first);
        self.restore(before);
        if code == Code::OpaqueStatement {
            return Err(opaque(place, Opaque::Condition));
        }
        Err(Stop::Mistake(Mistake {
            state: state(code, tokens).map(Into::into),
            diagnostics,
            span,
        }))
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

/// Whether a call sets a parameter of the session.
fn is_set_config(call: &FunctionCall) -> bool {
    let schema = call.name.schema.as_ref().map(|it| &*it.name);
    &*call.name.name.name == "set_config" && matches!(schema, None | Some("pg_catalog"))
}
