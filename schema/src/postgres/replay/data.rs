//! SELECT, INSERT, UPDATE, DELETE and MERGE: no effect on the schema, but every name in them must be there.

use super::Replay;
use super::routine::all_types;
use crate::errors::postgres::objects as errors;
use crate::postgres::ast::{
    Call, Constant, DataStatement, Expr, ExprKind, FunctionCall, QueryBody, RoutineReference,
    RoutineWord,
};
use crate::postgres::catalog::{Address, Class};
use crate::postgres::lints;
use crate::postgres::resolve::{self, Context, Place, Rows};
use crate::postgres::tree;
use crate::postgres::types::{Function, FunctionKind, Oid, well_known};
use crate::text::Span;

impl Replay {
    pub(super) fn data(&mut self, statement: &DataStatement) {
        let Some(query) = self.check_data(statement) else {
            return;
        };
        match fired_by_hand(&query) {
            Some(function) => {
                let name = self.catalog.signature_text(function);
                self.report(errors::trigger_function_called(&name, statement.span()));
            }
            None => self.run_calls(statement, &query),
        }
    }

    /// What the statement was resolved to, if nothing is wrong with it. The functions that it calls are not run.
    pub(super) fn check_data(&mut self, statement: &DataStatement) -> Option<tree::Query> {
        let resolved = resolve::statement(self.environment(), statement);
        let is_sound = resolved.diagnostics.is_empty();
        self.diagnostics.extend(resolved.diagnostics);
        if is_sound {
            self.judged.filters = lints::filters(&resolved.value.query);
            self.check_named_sequences(statement, &resolved.value.query);
            for (name, value, span) in settings_of(statement) {
                self.set_config(name, value, span);
            }
        }
        is_sound.then_some(resolved.value.query)
    }

    /// CALL: what the procedure does to the schema.
    pub(super) fn call(&mut self, call: &Call) {
        let known = self.diagnostics.len();
        self.check_call(call);
        if self.diagnostics.len() > known || self.acting(vec![&call.call]) == 0 {
            return;
        }
        let arguments = call.call.arguments.iter();
        let arguments = arguments.map(|argument| self.bare_scope().value(&argument.value));
        let arguments = arguments.collect();
        let before = self.clone();
        let result = self.run_routine(&call.call, arguments, call.span);
        self.end_run(before, result);
    }

    /// Refuses a CALL of which the procedure or its arguments are not there.
    pub(super) fn check_call(&mut self, call: &Call) {
        let reference = RoutineReference {
            word: RoutineWord::Procedure,
            name: call.call.name.clone(),
            arguments: None,
            direct: None,
            span: call.call.name.span,
        };
        let given = call.call.arguments.len();
        let takes = |it: &Function| {
            let all = all_types(it).len();
            let least = all.saturating_sub(usize::from(it.defaults));
            (least..=all).contains(&given) || (it.variadic.is_some() && given + 1 >= least)
        };
        let found = self.routine_of(&call.call.name, |it| {
            it.kind == FunctionKind::Procedure && takes(it)
        });
        let is_there = found.is_some();
        let place = Place {
            context: Context::CallArgument,
            rows: Rows::None,
            span: call.span,
        };
        let environment = self.environment();
        let resolved = match is_there {
            true => resolve::call(environment, place, &call.call),
            false => resolve::arguments(environment, place, &call.call),
        };
        self.diagnostics.extend(resolved.diagnostics);
        if is_there || self.is_partly_unknown() {
            return;
        }
        let any = self.routine_of(&call.call.name, takes).map(|it| it.oid);
        match any {
            Some(oid) => {
                let name = self.catalog.signature_text(oid);
                let declared = self.declared(Address::new(Class::Routine, oid));
                let span = call.call.name.span;
                let diagnostic = errors::wrong_kind(&name, "function", "procedure", span, declared);
                self.report(diagnostic);
            }
            None => {
                let reference = RoutineReference {
                    arguments: Some(Vec::new()),
                    ..reference
                };
                let diagnostic = self.missing_routine(&reference, &[]);
                self.report(diagnostic);
            }
        }
    }
}

/// The function of triggers that a SELECT without rows calls, which fails as it runs.
fn fired_by_hand(query: &tree::Query) -> Option<Oid> {
    let gives_one_row = query.range_table.is_empty()
        && query.filter.is_none()
        && query.having.is_none()
        && query.limit.is_none()
        && query.offset.is_none();
    let mut targets = query.targets.iter().filter(|_| gives_one_row);
    targets.find_map(|target| match &target.expression {
        tree::Expr::Function(call)
            if matches!(
                call.typed.oid,
                well_known::TRIGGER | well_known::EVENT_TRIGGER
            ) =>
        {
            Some(call.function)
        }
        _ => None,
    })
}

/// The parameters that a SELECT sets by `set_config('name', 'value', …)`: what dumps begin with.
fn settings_of(statement: &DataStatement) -> Vec<(&str, &str, Span)> {
    let DataStatement::Query(query) = statement else {
        return Vec::new();
    };
    let QueryBody::Select(select) = &query.body else {
        return Vec::new();
    };
    let values = select.targets.iter().map(|target| &target.value);
    values.filter_map(set_config).collect()
}

fn set_config(value: &Expr) -> Option<(&str, &str, Span)> {
    let ExprKind::Function(call) = &value.kind else {
        return None;
    };
    let FunctionCall {
        name, arguments, ..
    } = &**call;
    let schema = name.schema.as_ref().map(|it| &*it.name);
    let is_it = &*name.name.name == "set_config" && matches!(schema, None | Some("pg_catalog"));
    let [name, value, _] = arguments.as_slice() else {
        return None;
    };
    if !is_it {
        return None;
    }
    match (&name.value.kind, &value.value.kind) {
        (
            ExprKind::Constant(Constant::String(name)),
            ExprKind::Constant(Constant::String(text)),
        ) => Some((name, text, value.value.span)),
        _ => None,
    }
}
