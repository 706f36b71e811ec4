//! Functions and procedures: `pg_get_function_arguments`, `pg_get_function_identity_arguments`, `pg_get_function_result`.

use crate::postgres::catalog::{Catalog, Routine};
use crate::postgres::types::{
    AggregateKind, Function, FunctionKind, Objects, Oid, Parameter, ParameterMode, Typing,
};
use tablature_lexer::postgres::quote_name;

/// The arguments that tell a routine from others of its name.
#[must_use]
pub fn identity_arguments(objects: &dyn Objects, function: &Function) -> String {
    let typing = Typing::new(objects);
    let direct = match function.kind {
        FunctionKind::Aggregate(
            AggregateKind::OrderedSet { direct } | AggregateKind::Hypothetical { direct },
        ) => Some(usize::from(direct)),
        FunctionKind::Aggregate(AggregateKind::Normal)
        | FunctionKind::Function
        | FunctionKind::Procedure
        | FunctionKind::Window => None,
    };
    let parameters = parameters(function);
    let mut text = String::new();
    let mut inputs = 0;
    let shown = parameters
        .iter()
        .filter(|it| it.mode != ParameterMode::Table);
    for (position, parameter) in shown.enumerate() {
        if direct == Some(inputs) {
            text.push_str(if position == 0 {
                "ORDER BY "
            } else {
                " ORDER BY "
            });
        } else if position > 0 {
            text.push_str(", ");
        }
        text.push_str(match parameter.mode {
            ParameterMode::In if function.kind == FunctionKind::Procedure => "IN ",
            ParameterMode::In | ParameterMode::Table => "",
            ParameterMode::Out => "OUT ",
            ParameterMode::InOut => "INOUT ",
            ParameterMode::Variadic => "VARIADIC ",
        });
        inputs += usize::from(parameter.mode != ParameterMode::Out);
        text.push_str(&named(typing, parameter));
    }
    text
}

/// The arguments of a function or procedure, with their defaults.
#[must_use]
pub fn arguments(catalog: &Catalog, routine: &Routine) -> String {
    let function = &routine.object;
    let typing = Typing::new(catalog);
    let parameters = parameters(function);
    let takes = |it: &Parameter| match it.mode {
        ParameterMode::In | ParameterMode::InOut | ParameterMode::Variadic => true,
        ParameterMode::Out | ParameterMode::Table => false,
    };
    let inputs = parameters.iter().filter(|it| takes(it)).count();
    let mut without_default = inputs.saturating_sub(routine.more.defaults.len());
    let mut defaults = routine.more.defaults.iter();
    let mut texts = Vec::new();
    for parameter in &parameters {
        let word = match parameter.mode {
            ParameterMode::In if function.kind == FunctionKind::Procedure => "IN ",
            ParameterMode::In => "",
            ParameterMode::Out => "OUT ",
            ParameterMode::InOut => "INOUT ",
            ParameterMode::Variadic => "VARIADIC ",
            ParameterMode::Table => continue,
        };
        let mut text = format!("{word}{}", named(typing, parameter));
        if takes(parameter) {
            match without_default.checked_sub(1) {
                Some(rest) => without_default = rest,
                None => {
                    if let Some(Some(default)) = defaults.next() {
                        text.push_str(" DEFAULT ");
                        text.push_str(&super::expression(catalog, default, None));
                    }
                }
            }
        }
        texts.push(text);
    }
    texts.join(", ")
}

/// What a routine returns; none for a procedure.
#[must_use]
pub fn result(objects: &dyn Objects, function: &Function) -> Option<String> {
    if function.kind == FunctionKind::Procedure {
        return None;
    }
    let typing = Typing::new(objects);
    let columns = function.parameters.iter();
    let columns: Vec<String> = columns
        .filter(|it| it.mode == ParameterMode::Table)
        .map(|it| named(typing, it))
        .collect();
    if function.returns_set && !columns.is_empty() {
        return Some(format!("TABLE({})", columns.join(", ")));
    }
    let set = if function.returns_set { "SETOF " } else { "" };
    Some(format!("{set}{}", typing.name(function.result)))
}

fn named(typing: Typing<'_>, parameter: &Parameter) -> String {
    let value = typing.name(parameter.value);
    match &*parameter.name {
        "" => value,
        name => format!("{} {value}", quote_name(name)),
    }
}

/// All parameters: those that are not listed are inputs without a name.
fn parameters(function: &Function) -> Vec<Parameter> {
    if !function.parameters.is_empty() {
        return function.parameters.to_vec();
    }
    let input = |oid: &Oid| Parameter {
        mode: ParameterMode::In,
        name: "".into(),
        value: *oid,
    };
    function.inputs.iter().map(input).collect()
}
