//! Functions in FROM (`transformRangeFunction`), and XMLTABLE.

use super::context::Context;
use super::resolver::{Resolver, is_unknown};
use super::scope::Item;
use crate::errors::postgres::queries as errors;
use crate::postgres::ast::{self, ExprKind, FromItemKind};
use crate::postgres::tree::{
    Expr, FunctionRange, RangeKind, TableFunction, TableFunctionColumn, UNKNOWN,
};
use crate::postgres::types::{FunctionKind, Objects as _, ParameterMode, ValueType, well_known};
use crate::text::Span;
use std::sync::Arc;

type Columns = Vec<(Arc<str>, ValueType)>;

/// What a function in FROM gives.
struct Given {
    call: Expr,
    columns: Columns,
    definitions: Columns,
    unknown: bool,
    /// Whether it is a value and no row.
    scalar: bool,
}

impl<'a> Resolver<'a> {
    pub(super) fn function_item(&mut self, item: &'a ast::FromItem, lateral: bool) -> Item {
        let FromItemKind::Function {
            functions,
            ordinality,
            alias,
            columns: definitions,
            ..
        } = &item.kind
        else {
            return self.unknown_item(&Arc::default(), None, item.span);
        };
        let alias = alias.as_ref();
        let mut given = Vec::new();
        let before = std::mem::replace(&mut self.level_mut().lateral, true);
        for function in functions {
            let definitions = match function.columns.is_empty() {
                true => definitions,
                false => &function.columns,
            };
            let single = functions.len() == 1;
            // unnest of several arrays is several functions.
            if let ExprKind::Function(call) = &function.function.kind
                && call.arguments.len() > 1
                && is_plain_unnest(call)
            {
                for argument in &call.arguments {
                    let found = self.unnest(call, argument, function.function.span);
                    given.push(found);
                }
                continue;
            }
            let found = self.function_in_from(&function.function, definitions, alias, single);
            given.push(found);
        }
        self.level_mut().lateral = before;
        let name = functions
            .first()
            .map(|it| super::target::column_name(&it.function, self.version))
            .unwrap_or_default();
        let mut columns: Columns = given.iter().flat_map(|it| it.columns.clone()).collect();
        if *ordinality {
            columns.push(("ordinality".into(), ValueType::plain(well_known::INT8)));
        }
        let unknown = given.iter().any(|it| it.unknown);
        let scalar = given.len() == 1 && !ordinality && given.iter().all(|it| it.scalar);
        let kind = RangeKind::Function {
            functions: given
                .into_iter()
                .map(|it| FunctionRange {
                    call: it.call,
                    column_count: it.columns.len(),
                    definitions: it.definitions,
                    columns: it.columns.into_iter().map(|(_, typed)| typed).collect(),
                })
                .collect(),
            ordinality: *ordinality,
        };
        let mut item = self.derived_item(kind, &name, alias, columns, unknown, lateral, item.span);
        item.scalar = scalar;
        item
    }

    fn unnest(
        &mut self,
        call: &'a ast::FunctionCall,
        argument: &'a ast::Argument,
        span: Span,
    ) -> Given {
        let value = self.within(Context::FromFunction, |it| it.expression(&argument.value));
        let arguments = super::call::Arguments {
            values: vec![value],
            spans: vec![argument.value.span],
            names: Vec::new(),
        };
        if arguments.values.iter().any(is_unknown) {
            return unknown(Vec::new());
        }
        let search = super::doors::CallSearch {
            name: &call.name,
            arguments: &arguments,
            variadic: false,
            procedure: false,
        };
        let Some(callee) = self.callee(&search, span) else {
            return unknown(Vec::new());
        };
        let form = crate::postgres::tree::CoercionForm::Call;
        let value = self.within(Context::FromFunction, |it| {
            it.plain_call(callee, arguments, false, form, span)
        });
        self.given(value, &[], None, false, "unnest", span)
    }

    fn function_in_from(
        &mut self,
        function: &'a ast::Expr,
        definitions: &'a [ast::TableFunctionColumn],
        alias: Option<&'a ast::Alias>,
        single: bool,
    ) -> Given {
        let sets = self.level().sets;
        let call = self.in_context(function, Context::FromFunction);
        // A function in FROM may return a set, but none of its arguments may.
        let own = usize::from(match &call {
            Expr::Function(call) => call.returns_set,
            Expr::Operator(call) => call.returns_set,
            _ => false,
        });
        if self.level().sets > sets + own {
            self.report(errors::set_within_function(function.span));
        }
        self.level_mut().sets = sets;
        let name = super::target::column_name(function, self.version);
        self.given(call, definitions, alias, single, &name, function.span)
    }

    /// The columns that a call gives (`addRangeTableEntryForFunction`).
    fn given(
        &mut self,
        call: Expr,
        definitions: &'a [ast::TableFunctionColumn],
        alias: Option<&'a ast::Alias>,
        single: bool,
        name: &str,
        span: Span,
    ) -> Given {
        let defined: Columns = definitions
            .iter()
            .map(|column| {
                let typed = self.type_named(&column.type_name).unwrap_or(UNKNOWN);
                (Arc::clone(&column.name.name), typed)
            })
            .collect();
        if is_unknown(&call) {
            return unknown(defined);
        }
        let typed = call.value_type();
        let outputs = match &call {
            Expr::Function(call) => self.output_columns(call.function),
            _ => None,
        };
        let relation = self.row_relation(typed.oid);
        let is_record = typed.oid == well_known::RECORD && outputs.is_none();
        if !definitions.is_empty() && !is_record {
            self.report(errors::columns_not_wanted(span, outputs.is_some()));
            return unknown(defined);
        }
        if is_record && definitions.is_empty() {
            self.report(errors::columns_wanted(span, name));
            return unknown(defined);
        }
        let (columns, scalar) = if is_record {
            (defined.clone(), false)
        } else if let Some(relation) = relation {
            let columns = self.catalog.attributes(relation).into_iter();
            let columns = columns.map(|it| (Arc::from(&*it.name), it.value));
            (columns.collect(), false)
        } else if let Some(mut outputs) = outputs {
            if let Expr::Function(call) = &call {
                self.settle_outputs(call, &mut outputs);
            }
            (outputs, false)
        } else {
            if self.is_pseudo(typed.oid) && typed.oid != well_known::VOID {
                let type_name = self.type_name(typed.oid);
                self.report(errors::pseudo_type_in_from(span, &type_name));
                return unknown(defined);
            }
            let named = match &call {
                Expr::Function(call) => self.output_name(call.function),
                _ => None,
            };
            // A value takes the name of the alias, if that lists no columns.
            let column: Arc<str> = match (named, alias) {
                (Some(named), _) => named,
                (None, Some(alias)) if single => Arc::clone(&alias.name.name),
                (None, _) => Arc::from(name),
            };
            (vec![(column, typed)], true)
        };
        Given {
            call,
            columns,
            definitions: defined,
            unknown: false,
            scalar,
        }
    }

    fn is_pseudo(&self, oid: crate::postgres::types::Oid) -> bool {
        matches!(
            self.type_kind(oid),
            Some(crate::postgres::types::TypeKind::Pseudo)
        )
    }

    /// The columns of a function with several output parameters.
    fn output_columns(&self, function: crate::postgres::types::Oid) -> Option<Columns> {
        let found = self.catalog.function(function)?;
        if found.result != well_known::RECORD || !matches!(found.kind, FunctionKind::Function) {
            return None;
        }
        let columns = self.record_of(function);
        (!columns.is_empty()).then_some(columns)
    }

    /// The name of the one output parameter of a function.
    fn output_name(&self, function: crate::postgres::types::Oid) -> Option<Arc<str>> {
        let found = self.catalog.function(function)?;
        let mut outputs = found.parameters.iter().filter(|it| {
            matches!(
                it.mode,
                ParameterMode::Out | ParameterMode::InOut | ParameterMode::Table
            )
        });
        let first = outputs.next()?;
        (outputs.next().is_none() && !first.name.is_empty()).then(|| Arc::from(&*first.name))
    }

    /// The types of outputs that are declared polymorphic, by those of the arguments.
    fn settle_outputs(
        &mut self,
        call: &crate::postgres::tree::FunctionCall,
        outputs: &mut Columns,
    ) {
        let Some(found) = self.catalog.function(call.function) else {
            return;
        };
        let declared = found.inputs.to_vec();
        let actual: Vec<_> = call
            .arguments
            .iter()
            .map(|it| it.value_type().oid)
            .collect();
        for (_, typed) in outputs {
            if crate::postgres::types::is_polymorphic(typed.oid) {
                let typing = self.typing();
                match typing.polymorphic_types(&actual, &declared, typed.oid) {
                    Ok((_, oid)) => *typed = self.plain_type(oid),
                    Err(_) => *typed = UNKNOWN,
                }
            }
        }
    }

    /// XMLTABLE (`transformRangeTableFunc`).
    pub(super) fn xml_table(
        &mut self,
        table: &'a ast::XmlTable,
        alias: Option<&'a ast::Alias>,
        span: Span,
    ) -> Item {
        let before = std::mem::replace(&mut self.level_mut().lateral, true);
        let text = ValueType::plain(well_known::TEXT);
        let xml = ValueType::plain(well_known::XML);
        let value = |this: &mut Self, it: &'a ast::Expr, typed: ValueType| {
            let value = this.in_context(it, Context::FromFunction);
            this.value_of_type(value, typed, "XMLTABLE", it.span)
        };
        let rows = value(self, &table.row, text);
        let document = value(self, &table.document, xml);
        let namespaces = table
            .namespaces
            .iter()
            .map(|namespace| {
                let name = namespace.name.as_ref().map(|it| Arc::clone(&it.name));
                (name, value(self, &namespace.uri, text))
            })
            .collect();
        let mut columns = Vec::new();
        for column in &table.columns {
            let name = Arc::clone(&column.name.name);
            columns.push(match &column.kind {
                ast::XmlTableColumnKind::Ordinality => TableFunctionColumn {
                    name,
                    typed: ValueType::plain(well_known::INT4),
                    path: None,
                    default: None,
                    not_null: false,
                    ordinality: true,
                },
                ast::XmlTableColumnKind::Value {
                    type_name,
                    path,
                    default,
                    not_null,
                } => {
                    let typed = self.type_named(type_name).unwrap_or(UNKNOWN);
                    TableFunctionColumn {
                        name,
                        typed,
                        path: path.as_deref().map(|it| value(self, it, text)),
                        default: default.as_deref().map(|it| value(self, it, typed)),
                        not_null: *not_null,
                        ordinality: false,
                    }
                }
            });
        }
        self.level_mut().lateral = before;
        let listed = columns.iter().map(|it| (Arc::clone(&it.name), it.typed));
        let listed: Columns = listed.collect();
        let kind = RangeKind::TableFunction(Box::new(TableFunction {
            namespaces,
            document,
            rows,
            columns,
        }));
        self.derived_item(kind, &"xmltable".into(), alias, listed, false, true, span)
    }
}

fn is_plain_unnest(call: &ast::FunctionCall) -> bool {
    let schema = call.name.schema.as_ref().map(|it| &*it.name);
    &*call.name.name.name == "unnest"
        && matches!(schema, None | Some("pg_catalog"))
        && call.arguments.iter().all(|it| it.name.is_none())
        && !call.variadic
        && !call.distinct
        && call.order_by.is_empty()
        && call.filter.is_none()
        && call.over.is_none()
}

fn unknown(columns: Columns) -> Given {
    Given {
        call: Expr::Unknown,
        columns,
        definitions: Vec::new(),
        unknown: true,
        scalar: false,
    }
}
