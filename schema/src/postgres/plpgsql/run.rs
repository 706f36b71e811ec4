//! A DO block run on the catalog: its statements in order, as far as what they do is known before anything runs.
//!
//! Conditions over the system catalogs are evaluated on the catalog at hand, so `IF NOT EXISTS (SELECT … FROM pg_type …)`
//! takes the branch that the engine would take. What depends on rows of tables is not known: both branches may run, which
//! is fine as long as neither changes the schema. What cannot be told is opaque, and the block then has no effect here.

use super::ast::{
    Block, Condition, DeclarationKind, Expression, Handler, Into, LoopKind, QuerySource, Sql,
    Statement, StatementKind, VariableType,
};
use super::conditions::covers;
use super::evaluate::{Scope, truth};
use super::value::{Known, Row, Value};
use crate::diagnostic::Diagnostic;
use crate::postgres::ast::{Ident, Query, QueryBody, TypeNameKind};
use crate::postgres::catalog::Catalog;
use crate::postgres::parse::cursor::Parser;
use crate::postgres::split::{Token, split};
use crate::text::{FileId, Span};
use std::sync::Arc;
use tablature_lexer::postgres::{Symbol, TokenKind};

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
                self.assign(target, if *part { None } else { value });
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

    /// A loop.
    fn repeat(
        &mut self,
        span: Span,
        label: Option<&Ident>,
        kind: &LoopKind,
        body: &[Statement],
    ) -> Result<Flow, Stop> {
        let depth = self.variables.len();
        let result = self.repeated(span, label, kind, body);
        self.variables.truncate(depth);
        result
    }

    fn repeated(
        &mut self,
        span: Span,
        label: Option<&Ident>,
        kind: &LoopKind,
        body: &[Statement],
    ) -> Result<Flow, Stop> {
        let rounds: Vec<(&[Vec<Ident>], Row)> = match kind {
            LoopKind::Forever | LoopKind::While(_) => {
                return self.repeat_while(span, label, kind, body);
            }
            LoopKind::Integers {
                variable,
                reverse,
                from,
                to,
                by,
            } => {
                self.variables.push((variable.name.clone(), None));
                let step = match by {
                    Some(by) => self.number(by),
                    None => Some(1),
                };
                let (Some(from), Some(to), Some(step)) = (self.number(from), self.number(to), step)
                else {
                    return self.maybe(body).map(|()| Flow::Next);
                };
                return self.count(span, label, variable, (from, to, step, *reverse), body);
            }
            LoopKind::Rows {
                targets,
                source: QuerySource::Static(sql),
            } => {
                let Some(rows) = self.rows(sql) else {
                    self.forget(targets);
                    return self.maybe(body).map(|()| Flow::Next);
                };
                rows.into_iter()
                    .map(|row| (targets.as_slice(), row))
                    .collect()
            }
            LoopKind::Elements {
                targets,
                slice: None,
                array,
            } => {
                let Some(Value::List(list)) = self.value(array) else {
                    self.forget(targets);
                    return self.maybe(body).map(|()| Flow::Next);
                };
                let row = |value| vec![("".into(), Some(value))];
                list.into_iter()
                    .map(|value| (targets.as_slice(), row(value)))
                    .collect()
            }
            LoopKind::Rows { targets, .. } | LoopKind::Elements { targets, .. } => {
                self.forget(targets);
                return self.maybe(body).map(|()| Flow::Next);
            }
            LoopKind::Cursor { variable, .. } => {
                self.variables.push((variable.name.clone(), None));
                return self.maybe(body).map(|()| Flow::Next);
            }
        };
        for (targets, row) in rounds {
            self.assign_row(targets, Some(row));
            match self.round(label, body)? {
                Some(Flow::Next) => break,
                Some(flow) => return Ok(flow),
                None => {}
            }
        }
        Ok(Flow::Next)
    }

    /// LOOP and WHILE.
    fn repeat_while(
        &mut self,
        span: Span,
        label: Option<&Ident>,
        kind: &LoopKind,
        body: &[Statement],
    ) -> Result<Flow, Stop> {
        loop {
            self.steps += 1;
            if self.steps > MAX_STEPS {
                return Err(opaque(span, Opaque::Loop));
            }
            if let LoopKind::While(condition) = kind {
                match self.condition(condition) {
                    Some(true) => {}
                    Some(false) => return Ok(Flow::Next),
                    None => return self.maybe(body).map(|()| Flow::Next),
                }
            }
            if let Some(flow) = self.round(label, body)? {
                return Ok(flow);
            }
            // What is not known to go on would go on forever here.
            if self.doubt {
                return Ok(Flow::Next);
            }
        }
    }

    fn count(
        &mut self,
        span: Span,
        label: Option<&Ident>,
        variable: &Ident,
        (from, to, step, reverse): (i64, i64, i64, bool),
        body: &[Statement],
    ) -> Result<Flow, Stop> {
        let mut number = from;
        while if reverse { number >= to } else { number <= to } {
            self.steps += 1;
            if self.steps > MAX_STEPS || step < 1 {
                return Err(opaque(span, Opaque::Loop));
            }
            self.set(&variable.name, Some(Value::Number(number)));
            if let Some(flow) = self.round(label, body)? {
                return Ok(flow);
            }
            number = if reverse {
                number - step
            } else {
                number + step
            };
        }
        Ok(Flow::Next)
    }

    /// One round of a loop; the flow after the loop if it is the last one.
    fn round(&mut self, label: Option<&Ident>, body: &[Statement]) -> Result<Option<Flow>, Stop> {
        let is_own = |target: &Option<Arc<str>>| match (target, label) {
            (None, _) => true,
            (Some(target), Some(label)) => *target == label.name,
            (Some(_), None) => false,
        };
        Ok(match self.statements(body)? {
            Flow::Next => None,
            Flow::Continue(target) if is_own(&target) => None,
            Flow::Exit(target) if is_own(&target) => Some(Flow::Next),
            flow => Some(flow),
        })
    }

    /// Statements of which it is not known whether, or how often, they run: they must not change the schema.
    fn maybe(&mut self, statements: &[Statement]) -> Result<(), Stop> {
        for statement in statements {
            self.maybe_one(statement)?;
        }
        Ok(())
    }

    fn maybe_one(&mut self, statement: &Statement) -> Result<(), Stop> {
        match &statement.kind {
            StatementKind::Null
            | StatementKind::Raise(_)
            | StatementKind::Assert { .. }
            | StatementKind::Perform(_)
            | StatementKind::ReturnNext(_)
            | StatementKind::ReturnQuery(_)
            | StatementKind::Close(_)
            | StatementKind::Open { .. }
            | StatementKind::Transaction { .. } => Ok(()),
            // What follows may not be reached.
            StatementKind::Return(_) | StatementKind::Leave { .. } => {
                self.doubt = true;
                Ok(())
            }
            StatementKind::Assign { target, .. } => {
                self.assign(target, None);
                Ok(())
            }
            StatementKind::GetDiagnostics(targets) => {
                self.forget(targets);
                Ok(())
            }
            StatementKind::Fetch { into, .. } => {
                self.forget_into(into.as_ref());
                Ok(())
            }
            StatementKind::Block(block) => {
                self.maybe(&block.statements)?;
                block
                    .handlers
                    .iter()
                    .try_for_each(|handler| self.maybe(&handler.statements))
            }
            StatementKind::If {
                branches,
                otherwise,
            } => {
                for (_, statements) in branches {
                    self.maybe(statements)?;
                }
                self.maybe(otherwise)
            }
            StatementKind::Case {
                branches,
                otherwise,
                ..
            } => {
                for (_, statements) in branches {
                    self.maybe(statements)?;
                }
                self.maybe(otherwise.as_deref().unwrap_or_default())
            }
            StatementKind::Loop { body, .. } => self.maybe(body),
            StatementKind::Execute { .. } => Err(opaque(statement.span, Opaque::Condition)),
            StatementKind::Sql { sql, into } => {
                if changes_schema(&sql.tokens) {
                    return Err(opaque(statement.span, Opaque::Condition));
                }
                self.forget_into(into.as_ref());
                Ok(())
            }
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

    fn scope(&self) -> Scope<'_> {
        Scope {
            catalog: self.host.catalog(),
            variables: &self.variables,
            rows: &[],
        }
    }

    fn names(&self) -> Vec<Arc<str>> {
        self.variables
            .iter()
            .map(|(name, _)| name.clone())
            .collect()
    }

    fn value(&self, expression: &Expression) -> Known {
        match &expression.query.body {
            QueryBody::Select(select)
                if select.from.is_empty()
                    && select.filter.is_none()
                    && select.targets.len() == 1 =>
            {
                let target = select.targets.first()?;
                self.scope().value(&target.value)
            }
            _ => match self.scope().first_column(&expression.query)?.as_slice() {
                [] => Some(Value::Null),
                [only] => only.clone(),
                _ => None,
            },
        }
    }

    fn condition(&self, expression: &Expression) -> Option<bool> {
        Some(truth(&self.value(expression)?)? == Some(true))
    }

    fn number(&self, expression: &Expression) -> Option<i64> {
        self.value(expression)?.as_number()
    }

    /// The rows of a statement that is a query.
    fn rows(&self, sql: &Sql) -> Option<Vec<Row>> {
        let query = self.query(sql)?;
        self.scope().rows_of(&query)
    }

    fn query(&self, sql: &Sql) -> Option<Query> {
        let mut parser = Parser::new(&sql.tokens, self.version);
        let query = parser.query().ok()?;
        parser.peek().is_none().then_some(query)
    }

    /// The row that INTO takes; nothing if it is not known, and then nothing if there is none.
    #[expect(clippy::option_option, reason = "not known, and none, are two things")]
    fn only_row(&self, sql: &Sql) -> Option<Option<Row>> {
        let mut rows = self.rows(sql)?.into_iter();
        match (rows.next(), rows.next()) {
            (first, None) => Some(first),
            (_, Some(_)) => None,
        }
    }

    #[expect(clippy::option_option, reason = "not known, and none, are two things")]
    fn put(&mut self, into: &Into, row: Option<Option<Row>>) {
        match row {
            None => self.forget_into(Some(into)),
            Some(row) => {
                self.set("found", Some(Value::Bool(row.is_some())));
                self.assign_row(&into.targets, row);
            }
        }
    }

    /// Puts a row into variables; NULL if there is none.
    fn assign_row(&mut self, targets: &[Vec<Ident>], row: Option<Row>) {
        let is_record = match targets {
            [only] => {
                only.len() == 1
                    && only
                        .first()
                        .is_some_and(|it| self.records.contains(&it.name))
            }
            _ => false,
        };
        let null = || Some(Value::Null);
        match (targets, row) {
            ([only], Some(row)) if is_record => self.assign(only, Some(Value::Record(row))),
            (targets, Some(row)) => {
                let mut values = row.into_iter().map(|(_, value)| value);
                for target in targets {
                    let value = values.next().unwrap_or_else(null);
                    self.assign(target, value);
                }
            }
            (targets, None) => {
                for target in targets {
                    self.assign(target, null());
                }
            }
        }
    }

    fn forget_into(&mut self, into: Option<&Into>) {
        if let Some(into) = into {
            self.forget(&into.targets);
            self.set("found", None);
        }
    }

    fn forget(&mut self, targets: &[Vec<Ident>]) {
        for target in targets {
            self.assign(target, None);
        }
    }

    fn assign(&mut self, target: &[Ident], value: Known) {
        match target {
            [name] => self.set(&name.name, value),
            [record, ..] => self.set(&record.name, None),
            [] => {}
        }
    }

    fn set(&mut self, name: &str, value: Known) {
        let mut variables = self.variables.iter_mut().rev();
        if let Some((_, place)) = variables.find(|(variable, _)| **variable == *name) {
            *place = value;
        }
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

fn is_record(type_name: &VariableType) -> bool {
    match type_name {
        VariableType::RowOf(_) => true,
        VariableType::Of(_) => false,
        VariableType::Type(name) => match &name.kind {
            TypeNameKind::Named { name, .. } => &*name.name.name == "record",
            _ => false,
        },
    }
}

/// Whether a statement may change the schema: all but those that read or change rows, or that only concern the session.
fn changes_schema(tokens: &[Token]) -> bool {
    const HARMLESS: &[&str] = &[
        "select", "insert", "update", "delete", "merge", "with", "values", "table", "set", "reset",
        "lock", "notify", "listen", "unlisten", "analyze", "explain", "show", "truncate",
    ];
    let Some(first) = tokens.first() else {
        return false;
    };
    let is_harmless = HARMLESS
        .iter()
        .any(|word| first.text.eq_ignore_ascii_case(word));
    !is_harmless && first.kind != TokenKind::Symbol(Symbol::LeftParen)
}

#[cfg(test)]
mod tests {
    use super::super::parse::{Routine, parse};
    use super::*;
    use crate::postgres::catalog::Catalog;

    /// Remembers what it is given, and refuses what it has seen.
    struct Record {
        catalog: Catalog,
        applied: Vec<String>,
    }

    impl Host for Record {
        type Mark = Vec<String>;

        fn catalog(&self) -> &Catalog {
            &self.catalog
        }

        fn mark(&self) -> Vec<String> {
            self.applied.clone()
        }

        fn restore(&mut self, mark: Vec<String>) {
            self.applied = mark;
        }

        fn apply(&mut self, statement: &[Token], _: &[Arc<str>]) -> Result<(), Mistake> {
            let words: Vec<&str> = statement.iter().map(|token| &*token.text).collect();
            let text = words.join(" ");
            if self.applied.contains(&text) {
                return Err(Mistake {
                    state: Some("42710".into()),
                    diagnostics: Vec::new(),
                    span: statement[0].span,
                });
            }
            self.applied.push(text);
            Ok(())
        }

        fn end_transaction(&mut self, _: Span) -> Result<(), Mistake> {
            Ok(())
        }
    }

    /// What a body applies, and why it stops.
    fn applied(body: &str) -> (Vec<String>, Option<Stop>) {
        let place = Span::new(FileId(0), 0..body.len());
        let block = parse(body, place, Some(place), &Routine::anonymous(), 15).unwrap();
        let mut host = Record {
            catalog: Catalog::new(15),
            applied: Vec::new(),
        };
        let stop = run(&block, &mut host, 15).err();
        (host.applied, stop)
    }

    fn all(body: &str) -> Vec<String> {
        let (applied, stop) = applied(body);
        assert!(stop.is_none(), "{stop:?}");
        applied
    }

    #[test]
    fn conditions_over_the_catalog_choose_the_branch() {
        let body = "BEGIN
            IF NOT EXISTS (SELECT 1 FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
                           WHERE t.typname = 'mood' AND n.nspname = current_schema()) THEN
                CREATE TYPE mood AS ENUM ('a');
            END IF;
            IF to_regclass('public.nope') IS NULL AND (SELECT count(*) FROM information_schema.tables
                WHERE table_name LIKE 'no%') = 0 THEN DROP TYPE x; ELSE DROP TYPE y; END IF;
            IF EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public') THEN CREATE TABLE a (); END IF;
        END";
        assert_eq!(
            all(body),
            [
                "CREATE TYPE mood AS ENUM ( 'a' )",
                "DROP TYPE x",
                "CREATE TABLE a ( )"
            ]
        );
    }

    #[test]
    fn a_handler_brings_back_what_was_before_its_block() {
        let body = "BEGIN CREATE TYPE a; BEGIN CREATE TYPE b; CREATE TYPE a;
            EXCEPTION WHEN duplicate_object THEN CREATE TYPE c; END; END";
        assert_eq!(all(body), ["CREATE TYPE a", "CREATE TYPE c"]);
        let body =
            "BEGIN CREATE TYPE a; CREATE TYPE a; EXCEPTION WHEN undefined_table THEN NULL; END";
        let (_, stop) = applied(body);
        assert!(matches!(stop, Some(Stop::Mistake(it)) if it.state.as_deref() == Some("42710")));
        let body = "BEGIN RAISE unique_violation; EXCEPTION WHEN integrity_constraint_violation THEN CREATE TYPE d; END";
        assert_eq!(all(body), ["CREATE TYPE d"]);
    }

    #[test]
    fn loops_over_what_is_written_out_run() {
        let body = "DECLARE t text; r record; BEGIN
            FOREACH t IN ARRAY ARRAY['a', 'B c'] LOOP
                EXECUTE format('ALTER TABLE %I ADD COLUMN %s int', t, 'x');
            END LOOP;
            FOR r IN SELECT * FROM (VALUES ('a', 1), ('b', 2)) AS v (name, n) LOOP
                CONTINUE WHEN r.n = 1;
                EXECUTE 'DROP TABLE ' || quote_ident(r.name);
            END LOOP;
            FOR i IN 1..2 LOOP EXECUTE 'CREATE TABLE p_' || i || ' ()'; END LOOP;
            FOR t IN SELECT unnest(string_to_array('x,y', ',')) LOOP EXECUTE 'DROP VIEW ' || t; END LOOP;
        END";
        assert_eq!(
            all(body),
            [
                "ALTER TABLE a ADD COLUMN x int",
                "ALTER TABLE \"B c\" ADD COLUMN x int",
                "DROP TABLE b",
                "CREATE TABLE p_1 ( )",
                "CREATE TABLE p_2 ( )",
                "DROP VIEW x",
                "DROP VIEW y",
            ]
        );
    }

    #[test]
    fn what_depends_on_rows_may_not_change_the_schema() {
        let reads = "BEGIN IF EXISTS (SELECT 1 FROM users) THEN UPDATE users SET a = 1; END IF; CREATE TYPE a; END";
        assert_eq!(all(reads), ["CREATE TYPE a"]);
        let changes = "BEGIN IF EXISTS (SELECT 1 FROM users) THEN DROP TABLE users; END IF; END";
        assert!(matches!(
            applied(changes).1,
            Some(Stop::Opaque {
                why: Opaque::Condition,
                ..
            })
        ));
        let leaves =
            "BEGIN IF EXISTS (SELECT 1 FROM users) THEN RETURN; END IF; DROP TABLE users; END";
        assert!(matches!(applied(leaves).1, Some(Stop::Opaque { .. })));
        let text =
            "DECLARE n text; BEGIN SELECT name INTO n FROM users; EXECUTE 'DROP TABLE ' || n; END";
        assert!(matches!(
            applied(text).1,
            Some(Stop::Opaque {
                why: Opaque::Text,
                ..
            })
        ));
    }

    #[test]
    fn a_loop_without_an_end_is_opaque() {
        assert!(matches!(
            applied("BEGIN LOOP NULL; END LOOP; END").1,
            Some(Stop::Opaque {
                why: Opaque::Loop,
                ..
            })
        ));
    }
}
