//! A DO block run on the catalog: its statements in order, as far as what they do is known before anything runs.
//!
//! Conditions over the system catalogs are evaluated on the catalog at hand, so `IF NOT EXISTS (SELECT … FROM pg_type …)`
//! takes the branch that the engine would take. What depends on rows of tables is not known: both branches may run, which
//! is fine as long as neither changes the schema. What cannot be told is opaque, and the block then has no effect here.

mod doubt;
mod execute;
mod loops;
#[cfg(test)]
mod tests;
mod variables;

use super::ast::{
    Block, Condition, DeclarationKind, Expression, Handler, QuerySource, Statement, StatementKind,
};
use super::conditions::covers;
use super::effects::changes_schema;
use super::evaluate::truth;
use super::parse::is_word;
use super::value::{Known, Settings, Value};
use crate::diagnostic::Diagnostic;
use crate::errors::postgres::plpgsql as errors;
use crate::postgres::ast::{FunctionCall, Query};
use crate::postgres::catalog::Catalog;
use crate::postgres::resolve::{Conflict, Variable, VariableBlock, Variables};
use crate::postgres::split::Token;
use crate::text::Span;
use std::collections::BTreeSet;
use std::sync::Arc;
use variables::is_record;

/// What the statements of a block are applied to.
pub trait Host {
    /// What [`Host::restore`] needs to go back.
    type Mark;

    /// The catalog as it is now.
    fn catalog(&self) -> &Catalog;

    /// The parameters of the session that are known.
    fn settings(&self) -> &Settings;

    /// Takes one of the steps that a statement of a migration has; whether there was one left.
    fn step(&mut self) -> bool;

    /// Remembers how things are, as a savepoint does.
    fn mark(&self) -> Self::Mark;

    /// Goes back to how things were.
    fn restore(&mut self, mark: Self::Mark);

    /// Applies a statement of SQL that sees these variables, but for the functions that it calls.
    ///
    /// # Errors
    ///
    /// If the engine would refuse it.
    fn apply(&mut self, statement: &[Token], variables: &Arc<Variables>) -> Result<(), Stop>;

    /// Looks at the names in an expression.
    ///
    /// # Errors
    ///
    /// If the engine would refuse it.
    fn look_at(&mut self, expression: &Expression) -> Result<(), Stop>;

    /// Whether a call may change the schema, or what later statements mean.
    fn acts(&self, call: &FunctionCall) -> bool;

    /// Does what such a call does, with its arguments as far as they are known.
    ///
    /// # Errors
    ///
    /// If that cannot be told, or the engine would refuse something in it.
    fn call_routine(
        &mut self,
        call: &FunctionCall,
        arguments: Vec<Known>,
        span: Span,
    ) -> Result<(), Stop>;

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
        /// The function in whose body it is.
        within: Option<Arc<str>>,
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
    /// Whether, or with what, a function is called that changes the schema.
    Call,
    /// Whether COMMIT or ROLLBACK is reached where it cannot be.
    Transaction,
    /// The language of a block.
    Language,
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
    run_with(block, host, version, Vec::new())
}

/// Runs the body of a routine, whose parameters are variables.
///
/// # Errors
///
/// As of [`run`].
pub(crate) fn run_with<H: Host>(
    block: &Block,
    host: &mut H,
    version: u32,
    parameters: Vec<(Arc<str>, Known)>,
) -> Result<(), Stop> {
    let mut run = Run::new(host, version, parameters);
    let found = Some(Value::Bool(false));
    run.variables.push(("found".into(), found));
    run.block(block).map(|_| ())
}

/// Does what the functions do that a query calls, which stands alone, and refers to no variable but these.
///
/// # Errors
///
/// As of [`run`].
pub(crate) fn run_calls<H: Host>(
    query: &Query,
    host: &mut H,
    version: u32,
    variables: Vec<(Arc<str>, Known)>,
) -> Result<(), Stop> {
    Run::new(host, version, variables).calls(query, query.span)
}

/// Runs the statements of a body in SQL.
///
/// # Errors
///
/// As of [`run`].
pub(crate) fn run_sql<H: Host>(
    statements: &[Vec<Token>],
    span: Span,
    host: &mut H,
    version: u32,
    parameters: Vec<(Arc<str>, Known)>,
) -> Result<(), Stop> {
    let names = unknown_variables(&parameters);
    let mut run = Run::new(host, version, parameters);
    statements
        .iter()
        .try_for_each(|tokens| run.sql(tokens, &names, span))
}

/// Variables of which no more is told than their names, as a body in SQL was resolved when its function was made.
fn unknown_variables(parameters: &[(Arc<str>, Known)]) -> Arc<Variables> {
    let (numbered, named): (Vec<_>, Vec<_>) = parameters
        .iter()
        .map(|(name, _)| name)
        .partition(|name| name.starts_with('$'));
    let variables = named.into_iter().map(|name| Variable {
        name: Arc::clone(name),
        typed: None,
        number: 0,
    });
    Arc::new(Variables {
        conflict: Conflict::Column,
        blocks: vec![VariableBlock {
            label: None,
            variables: variables.collect(),
            row: None,
        }],
        parameters: vec![None; numbered.len()],
        open: false,
    })
}

struct Run<'a, H> {
    host: &'a mut H,
    version: u32,
    variables: Vec<(Arc<str>, Known)>,
    /// The variables that are rows.
    records: Vec<Arc<str>>,
    /// Whether it is not known if the statement at hand is reached.
    doubt: bool,
    /// The expressions, by their addresses, that were looked at since the schema was changed.
    looked_at: BTreeSet<usize>,
}

impl<'a, H: Host> Run<'a, H> {
    fn new(host: &'a mut H, version: u32, variables: Vec<(Arc<str>, Known)>) -> Run<'a, H> {
        Run {
            host,
            version,
            variables,
            records: Vec::new(),
            doubt: false,
            looked_at: BTreeSet::new(),
        }
    }
}

impl<H: Host> Run<'_, H> {
    fn block(&mut self, block: &Block) -> Result<Flow, Stop> {
        let variables = self.variables.len();
        let records = self.records.len();
        for declaration in &block.declarations {
            let value = match &declaration.kind {
                DeclarationKind::Variable {
                    default: Some(default),
                    type_name,
                    ..
                } => {
                    self.look_at(default)?;
                    self.converted(self.value(default), type_name)
                }
                DeclarationKind::Variable { default: None, .. } => Some(Value::Null),
                DeclarationKind::Alias(of) => self.scope().name(of),
                DeclarationKind::Cursor { .. } => None,
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
        if !self.host.step() {
            return Err(opaque(statement.span, Opaque::Loop));
        }
        match &statement.kind {
            StatementKind::Null | StatementKind::ReturnNext(None) | StatementKind::Close(_) => {}
            StatementKind::Open {
                arguments, source, ..
            } => {
                self.look_at_all(arguments)?;
                match source {
                    Some(QuerySource::Static(sql)) => {
                        self.sql(&sql.tokens, &sql.names, sql.span)?
                    }
                    Some(QuerySource::Dynamic(command, using)) => {
                        self.look_at(command)?;
                        self.look_at_all(using)?;
                    }
                    None => {}
                }
            }
            StatementKind::Assert { condition, .. } => {
                self.look_at(condition)?;
                if self.condition(condition) == Some(false) {
                    return Err(raised(Some("P0004".into()), statement.span));
                }
            }
            StatementKind::ReturnNext(Some(value)) => self.look_at(value)?,
            StatementKind::ReturnQuery(source) => {
                self.rows_of(source)?;
            }
            StatementKind::Return(value) => {
                if let Some(value) = value {
                    self.look_at(value)?;
                }
                return Ok(Flow::Return);
            }
            StatementKind::Block(block) => return self.block(block),
            StatementKind::Assign {
                target,
                part,
                value,
            } => {
                self.look_at(value)?;
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
                if let Some(operand) = operand {
                    self.look_at(operand)?;
                }
                let operand = operand.as_ref().map(|operand| self.value(operand));
                let otherwise = otherwise.as_deref();
                return self.branches(statement.span, operand, branches, otherwise);
            }
            StatementKind::Loop { label, kind, body } => {
                return self.repeat(statement.span, label.as_ref(), kind, body);
            }
            StatementKind::Leave { exit, label, when } => {
                let applies = match when {
                    Some(when) => {
                        self.look_at(when)?;
                        self.condition(when)
                    }
                    None => Some(true),
                };
                match applies {
                    Some(true) => {
                        let label = label.as_ref().map(|label| label.name.clone());
                        return Ok(match exit {
                            true => Flow::Exit(label),
                            false => Flow::Continue(label),
                        });
                    }
                    Some(false) => {}
                    // What follows may not be reached.
                    None => self.doubt = true,
                }
            }
            StatementKind::Raise(raise) => {
                self.look_at_all(&raise.arguments)?;
                self.look_at_all(raise.using.iter().map(|(_, value)| value))?;
                if raise.exception {
                    return Err(raised(self.state_of(raise), statement.span));
                }
            }
            StatementKind::Execute {
                command,
                into,
                using,
            } => {
                let row = self.execute(command, using, into.as_ref(), statement.span)?;
                if let Some(into) = into {
                    self.assign_known(&into.targets, row);
                }
            }
            StatementKind::Perform(query) => {
                self.look_at(query)?;
                let found = self.scope().exists(&query.query).map(Value::Bool);
                self.set("found", found);
            }
            StatementKind::Sql { sql, into } => {
                let is_query = sql
                    .tokens
                    .first()
                    .is_some_and(|first| is_word(first, "select"));
                if is_query && into.is_none() {
                    return Err(Stop::Mistake(Mistake {
                        state: Some("42601".into()),
                        diagnostics: vec![errors::no_destination(sql.span)],
                        span: sql.span,
                    }));
                }
                self.sql(&sql.tokens, &sql.names, sql.span)?;
                match into {
                    Some(into) => {
                        let row =
                            self.only_row(self.rows(&sql.tokens), into.strict, statement.span)?;
                        let found = row.as_ref().map(|row| Value::Bool(row.is_some()));
                        self.set("found", found);
                        self.assign_known(&into.targets, row);
                    }
                    None if !changes_schema(&sql.tokens) => self.set("found", None),
                    None => {}
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
            self.look_at(condition)?;
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
            None => Err(raised(Some("20000".into()), span)),
        }
    }
}

fn opaque(span: Span, why: Opaque) -> Stop {
    Stop::Opaque {
        span,
        why,
        within: None,
    }
}

/// An error that the body raises itself.
fn raised(state: Option<Arc<str>>, span: Span) -> Stop {
    Stop::Mistake(Mistake {
        state,
        diagnostics: Vec::new(),
        span,
    })
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
