//! Calls of functions and procedures that change the schema: their bodies are run like a block, with the arguments of the
//! call. One whose body changes no schema is not run.

use super::Replay;
use super::do_block::opaque;
use crate::diagnostic::Severity;
use crate::postgres::ast::{DataStatement, FunctionCall};
use crate::postgres::builtin::FIRST_OF_EXTENSIONS;
use crate::postgres::catalog::{Routine, RoutineBody};
use crate::postgres::parse::cursor::Parser;
use crate::postgres::plpgsql::ast::Block;
use crate::postgres::plpgsql::effects::{changes_schema, direct_calls, may_change};
use crate::postgres::plpgsql::evaluate::Scope;
use crate::postgres::plpgsql::parse::{self, parse};
use crate::postgres::plpgsql::run::{Mistake, Opaque, Stop, run_calls, run_sql, run_with};
use crate::postgres::plpgsql::value::{Known, Value};
use crate::postgres::print;
use crate::postgres::split::{Token, split};
use crate::postgres::tree::{self, Visitor, walk_expression};
use crate::postgres::types::{Function, Oid, ParameterMode};
use crate::text::{FileId, Span};
use std::collections::BTreeSet;
use std::sync::Arc;

/// As many calls within calls as are followed.
const MAX_DEPTH: usize = 50;

/// What a call takes of the steps that a statement has: its body is read anew.
const STEPS_OF_A_CALL: usize = 50;

impl Replay {
    /// Does what the functions do that a sound query or change of rows calls.
    pub(super) fn run_calls(&mut self, statement: &DataStatement, resolved: &tree::Query) {
        let mut calls = Calls(Vec::new());
        calls.query(resolved);
        calls
            .0
            .retain(|oid| self.routine_acts(*oid, &mut BTreeSet::new()));
        if calls.0.is_empty() {
            return;
        }
        let before = self.clone();
        let version = u32::from(self.catalog.version);
        let span = statement.span();
        let result = match statement {
            DataStatement::Query(query) if self.acting(direct_calls(query)) == calls.0.len() => {
                run_calls(query, self, version, Vec::new())
            }
            // It is called for rows that are changed, or as a part of something else.
            DataStatement::Query(_)
            | DataStatement::Insert(_)
            | DataStatement::Update(_)
            | DataStatement::Delete(_)
            | DataStatement::Merge(_) => Err(opaque(span, Opaque::Call)),
        };
        self.end_run(before, result);
    }

    /// How many calls are of routines that change the schema.
    pub(super) fn acting(&self, calls: Vec<&FunctionCall>) -> usize {
        let calls = calls.into_iter();
        calls
            .filter(|call| self.call_acts(call, &mut BTreeSet::new()))
            .count()
    }

    /// Whether a routine that a call can be of changes the schema. `seen` are the routines of which that is being asked.
    pub(super) fn call_acts(&self, call: &FunctionCall, seen: &mut BTreeSet<Oid>) -> bool {
        let all = self.candidates(call).into_iter();
        let all: Vec<Oid> = all.map(|it| it.oid).collect();
        all.into_iter().any(|oid| self.routine_acts(oid, seen))
    }

    /// The routines that a call can be of, by its name and the number of its arguments.
    fn candidates(&self, call: &FunctionCall) -> Vec<&Function> {
        let given = call.arguments.len();
        let mut all = self.visible_routines(&call.name);
        all.retain(|it| {
            let most = it.inputs.len();
            let least = most.saturating_sub(usize::from(it.defaults));
            (least..=most).contains(&given) || (it.variadic.is_some() && given + 1 >= least)
        });
        all
    }

    fn routine_acts(&self, oid: Oid, seen: &mut BTreeSet<Oid>) -> bool {
        if !seen.insert(oid) {
            return false;
        }
        let Some(routine) = self.catalog.routines.get(oid) else {
            return false;
        };
        let version = u32::from(self.catalog.version);
        let nowhere = Span::new(FileId(u32::MAX), 0..0);
        match self.body(routine, nowhere) {
            Some(Body::Block(block)) => {
                may_change(&block, self.bare_scope(), version, &mut |call| {
                    self.call_acts(call, seen)
                })
            }
            Some(Body::Statements(statements)) => statements.iter().any(|tokens| {
                let mut parser = Parser::new(tokens, version);
                changes_schema(tokens)
                    || parser.query().is_ok_and(|query| {
                        let mut calls = direct_calls(&query).into_iter();
                        calls.any(|call| self.call_acts(call, seen))
                    })
            }),
            None => false,
        }
    }

    /// The body of a routine, if it is one of those that are read; every token has the same place.
    fn body(&self, routine: &Routine, span: Span) -> Option<Body> {
        let RoutineBody::Text(text) = routine.more.body.as_deref()? else {
            return None;
        };
        let language = self.catalog.languages.get(routine.object.language);
        let language = match language {
            Some(made) => made.object.name.clone(),
            None => {
                let mut all = self.catalog.builtin().languages().iter();
                let found = all.find(|it| it.oid == routine.object.language)?;
                found.name.clone()
            }
        };
        match &*language {
            "plpgsql" => {
                let routine = parse::Routine::of(&self.catalog, &routine.object);
                let block = parse(&text.text, span, None, &routine, self.environment()).ok()?;
                Some(Body::Block(block))
            }
            "sql" => {
                let file = split(FileId(0), &text.text);
                let statements = file.statements.into_iter().map(|statement| {
                    let tokens = statement.tokens.into_iter();
                    tokens.map(|token| Token { span, ..token }).collect()
                });
                Some(Body::Statements(statements.collect()))
            }
            _ => None,
        }
    }

    /// Runs the body of the routine that a call is of.
    pub(super) fn run_routine(
        &mut self,
        call: &FunctionCall,
        arguments: Vec<Known>,
        span: Span,
    ) -> Result<(), Stop> {
        let candidates: Vec<Oid> = self.candidates(call).iter().map(|it| it.oid).collect();
        let [oid] = candidates.as_slice() else {
            return Err(opaque(span, Opaque::Call));
        };
        let Some(routine) = self.catalog.routines.get(*oid).map(Arc::clone) else {
            return Ok(());
        };
        let Some(body) = self.body(&routine, span) else {
            return Ok(());
        };
        if self.depth >= MAX_DEPTH {
            return Err(opaque(span, Opaque::Loop));
        }
        let parameters = self.parameters(&routine, call, arguments);
        if routine.object.strict {
            let inputs = parameters.iter().take(routine.object.inputs.len());
            let inputs: Vec<&Known> = inputs.map(|(_, value)| value).collect();
            if inputs.contains(&&Some(Value::Null)) {
                return Ok(());
            }
            if inputs.contains(&&None) {
                return Err(opaque(span, Opaque::Call));
            }
        }
        if let Some(RoutineBody::Text(text)) = routine.more.body.as_deref() {
            self.judged.lost.add_body(&text.text);
        }
        let session = self.session.settings.clone();
        let path = Arc::clone(self.catalog.search_path_setting());
        for (name, value) in &routine.more.settings {
            self.set_config(name, value, span);
        }
        self.depth += 1;
        self.steps += STEPS_OF_A_CALL;
        let version = u32::from(self.catalog.version);
        let result = match body {
            Body::Block(block) => run_with(&block, self, version, parameters),
            Body::Statements(statements) => run_sql(&statements, span, self, version, parameters),
        };
        self.depth = self.depth.saturating_sub(1);
        if !routine.more.settings.is_empty() {
            self.session.settings = session;
            self.catalog.set_search_path(path);
        }
        result.map_err(|stop| within(stop, &routine.object.name))
    }

    /// The variables that the parameters of a routine are in its body, the inputs first.
    fn parameters(
        &self,
        routine: &Routine,
        call: &FunctionCall,
        arguments: Vec<Known>,
    ) -> Vec<(Arc<str>, Known)> {
        let function = &routine.object;
        let is_input = |mode: ParameterMode| match mode {
            ParameterMode::In | ParameterMode::InOut | ParameterMode::Variadic => true,
            ParameterMode::Out | ParameterMode::Table => false,
        };
        let inputs = function.parameters.iter().filter(|it| is_input(it.mode));
        let inputs: Vec<&str> = inputs.map(|it| &*it.name).collect();
        let count = function.inputs.len();
        let mut values: Vec<Option<Known>> = vec![None; count];
        for (index, (argument, value)) in call.arguments.iter().zip(arguments).enumerate() {
            let place = match &argument.name {
                Some(name) => inputs.iter().position(|input| *input == &*name.name),
                None => Some(index),
            };
            if let Some(place) = place.and_then(|place| values.get_mut(place)) {
                *place = Some(value);
            }
        }
        // What VARIADIC gathers is an array of all that is left.
        if function.variadic.is_some()
            && !call.variadic
            && let Some(last) = values.last_mut()
        {
            *last = Some(None);
        }
        let first_default = count.saturating_sub(routine.more.defaults.len());
        let values = values.into_iter().enumerate().map(|(index, value)| {
            value.unwrap_or_else(|| {
                let default = index.checked_sub(first_default)?;
                let default = routine.more.defaults.get(default)?.as_ref()?;
                self.default_value(default)
            })
        });
        let values: Vec<Known> = values.collect();
        let numbered = (1..).zip(&values);
        let mut variables: Vec<(Arc<str>, Known)> = numbered
            .map(|(number, value): (usize, &Known)| (format!("${number}").into(), value.clone()))
            .collect();
        let mut own = Vec::new();
        for (name, value) in inputs.iter().zip(&values) {
            if !name.is_empty() {
                own.push((Arc::from(*name), value.clone()));
            }
        }
        let outputs = function.parameters.iter().filter(|it| !is_input(it.mode));
        for output in outputs.filter(|it| !it.name.is_empty()) {
            own.push((Arc::from(&*output.name), Some(Value::Null)));
        }
        // `function.parameter` is the same.
        let whole = Some(Value::Record(own.clone()));
        variables.push((Arc::from(&*function.name), whole));
        variables.extend(own);
        variables
    }

    /// The value of a default of a parameter.
    fn default_value(&self, default: &tree::Expr) -> Known {
        let text = format!("SELECT {}", print::expression(&self.catalog, default, None));
        let file = split(FileId(0), &text);
        let statement = file.statements.first()?;
        let mut parser = Parser::new(&statement.tokens, u32::from(self.catalog.version));
        let query = parser.query().ok()?;
        let values = self.bare_scope().first_column(&query)?;
        values.into_iter().next().flatten()
    }

    pub(super) fn bare_scope(&self) -> Scope<'_> {
        Scope {
            catalog: &self.catalog,
            settings: &self.session.settings,
            variables: &[],
            rows: &[],
        }
    }

    /// `set_config` in a body.
    pub(super) fn set_config_of(&mut self, arguments: &[Known], span: Span) -> Result<(), Stop> {
        let name = arguments.first().cloned().flatten();
        let Some(name) = name.and_then(|name| name.as_text()) else {
            return Err(opaque(span, Opaque::Call));
        };
        let value = arguments.get(1).cloned().flatten();
        let Some(value) = value.and_then(|value| value.as_text()) else {
            self.session.settings.remove(&*name.to_ascii_lowercase());
            return match name.eq_ignore_ascii_case("search_path") {
                true => Err(opaque(span, Opaque::Call)),
                false => Ok(()),
            };
        };
        let known = self.diagnostics.len();
        self.set_config(&name, &value, span);
        let found = self.diagnostics.get(known..).unwrap_or_default();
        if !found.iter().any(|it| it.severity == Severity::Error) {
            return Ok(());
        }
        Err(Stop::Mistake(Mistake {
            state: Some("22023".into()),
            diagnostics: self.diagnostics.split_off(known),
            span,
        }))
    }

    /// What stands in a body and calls for what only a run of its own tells: functions that change the schema in a statement
    /// that is not made of them.
    pub(super) fn refuse_hidden_calls(
        &self,
        statement: &DataStatement,
        resolved: &tree::Query,
    ) -> Result<(), Stop> {
        let mut calls = Calls(Vec::new());
        calls.query(resolved);
        calls
            .0
            .retain(|oid| self.routine_acts(*oid, &mut BTreeSet::new()));
        let direct = match statement {
            DataStatement::Query(query) => self.acting(direct_calls(query)),
            DataStatement::Insert(_)
            | DataStatement::Update(_)
            | DataStatement::Delete(_)
            | DataStatement::Merge(_) => 0,
        };
        match calls.0.len() > direct {
            true => Err(opaque(statement.span(), Opaque::Call)),
            false => Ok(()),
        }
    }
}

/// What a routine does.
enum Body {
    /// In PL/pgSQL.
    Block(Block),
    /// In SQL.
    Statements(Vec<Vec<Token>>),
}

/// The routines of migrations that a query calls.
struct Calls(Vec<Oid>);

impl Visitor for Calls {
    fn expression(&mut self, expression: &tree::Expr) {
        if let tree::Expr::Function(call) = expression
            && (Oid::FIRST_OF_USERS..FIRST_OF_EXTENSIONS).contains(&call.function)
        {
            self.0.push(call.function);
        }
        walk_expression(self, expression);
    }
}

/// Says in which routine a run stopped.
fn within(stop: Stop, name: &str) -> Stop {
    match stop {
        Stop::Opaque {
            span,
            why,
            within: None,
        } => Stop::Opaque {
            span,
            why,
            within: Some(name.into()),
        },
        Stop::Opaque { .. } => stop,
        Stop::Mistake(mut mistake) => {
            for diagnostic in &mut mistake.diagnostics {
                diagnostic
                    .notes
                    .push(format!("in the body of `{name}`, which is called here"));
            }
            Stop::Mistake(mistake)
        }
    }
}
