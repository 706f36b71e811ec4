//! DO: the statements of its block, as far as it is known what they are before anything runs.

use super::Replay;
use crate::diagnostic::{Code, Severity};
use crate::errors::postgres::plpgsql as errors;
use crate::postgres::ast::{Do, FunctionCall, RoutineOptionKind, Statement, StatementKind};
use crate::postgres::catalog::Catalog;
use crate::postgres::parse::cursor::Parser;
use crate::postgres::plpgsql::ast::Expression;
use crate::postgres::plpgsql::parse::{Routine, parse};
use crate::postgres::plpgsql::run::{Host, Mistake, Opaque, Stop, run};
use crate::postgres::plpgsql::states::state;
use crate::postgres::plpgsql::value::{Known, Settings};
use crate::postgres::resolve::{self, Environment, Variables};
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

    fn look_at(&mut self, expression: &Expression) -> Result<(), Stop> {
        let environment = Environment {
            variables: Some(&expression.names),
            ..self.environment()
        };
        let resolved = resolve::query(environment, &expression.query);
        let first = self.diagnostics.len();
        self.diagnostics.extend(resolved.diagnostics);
        match self.mistake_since(first, expression.span, &[]) {
            Some(mistake) => Err(Stop::Mistake(mistake)),
            None => Ok(()),
        }
    }

    fn apply(&mut self, tokens: &[Token], variables: &Arc<Variables>) -> Result<(), Stop> {
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
        let before = self.clone();
        let first = self.diagnostics.len();
        if sees_variables(&statement.kind) {
            self.variables = Some(Arc::clone(variables));
        }
        let hidden = self.apply_inner(&statement, span);
        self.variables = None;
        hidden?;
        let Some(mistake) = self.mistake_since(first, span, tokens) else {
            self.judge_inner(&before.catalog, &statement, tokens);
            return Ok(());
        };
        self.restore(before);
        match mistake
            .diagnostics
            .iter()
            .find(|it| it.code == Code::OpaqueStatement)
        {
            Some(opaque_one) => Err(opaque(opaque_one.primary.span, Opaque::Condition)),
            None => Err(Stop::Mistake(mistake)),
        }
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

impl Replay {
    /// Applies a statement of a body; functions that it calls where that cannot be followed are refused.
    fn apply_inner(&mut self, statement: &Statement, span: Span) -> Result<(), Stop> {
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
            _ => Replay::apply(self, statement),
        }
        Ok(())
    }

    /// Takes the diagnostics since there were so many, if one of them is an error.
    fn mistake_since(&mut self, first: usize, span: Span, tokens: &[Token]) -> Option<Mistake> {
        let found = self.diagnostics.get(first..).unwrap_or_default();
        let error = found.iter().find(|it| it.severity == Severity::Error)?;
        let state = state(error.code, tokens).map(Into::into);
        Some(Mistake {
            state,
            diagnostics: self.diagnostics.split_off(first),
            span,
        })
    }
}

/// Whether a statement sees the variables of a body: what reads or changes rows does, what defines an object does not.
fn sees_variables(kind: &StatementKind) -> bool {
    matches!(
        kind,
        StatementKind::Data(_)
            | StatementKind::CreateTableAs(_)
            | StatementKind::Explain(_)
            | StatementKind::Call(_)
            | StatementKind::DeclareCursor(_)
    )
}

/// Whether a call sets a parameter of the session.
fn is_set_config(call: &FunctionCall) -> bool {
    let schema = call.name.schema.as_ref().map(|it| &*it.name);
    &*call.name.name.name == "set_config" && matches!(schema, None | Some("pg_catalog"))
}
