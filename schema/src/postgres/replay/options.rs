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
        let value = value.map_or_else(|| "true".to_owned(), text_of);
        RelationOption {
            name,
            value: value.into(),
        }
    });
    options.collect()
}

/// A value as it is written.
pub(crate) fn text_of(value: &ParameterValue) -> String {
    match value {
        ParameterValue::Type(name) => match &name.kind {
            TypeNameKind::Named { name, .. } => name.name.name.to_string(),
            TypeNameKind::System { name, .. } => (*name).to_owned(),
            TypeNameKind::Interval { .. } => "interval".to_owned(),
            TypeNameKind::OfColumn(parts) => {
                let parts: Vec<&str> = parts.iter().map(|part| &*part.name).collect();
                parts.join(".")
            }
        },
        ParameterValue::Keyword(word) => word.name.to_string(),
        ParameterValue::Operator(name) => name.name.to_string(),
        ParameterValue::Constant(constant, _) => match constant {
            Constant::Integer(number) => number.to_string(),
            Constant::Number(text) | Constant::String(text) => text.to_string(),
            _ => String::new(),
        },
    }
}
