//! A DO block run on the catalog: its statements in order, as far as what they do is known before anything runs.
//!
//! Conditions over the system catalogs are evaluated on the catalog at hand, so `IF NOT EXISTS (SELECT … FROM pg_type …)`
//! takes the branch that the engine would take. What depends on rows of tables is not known: both branches may run, which
//! is fine as long as neither changes the schema. What cannot be told is opaque, and the block then has no effect here.

mod doubt;
mod loops;
#[cfg(test)]
mod tests;
mod variables;

use super::ast::{
    Block, Condition, DeclarationKind, Expression, Handler, Statement, StatementKind,
};
use super::conditions::covers;
use super::evaluate::truth;
use super::value::{Known, Value};
use crate::diagnostic::Diagnostic;
use crate::postgres::catalog::Catalog;
use crate::postgres::split::{Token, split};
use crate::text::{FileId, Span};
use std::sync::Arc;
use variables::is_record;

/// More statements than a migration runs: beyond this a loop counts as one without an end.
const MAX_STEPS: usize = 100_000;

/// What the statements of a block are applied to.
pub trait Host {
    /// What [`Host::restore`] needs to go back.
    type Mark;

    /// The catalog as it is now.
    fn catalog(&self) -> &Catalog;

    /// Remembers how things are, as a savepoint does.
    fn mark(&self) -> Self::Mark;

    /// Goes back to how things were.
    fn restore(&mut self, mark: Self::Mark);

    /// Applies a statement of SQL, in which these names are variables.
    ///
    /// # Errors
    ///
    /// If the engine would refuse it.
    fn apply(&mut self, statement: &[Token], variables: &[Arc<str>]) -> Result<(), Mistake>;

    /// COMMIT or ROLLBACK, which the engine only allows where the block is no part of a transaction.
    ///
    /// # Errors
    ///
    /// If it is.
    fn end_transaction(&mut self, span: Span) -> Result<(), Mistake>;
}

/// A statement that the engine would refuse, or that raises an error itself.
#[derive(Debug, Clone)]
pub struct Mistake {
    /// The SQLSTATE, if it is known.
    pub state: Option<Arc<str>>,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// Where.
    pub span: Span,
}

/// Why a block did not run to its end.
#[derive(Debug, Clone)]
pub enum Stop {
    /// What a statement does is only known when it runs.
    Opaque {
        /// The statement.
        span: Span,
        /// Why.
        why: Opaque,
    },
    /// The engine would refuse a statement, and nothing handles that.
    Mistake(Mistake),
}

/// Why what a statement does is only known when it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Opaque {
    /// The text of EXECUTE.
    Text,
    /// Whether it runs at all depends on what is not known.
    Condition,
    /// How often a loop runs.
    Loop,
}

/// Where control goes after a statement.
enum Flow {
    Next,
    Exit(Option<Arc<str>>),
    Continue(Option<Arc<str>>),
    Return,
}

/// Runs a block.
///
/// # Errors
///
/// If it cannot be told what the block does, or the engine would refuse it. What it did until then stays done: the caller
/// goes back to its own mark.
pub fn run<H: Host>(block: &Block, host: &mut H, version: u32) -> Result<(), Stop> {
    let mut run = Run {
        host,
        version,
        variables: vec![("found".into(), None)],
        records: Vec::new(),
        doubt: false,
        steps: 0,
    };
    run.block(block).map(|_| ())
}

struct Run<'a, H> {
    host: &'a mut H,
    version: u32,
    variables: Vec<(Arc<str>, Known)>,
    /// The variables that are rows.
    records: Vec<Arc<str>>,
    /// Whether it is not known if the statement at hand is reached.
    doubt: bool,
    steps: usize,
}

impl<H: Host> Run<'_, H> {
    fn block(&mut self, block: &Block) -> Result<Flow, Stop> {
        let variables = self.variables.len();
        let records = self.records.len();
        for declaration in &block.declarations {
            let value = match &declaration.kind {
                DeclarationKind::Variable {
                    default: Some(default),
                    ..
                } => self.value(default),
                DeclarationKind::Variable { default: None, .. } => Some(Value::Null),
                DeclarationKind::Alias(_) | DeclarationKind::Cursor { .. } => None,
            };
            if let DeclarationKind::Variable { type_name, .. } = &declaration.kind
                && is_record(type_name)
            {
                self.records.push(declaration.name.name.clone());
            }
            self.variables.push((declaration.name.name.clone(), value));
        }
        let result = match block.handlers.as_slice() {
            [] => self.statements(&block.statements),
            handlers => self.guarded(&block.statements, handlers),
        };
        self.variables.truncate(variables);
        self.records.truncate(records);
        match (result?, &block.label) {
            (Flow::Exit(Some(label)), Some(own)) if label == own.name => Ok(Flow::Next),
            (flow, _) => Ok(flow),
        }
    }

    /// Statements with handlers: an error brings back what was before them.
    fn guarded(&mut self, statements: &[Statement], handlers: &[Handler]) -> Result<Flow, Stop> {
        let mark = self.host.mark();
        let mistake = match self.statements(statements) {
            Err(Stop::Mistake(mistake)) => mistake,
            other => return other,
        };
        let handler = handlers.iter().find(|handler| {
            handler
                .conditions
                .iter()
                .any(|condition| handles(condition, mistake.state.as_deref()))
        });
        let Some(handler) = handler else {
            return Err(Stop::Mistake(mistake));
        };
        self.host.restore(mark);
        let depth = self.variables.len();
        let state = mistake.state.as_deref().map(Value::text);
        self.variables.push(("sqlstate".into(), state));
        self.variables.push(("sqlerrm".into(), None));
        let result = self.statements(&handler.statements);
        self.variables.truncate(depth);
        match result {
            // RAISE alone raises the same error again.
            Err(Stop::Mistake(again)) if again.state.is_none() && again.diagnostics.is_empty() => {
                Err(Stop::Mistake(mistake))
            }
            other => other,
        }
    }

    fn statements(&mut self, statements: &[Statement]) -> Result<Flow, Stop> {
        for statement in statements {
            if self.doubt {
                self.maybe(std::slice::from_ref(statement))?;
                continue;
            }
            match self.statement(statement)? {
                Flow::Next => {}
                flow => return Ok(flow),
            }
        }
        Ok(Flow::Next)
    }

    fn statement(&mut self, statement: &Statement) -> Result<Flow, Stop> {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return Err(opaque(statement.span, Opaque::Loop));
        }
        match &statement.kind {
            StatementKind::Null
            | StatementKind::Assert { .. }
            | StatementKind::ReturnNext(_)
            | StatementKind::ReturnQuery(_)
            | StatementKind::Close(_)
            | StatementKind::Open { .. } => {}
            StatementKind::Return(_) => return Ok(Flow::Return),
            StatementKind::Block(block) => return self.block(block),
            StatementKind::Assign {
                target,
                part,
                value,
            } => {
                let value = self.value(value);
                self.assign(target, if part.is_some() { None } else { value });
            }
            StatementKind::If {
                branches,
                otherwise,
            } => return self.branches(statement.span, None, branches, Some(otherwise)),
            StatementKind::Case {
                operand,
                branches,
                otherwise,
            } => {
                let operand = operand.as_ref().map(|operand| self.value(operand));
                let otherwise = otherwise.as_deref();
                return self.branches(statement.span, operand, branches, otherwise);
            }
            StatementKind::Loop { label, kind, body } => {
                return self.repeat(statement.span, label.as_ref(), kind, body);
            }
            StatementKind::Leave { exit, label, when } => {
                let applies = match when {
                    Some(when) => match self.condition(when) {
                        Some(applies) => applies,
                        None => return Err(opaque(statement.span, Opaque::Condition)),
                    },
                    None => true,
                };
                if applies {
                    let label = label.as_ref().map(|label| label.name.clone());
                    return Ok(match exit {
                        true => Flow::Exit(label),
                        false => Flow::Continue(label),
                    });
                }
            }
            StatementKind::Raise(raise) => {
                if raise.exception {
                    let state = match (&raise.state, raise.again, raise.using.is_empty()) {
                        (Some(state), ..) => Some(state.as_ref().into()),
                        (None, false, true) => Some("P0001".into()),
                        (None, ..) => None,
                    };
                    return Err(Stop::Mistake(Mistake {
                        state,
                        diagnostics: Vec::new(),
                        span: statement.span,
                    }));
                }
            }
            StatementKind::Execute { command, into, .. } => {
                let Some(Value::Text(text)) = self.value(command) else {
                    return Err(opaque(statement.span, Opaque::Text));
                };
                self.execute(&text, statement.span)?;
                self.forget_into(into.as_ref());
            }
            StatementKind::Perform(query) => {
                let found = self.scope().exists(&query.query).map(Value::Bool);
                self.set("found", found);
            }
            StatementKind::Sql { sql, into } => {
                let names: Vec<Arc<str>> = self.names();
                self.host
                    .apply(&sql.tokens, &names)
                    .map_err(Stop::Mistake)?;
                if let Some(into) = into {
                    self.put(into, self.only_row(sql));
                }
            }
            StatementKind::GetDiagnostics(targets) => {
                for target in targets {
                    self.assign(target, None);
                }
            }
            StatementKind::Fetch { into, .. } => self.forget_into(into.as_ref()),
            StatementKind::Transaction { .. } => {
                let ended = self.host.end_transaction(statement.span);
                ended.map_err(Stop::Mistake)?;
            }
        }
        Ok(Flow::Next)
    }

    /// IF and CASE.
    fn branches(
        &mut self,
        span: Span,
        operand: Option<Known>,
        branches: &[(Expression, Vec<Statement>)],
        otherwise: Option<&[Statement]>,
    ) -> Result<Flow, Stop> {
        for (position, (condition, statements)) in branches.iter().enumerate() {
            let applies = match &operand {
                None => self.condition(condition),
                Some(operand) => {
                    let value = self.value(condition);
                    let equal = match (operand, value) {
                        (Some(operand), Some(value)) => self.scope().binary("=", operand, &value),
                        _ => None,
                    };
                    equal.as_ref().and_then(truth).map(|it| it == Some(true))
                }
            };
            match applies {
                Some(true) => return self.statements(statements),
                Some(false) => {}
                None => {
                    for (_, statements) in branches.get(position..).unwrap_or_default() {
                        self.maybe(statements)?;
                    }
                    self.maybe(otherwise.unwrap_or_default())?;
                    return Ok(Flow::Next);
                }
            }
        }
        match otherwise {
            Some(statements) => self.statements(statements),
            // The engine's `case_not_found`.
            None => Err(Stop::Mistake(Mistake {
                state: Some("20000".into()),
                diagnostics: Vec::new(),
                span,
            })),
        }
    }

    /// The statements of a text that EXECUTE is given; each has the place of EXECUTE.
    fn execute(&mut self, text: &str, span: Span) -> Result<(), Stop> {
        let file = split(FileId(0), text);
        if let Some(diagnostic) = file.diagnostics.into_iter().next() {
            let mut diagnostic = diagnostic;
            diagnostic.primary.span = span;
            return Err(Stop::Mistake(Mistake {
                state: Some("42601".into()),
                diagnostics: vec![diagnostic],
                span,
            }));
        }
        for statement in file.statements {
            let tokens = statement
                .tokens
                .into_iter()
                .map(|token| Token { span, ..token });
            let tokens: Vec<Token> = tokens.collect();
            self.host.apply(&tokens, &[]).map_err(Stop::Mistake)?;
        }
        Ok(())
    }
}

fn opaque(span: Span, why: Opaque) -> Stop {
    Stop::Opaque { span, why }
}

/// Whether a handler is for an error. OTHERS is not for a failed assertion; one whose SQLSTATE is not known is only for it.
fn handles(condition: &Condition, state: Option<&str>) -> bool {
    match (condition, state) {
        (Condition::Others, Some("P0004" | "57014")) => false,
        (Condition::Others, _) => true,
        (Condition::State(_), None) => false,
        (Condition::State(condition), Some(state)) => covers(condition, state),
    }
}
