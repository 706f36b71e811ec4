//! The arguments of a routine and what it returns (`interpret_function_parameter_list`).

use crate::errors::postgres::routines as errors;
use crate::postgres::ast::{ArgumentMode, Expr, Returns, RoutineArgument, TypeName, TypeNameKind};
use crate::postgres::replay::Replay;
use crate::postgres::resolve::{self, Context, Place, Rows};
use crate::postgres::tree;
use crate::postgres::types::{
    self, Name, Oid, Parameter, ParameterMode, TypeKind, ValueType, well_known,
};
use crate::text::Span;
use std::sync::Arc;

/// The arguments of a routine, as the catalog has them.
#[derive(Debug, Default)]
pub(super) struct Signature {
    /// The types of those that a call gives.
    pub(super) inputs: Vec<Oid>,
    /// All of them.
    pub(super) parameters: Vec<Parameter>,
    /// Where each of them is written.
    pub(super) places: Vec<Span>,
    /// The type of the elements of VARIADIC.
    pub(super) variadic: Option<Oid>,
    /// The defaults of the last inputs; nothing where one is wrong.
    pub(super) defaults: Vec<Option<Arc<tree::Expr>>>,
    /// What it returns, as far as that follows from the arguments: nothing if none is returned.
    pub(super) output: Option<Oid>,
    /// Whether a mistake keeps from knowing it.
    pub(super) incomplete: bool,
}

/// What a routine returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Returned {
    pub(super) oid: Oid,
    pub(super) set: bool,
}

impl Replay {
    /// The arguments of a routine, with those of RETURNS TABLE.
    pub(super) fn signature(
        &mut self,
        arguments: &[RoutineArgument],
        table: &[crate::postgres::ast::TableColumn],
        procedure: bool,
        language: &str,
    ) -> Signature {
        let mut found = Signature::default();
        let mut outputs: Vec<Oid> = Vec::new();
        let mut is_default_wanted = false;
        let mut variadic_seen = false;
        for argument in arguments {
            let mode = match argument.mode {
                None | Some(ArgumentMode::In) => ParameterMode::In,
                Some(ArgumentMode::Out) => ParameterMode::Out,
                Some(ArgumentMode::InOut) => ParameterMode::InOut,
                Some(ArgumentMode::Variadic) => ParameterMode::Variadic,
            };
            let Some(typed) = self.argument_type(&argument.type_name, language, false) else {
                found.incomplete = true;
                continue;
            };
            if argument.type_name.set_of {
                self.report(errors::refused(
                    "an argument cannot be a set",
                    argument.span,
                ));
            }
            let is_input = mode != ParameterMode::Out;
            if variadic_seen && (is_input || procedure) {
                let message = match procedure {
                    true => "the VARIADIC argument must be the last one",
                    false => "the VARIADIC argument must be the last input",
                };
                self.report(errors::refused(message, argument.span));
            }
            if is_input {
                found.inputs.push(typed.oid);
            }
            if mode == ParameterMode::Variadic {
                variadic_seen = true;
                found.variadic = self.variadic_element(typed.oid, argument.span);
            }
            if matches!(mode, ParameterMode::Out | ParameterMode::InOut) {
                outputs.push(typed.oid);
                if procedure && mode == ParameterMode::Out && is_default_wanted {
                    let message = "an OUT argument cannot follow one with a default";
                    self.report(errors::refused(message, argument.span));
                }
            }
            self.check_argument_name(&found, argument, mode);
            match &argument.default {
                Some(default) if !is_input => {
                    let message = "only an argument that a call gives can have a default";
                    self.report(errors::refused(message, default.span));
                }
                Some(default) => {
                    is_default_wanted = true;
                    let default = self.argument_default(default, typed);
                    found.defaults.push(default);
                }
                None if is_default_wanted && is_input => {
                    self.report(errors::default_before(argument.span));
                }
                None => {}
            }
            let name = argument.name.as_ref().map_or("", |it| &it.name);
            found.places.push(argument.span);
            found.parameters.push(Parameter {
                mode,
                name: Name::Owned(name.to_owned()),
                value: typed.oid,
            });
        }
        if !table.is_empty() {
            let is_output = |it: &&RoutineArgument| {
                matches!(it.mode, Some(ArgumentMode::Out | ArgumentMode::InOut))
            };
            if let Some(argument) = arguments.iter().find(is_output) {
                let message = "a function that returns a TABLE cannot have OUT arguments";
                self.report(errors::refused(message, argument.span));
            }
        }
        for column in table {
            let Some(typed) = self.argument_type(&column.type_name, language, true) else {
                found.incomplete = true;
                continue;
            };
            let twice = found
                .parameters
                .iter()
                .any(|it| it.mode == ParameterMode::Table && *it.name == *column.name.name);
            if twice {
                let message = format!("column `{}` is there twice", column.name.name);
                self.report(errors::refused(message, column.name.span));
            }
            outputs.push(typed.oid);
            found.places.push(column.type_name.span);
            found.parameters.push(Parameter {
                mode: ParameterMode::Table,
                name: Name::Owned(column.name.name.to_string()),
                value: typed.oid,
            });
        }
        found.output = match outputs.as_slice() {
            [] => None,
            [only] if !procedure => Some(*only),
            _ => Some(well_known::RECORD),
        };
        found
    }

    /// The type of an argument or a result. In a routine of another language than SQL a type that is only announced may
    /// stand there.
    pub(super) fn argument_type(
        &mut self,
        name: &TypeName,
        language: &str,
        is_result: bool,
    ) -> Option<ValueType> {
        if language != "sql"
            && let TypeNameKind::Named { name: written, .. } = &name.kind
            && name.dimensions.is_empty()
        {
            let found = self.catalog.find_type(written);
            if let Some(found) = found.filter(|it| it.kind == TypeKind::Shell) {
                return Some(ValueType::plain(found.oid));
            }
            // A result that is missing is announced by it.
            if found.is_none() && is_result && matches!(language, "c" | "internal") {
                return self.announce_type(written);
            }
        }
        self.type_named(name)
    }

    fn variadic_element(&mut self, oid: Oid, span: Span) -> Option<Oid> {
        if oid == well_known::ANY {
            return Some(well_known::ANY);
        }
        let element = match oid {
            well_known::ANYARRAY => Some(well_known::ANYELEMENT),
            oid => self
                .catalog
                .type_of(oid)
                .filter(|it| it.is_array)
                .and_then(|it| it.element),
        };
        if element.is_none() {
            let message = "a VARIADIC argument must be an array";
            self.report(errors::refused(message, span));
        }
        element
    }

    /// Two inputs, or two outputs, cannot have the same name.
    fn check_argument_name(
        &mut self,
        found: &Signature,
        argument: &RoutineArgument,
        mode: ParameterMode,
    ) {
        let Some(name) = &argument.name else {
            return;
        };
        let is_input_only =
            |mode: ParameterMode| matches!(mode, ParameterMode::In | ParameterMode::Variadic);
        let is_output_only =
            |mode: ParameterMode| matches!(mode, ParameterMode::Out | ParameterMode::Table);
        let twice = found.parameters.iter().any(|other| {
            let apart = (is_input_only(other.mode) && is_output_only(mode))
                || (is_output_only(other.mode) && is_input_only(mode));
            *other.name == *name.name && !apart
        });
        if twice {
            self.report(errors::parameter_twice(&name.name, name.span));
        }
    }

    fn argument_default(&mut self, default: &Expr, typed: ValueType) -> Option<Arc<tree::Expr>> {
        let place = Place {
            context: Context::ParameterDefault,
            rows: Rows::None,
            span: default.span,
        };
        let is_polymorphic = types::is_polymorphic(typed.oid) || typed.oid == well_known::ANY;
        let resolved = match is_polymorphic {
            true => resolve::expression(self.environment(), place, default),
            false => resolve::stored_expression(
                self.environment(),
                place,
                default,
                typed,
                "the argument",
            ),
        };
        self.settled(resolved).map(Arc::new)
    }

    /// What a routine returns, by RETURNS and by its arguments (`compute_return_type`); nothing if it is wrong.
    pub(super) fn returned(
        &mut self,
        returns: Option<&Returns>,
        signature: &Signature,
        procedure: bool,
        language: &str,
        name: Span,
    ) -> Option<Returned> {
        match returns {
            Some(Returns::Table(..)) => Some(Returned {
                oid: signature.output.unwrap_or(well_known::RECORD),
                set: true,
            }),
            Some(Returns::Type(type_name)) => {
                let typed = self.argument_type(type_name, language, true)?;
                if let Some(output) = signature.output
                    && typed.oid != output
                    && !signature.incomplete
                {
                    let wanted = self.catalog.type_text(output);
                    let message =
                        format!("the function must return `{wanted}` because of its OUT arguments");
                    self.report(errors::refused(message, type_name.span));
                }
                Some(Returned {
                    oid: typed.oid,
                    set: type_name.set_of,
                })
            }
            None if procedure => Some(Returned {
                oid: signature.output.unwrap_or(well_known::VOID),
                set: false,
            }),
            None => match signature.output {
                Some(oid) => Some(Returned { oid, set: false }),
                None if signature.incomplete => None,
                None => {
                    let message = "the function does not say what it returns";
                    let help = "write RETURNS after its arguments";
                    self.report(errors::refused(message, name).with_help(help));
                    None
                }
            },
        }
    }
}
