//! Functions, procedures, aggregates.

use super::quote_name;
use super::{Describer, when, words};
use crate::postgres::describe::Part;
use tablature_schema::postgres::catalog::{Address, Class, Dependency, Routine};
use tablature_schema::postgres::types::{
    Function, FunctionKind, Objects, Oid, ParameterMode, Typing, Volatility,
};

impl Describer<'_> {
    pub(super) fn routines(&mut self) {
        for routine in self.catalog.routines.iter() {
            let function = &routine.object;
            let address = Address::new(Class::Routine, function.oid);
            let mut edges = self.catalog.dependencies.of(address);
            // Those of extensions, and the constructors of ranges.
            let is_part = edges
                .any(|(_, _, kind)| matches!(kind, Dependency::Extension | Dependency::Internal));
            let Some(name) = self.name_in(function.namespace, &function.name) else {
                continue;
            };
            if is_part {
                continue;
            }
            let kind = match function.kind {
                FunctionKind::Procedure => "procedure",
                FunctionKind::Aggregate(_) => "aggregate",
                FunctionKind::Function | FunctionKind::Window => "function",
            };
            let object = format!("{kind} {name}({})", self.type_names(&function.inputs));
            let head = self.routine(routine);
            self.fact(&object, Part::Head, 0, head);
            let arguments = self.arguments(routine);
            if !arguments.is_empty() {
                self.fact(&object, Part::Members, 0, format!("arguments {arguments}"));
            }
            for (name, value) in &routine.more.settings {
                self.fact(&object, Part::Constraints, 0, format!("set {name}={value}"));
            }
            self.comment_fact(&object, address);
        }
    }

    fn routine(&self, routine: &Routine) -> String {
        let function = &routine.object;
        let own = self.catalog.languages.get(function.language);
        let of_system = self.catalog.builtin().languages().iter();
        let language = own
            .map(|it| &it.object)
            .or_else(|| of_system.into_iter().find(|it| it.oid == function.language))
            .map(|language| language.name.to_string());
        words([
            self.result(function)
                .map(|result| format!("returns {result}")),
            Some(format!(
                "language {}",
                quote_name(&language.unwrap_or_default())
            )),
            match function.volatility {
                Volatility::Immutable => when(true, "immutable"),
                Volatility::Stable => when(true, "stable"),
                Volatility::Volatile => None,
            },
            when(function.strict, "strict"),
            when(routine.more.security_definer, "security definer"),
            when(routine.more.leakproof, "leakproof"),
            when(function.kind == FunctionKind::Window, "window"),
        ])
    }

    /// As `pg_get_function_result` prints it.
    fn result(&self, function: &Function) -> Option<String> {
        if function.kind == FunctionKind::Procedure {
            return None;
        }
        let columns: Vec<String> = function
            .parameters
            .iter()
            .filter(|parameter| parameter.mode == ParameterMode::Table)
            .map(|parameter| {
                format!(
                    "{} {}",
                    quote_name(&parameter.name),
                    self.type_name(parameter.value)
                )
            })
            .collect();
        let set = if function.returns_set { "SETOF " } else { "" };
        Some(match columns.is_empty() {
            true => format!("{set}{}", self.type_name(function.result)),
            false => format!("TABLE({})", columns.join(", ")),
        })
    }

    /// As `pg_get_function_arguments` prints them.
    fn arguments(&self, routine: &Routine) -> String {
        let function = &routine.object;
        let is_input = |mode: ParameterMode| {
            matches!(
                mode,
                ParameterMode::In | ParameterMode::InOut | ParameterMode::Variadic
            )
        };
        let parameters: Vec<(ParameterMode, &str, Oid)> = match function.parameters.is_empty() {
            true => {
                let inputs = function.inputs.iter();
                inputs.map(|oid| (ParameterMode::In, "", *oid)).collect()
            }
            false => {
                let parameters = function.parameters.iter();
                let parameters = parameters.map(|it| (it.mode, &*it.name, it.value));
                parameters.collect()
            }
        };
        let inputs = parameters.iter().filter(|it| is_input(it.0)).count();
        let first_default = inputs.saturating_sub(routine.more.defaults.len());
        let mut input = 0_usize;
        let mut texts = Vec::new();
        for (mode, name, value) in parameters {
            let word = match mode {
                ParameterMode::In if function.kind == FunctionKind::Procedure => "IN",
                ParameterMode::In => "",
                ParameterMode::Out => "OUT",
                ParameterMode::InOut => "INOUT",
                ParameterMode::Variadic => "VARIADIC",
                ParameterMode::Table => continue,
            };
            let mut default = None;
            if is_input(mode) {
                default = input
                    .checked_sub(first_default)
                    .and_then(|at| routine.more.defaults.get(at))
                    .map(|default| match default {
                        Some(default) => format!("DEFAULT {}", self.expression(default, None)),
                        None => "DEFAULT ?".to_owned(),
                    });
                input += 1;
            }
            texts.push(words([
                Some(word.to_owned()),
                (!name.is_empty()).then(|| quote_name(name)),
                Some(self.type_name(value)),
                default,
            ]));
        }
        texts.join(", ")
    }

    /// A function by its name, with its schema where it is not found without.
    pub(super) fn function_name(&self, oid: Oid) -> String {
        let Some(function) = self.catalog.function(oid) else {
            return String::new();
        };
        let is_visible = Typing::new(self.catalog).is_only_of_name(function);
        self.catalog
            .qualified_unless(is_visible, function.namespace, &function.name)
    }
}
