//! Storage parameters and their like as the catalog keeps them.

use crate::postgres::ast::{Constant, Parameter, ParameterValue, TypeNameKind};
use crate::postgres::catalog::RelationOption;

/// The options of WITH (…): one without a value is `true`.
pub(crate) fn options_of(parameters: &[Parameter]) -> Vec<RelationOption> {
    let options = parameters.iter().filter(|it| *it.name.name != *"oids");
    let options = options.map(|parameter| {
        let name = match &parameter.namespace {
            Some(namespace) => format!("{}.{}", namespace.name, parameter.name.name).into(),
            None => std::sync::Arc::clone(&parameter.name.name),
        };
        let value = parameter.value.as_ref();
        let value = value.map_or_else(|| "true".to_owned(), text_of_value);
        RelationOption {
            name,
            value: value.into(),
        }
    });
    options.collect()
}

/// The value of an option as a text.
pub(crate) fn text_of_value(value: &ParameterValue) -> String {
    match value {
        ParameterValue::Type(name) => match &name.kind {
            TypeNameKind::Named { name, .. } => super::find::text_of(name),
            TypeNameKind::System { name, .. } => (*name).to_owned(),
            TypeNameKind::Interval { .. } => "interval".to_owned(),
            TypeNameKind::OfColumn(parts) => {
                let parts: Vec<&str> = parts.iter().map(|it| &*it.name).collect();
                parts.join(".")
            }
        },
        ParameterValue::Keyword(word) => word.name.to_string(),
        ParameterValue::Operator(operator) => operator.name.to_string(),
        ParameterValue::Constant(constant, _) => match constant {
            Constant::Null => "null".to_owned(),
            Constant::Boolean(value) => value.to_string(),
            Constant::Integer(value) => value.to_string(),
            Constant::Number(text) | Constant::String(text) | Constant::Bits(text) => {
                text.to_string()
            }
        },
    }
}
