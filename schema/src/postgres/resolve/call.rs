//! Function calls (`ParseFuncOrColumn`).

use super::context::Context;
use super::doors::{CallSearch, Callee};
use super::resolver::{Resolver, is_unknown};
use crate::errors::postgres::expressions as errors;
use crate::postgres::ast::{self, CallSyntax, Ident};
use crate::postgres::tree::{
    Aggregate, AggregateKind, ArrayConstructor, CoercionForm, Expr, FieldSelect, FunctionCall,
    NamedArgument, Target, WindowCall,
};
use crate::postgres::types::{self, FunctionKind, Objects as _, Oid, ValueType, well_known};
use crate::text::Span;
use std::sync::Arc;

/// The arguments of a call.
#[derive(Default)]
pub(super) struct Arguments {
    pub(super) values: Vec<Expr>,
    pub(super) spans: Vec<Span>,
    /// The names of the last ones, where they are written with one.
    pub(super) names: Vec<Arc<str>>,
}

impl Arguments {
    pub(super) fn types(&self) -> Vec<Oid> {
        self.values.iter().map(|it| it.value_type().oid).collect()
    }
}

impl<'a> Resolver<'a> {
    pub(super) fn call(&mut self, call: &'a ast::FunctionCall, span: Span) -> Expr {
        let filter = call
            .filter
            .as_deref()
            .map(|filter| self.condition(filter, Context::Filter, "FILTER"));
        let mut arguments = self.arguments(&call.arguments);
        if call.within_group {
            for term in &call.order_by {
                arguments.values.push(self.expression(&term.value));
                arguments.spans.push(term.value.span);
            }
        }
        if arguments.values.iter().any(is_unknown) {
            return Expr::Unknown;
        }
        if let Some(field) = self.as_field(call, &arguments) {
            return field;
        }
        let search = CallSearch {
            name: &call.name,
            arguments: &arguments,
            variadic: call.variadic,
            procedure: false,
        };
        let Some(callee) = self.callee(&search, span) else {
            return Expr::Unknown;
        };
        match callee.kind {
            None => {
                // `text(x)`, `date(x)`: a conversion in the form of a call.
                return match arguments.values.into_iter().next() {
                    Some(value) => {
                        let typed = ValueType::plain(callee.result);
                        self.cast_to(value, typed, CoercionForm::Call, span)
                    }
                    None => Expr::Unknown,
                };
            }
            Some(FunctionKind::Procedure) => {
                return self.mistake(errors::procedure_here(&call.name, span));
            }
            Some(_) => {}
        }
        self.finished_call(call, callee, arguments, filter, span)
    }

    /// CALL: the arguments of a procedure, converted to what it takes (`transformCallStmt`).
    pub(super) fn procedure_call(&mut self, call: &'a ast::FunctionCall, span: Span) {
        let arguments = self.arguments(&call.arguments);
        if arguments.values.iter().any(is_unknown) {
            return;
        }
        let search = CallSearch {
            name: &call.name,
            arguments: &arguments,
            variadic: call.variadic,
            procedure: true,
        };
        if let Some(callee) = self.callee(&search, span) {
            self.finished_call(call, callee, arguments, None, span);
        }
    }

    /// The arguments of a call, in the order in which they are written.
    pub(super) fn arguments(&mut self, arguments: &'a [ast::Argument]) -> Arguments {
        let mut found = Arguments::default();
        let mut named: Vec<&Ident> = Vec::new();
        for argument in arguments {
            let value = self.expression(&argument.value);
            match &argument.name {
                Some(name) => {
                    if named.iter().any(|other| other.name == name.name) {
                        self.report(errors::argument_twice(name));
                    }
                    named.push(name);
                    found.names.push(Arc::clone(&name.name));
                }
                None if !named.is_empty() => {
                    self.report(errors::positional_after_named(argument.value.span));
                    found.values.push(Expr::Unknown);
                    found.spans.push(argument.value.span);
                    continue;
                }
                None => {}
            }
            found.values.push(value);
            found.spans.push(argument.value.span);
        }
        found
    }

    /// `f(t)` may be the field `f` of a row `t`.
    fn as_field(&mut self, call: &ast::FunctionCall, arguments: &Arguments) -> Option<Expr> {
        let plain = call.name.schema.is_none()
            && !call.star
            && !call.distinct
            && call.order_by.is_empty()
            && call.filter.is_none()
            && call.over.is_none()
            && !call.variadic
            && arguments.names.is_empty();
        let [value] = arguments.values.as_slice() else {
            return None;
        };
        let is_row = |oid| oid == well_known::RECORD || self.is_row_type(oid);
        if !plain || !is_row(value.value_type().oid) {
            return None;
        }
        self.field_of(value.clone(), &call.name.name.name).ok()
    }

    /// `t.f` as `f(t)`; nothing if there is no such function.
    pub(super) fn function_on_row(&mut self, name: &'a Ident, row: Expr) -> Option<Expr> {
        if is_unknown(&row) {
            return Some(Expr::Unknown);
        }
        if let Ok(field) = self.field_of(row.clone(), &name.name) {
            return Some(field);
        }
        let arguments = Arguments {
            values: vec![row],
            spans: vec![name.span],
            names: Vec::new(),
        };
        let qualified = ast::QualifiedName::bare(name.clone());
        let search = CallSearch {
            name: &qualified,
            arguments: &arguments,
            variadic: false,
            procedure: false,
        };
        let callee = self.callee_or_nothing(&search)?;
        if !matches!(callee.kind, Some(FunctionKind::Function)) {
            return None;
        }
        Some(self.plain_call(callee, arguments, false, CoercionForm::Call, name.span))
    }

    /// A field of a row value by its name; the value is given back if there is none.
    pub(super) fn field_of(&mut self, value: Expr, name: &str) -> Result<Expr, Expr> {
        let typed = value.value_type();
        let relation = self.row_relation(typed.oid);
        if let Some(relation) = relation {
            let columns = self.catalog.attributes(relation);
            let Some(column) = columns.into_iter().find(|it| it.name == *name) else {
                return Err(value);
            };
            // A field of a whole row is the column itself.
            if let Expr::Column(whole) = &value
                && whole.number == 0
                && whole.levels_up == 0
                && let Some(item) = self.level().items.iter().find(|it| it.entry == whole.entry)
                && let Some(found) = item
                    .columns
                    .iter()
                    .find(|it| it.column.number == column.number)
            {
                return Ok(found.seen_from(0));
            }
            return Ok(Expr::FieldSelect(Box::new(FieldSelect {
                row: value,
                number: column.number,
                typed: column.value,
            })));
        }
        match &value {
            // The columns of a subquery's row.
            Expr::Column(whole) if whole.number == 0 => {
                let level = self.outer(whole.levels_up);
                let items = level.map(|it| it.items.as_slice()).unwrap_or_default();
                let item = items.iter().find(|it| it.entry == whole.entry);
                let found = item.and_then(|item| item.columns.iter().find(|it| *it.name == *name));
                match found {
                    Some(column) => Ok(column.seen_from(whole.levels_up)),
                    None => Err(value),
                }
            }
            Expr::Function(call) if typed.oid == well_known::RECORD => {
                let fields = self.record_of(call.function);
                let found = fields.iter().position(|(field, _)| **field == *name);
                match found.and_then(|at| fields.get(at).map(|it| (at, it.1))) {
                    Some((position, typed)) => Ok(Expr::FieldSelect(Box::new(FieldSelect {
                        number: super::relation::number_of(position),
                        typed,
                        row: value,
                    }))),
                    None => Err(value),
                }
            }
            Expr::Row(row) => {
                let position = row.names.iter().position(|it| **it == *name);
                match position.and_then(|at| row.fields.get(at).map(|it| (at, it.value_type()))) {
                    Some((position, typed)) => Ok(Expr::FieldSelect(Box::new(FieldSelect {
                        number: super::relation::number_of(position),
                        typed,
                        row: value,
                    }))),
                    None => Err(value),
                }
            }
            _ => Err(value),
        }
    }

    fn finished_call(
        &mut self,
        call: &'a ast::FunctionCall,
        callee: Callee,
        arguments: Arguments,
        filter: Option<Expr>,
        span: Span,
    ) -> Expr {
        let name = &call.name.name.name;
        let over = call.over.as_ref();
        if call.variadic && !self.spreads_array(&callee, &arguments) {
            return Expr::Unknown;
        }
        match callee.kind {
            Some(FunctionKind::Aggregate(kind)) => {
                if let Some(over) = over {
                    if call.distinct {
                        return self.mistake(errors::distinct_over(span));
                    }
                    if !call.order_by.is_empty() {
                        return self.mistake(errors::order_by_over(span));
                    }
                    return self.window_call(callee, call, arguments, filter, over, true, span);
                }
                self.aggregate(callee, kind, call, arguments, filter, span)
            }
            Some(FunctionKind::Window) => {
                let Some(over) = over else {
                    return self.mistake(errors::window_without_over(span, name));
                };
                if call.distinct || !call.order_by.is_empty() || filter.is_some() {
                    return self.mistake(errors::plain_window_function(span, name));
                }
                self.window_call(callee, call, arguments, None, over, false, span)
            }
            _ => {
                let wrong = if call.star {
                    Some("`*`")
                } else if call.distinct {
                    Some("DISTINCT")
                } else if call.within_group {
                    Some("WITHIN GROUP")
                } else if !call.order_by.is_empty() {
                    Some("ORDER BY")
                } else if filter.is_some() {
                    Some("FILTER")
                } else {
                    None
                };
                if let Some(what) = wrong {
                    return self.mistake(errors::not_an_aggregate(span, name, what));
                }
                if over.is_some() {
                    return self.mistake(errors::not_a_window_function(span, name));
                }
                let form = match call.syntax {
                    CallSyntax::Call => CoercionForm::Call,
                    CallSyntax::Sql => CoercionForm::SqlSyntax,
                };
                self.plain_call(callee, arguments, call.variadic, form, span)
            }
        }
    }

    /// Whether what is written after VARIADIC is an array; reports if not. Parameters of `VARIADIC "any"` take a value of any
    /// type, so that the choice of the function does not tell.
    fn spreads_array(&mut self, callee: &Callee, arguments: &Arguments) -> bool {
        let function = self.catalog.function(callee.function);
        let takes_any = function.is_some_and(|it| it.variadic == Some(well_known::ANY));
        let (Some(last), Some(span)) = (arguments.values.last(), arguments.spans.last()) else {
            return true;
        };
        let oid = last.value_type().oid;
        let is_known = !matches!(last, Expr::Unknown);
        if !takes_any || !is_known || self.typing().base_element_type(oid).is_some() {
            return true;
        }
        let type_name = self.type_name(oid);
        self.report(errors::variadic_without_array(*span, &type_name));
        false
    }

    /// A call of an ordinary function.
    pub(super) fn plain_call(
        &mut self,
        callee: Callee,
        arguments: Arguments,
        variadic: bool,
        form: CoercionForm,
        span: Span,
    ) -> Expr {
        let Some((arguments, result, gathered)) = self.converted(&callee, arguments, span) else {
            return Expr::Unknown;
        };
        if callee.returns_set {
            let name = self
                .catalog
                .function(callee.function)
                .map(|it| it.name.to_string());
            self.note_set(span, name.as_deref().unwrap_or_default());
        }
        let typed = self.collected(ValueType::plain(result), &arguments);
        Expr::Function(Box::new(FunctionCall {
            function: callee.function,
            arguments,
            variadic: variadic || gathered,
            returns_set: callee.returns_set,
            form,
            typed,
        }))
    }

    /// The arguments as the function takes them, the type of the result, and whether several were gathered in an array.
    fn converted(
        &mut self,
        callee: &Callee,
        arguments: Arguments,
        span: Span,
    ) -> Option<(Vec<Expr>, Oid, bool)> {
        let actual = arguments.types();
        let mut values = self.in_order(callee, &arguments);
        let declared: Vec<Oid> = callee.declared.iter().copied().take(actual.len()).collect();
        let (declared, result) = self.made_concrete(&actual, &declared, callee.result, span)?;
        if !self.convert_arguments(&mut values, &declared, &arguments.spans) {
            return None;
        }
        let Some(first) = callee.gathered_from.filter(|_| callee.gathers) else {
            return Some((values, result, false));
        };
        let rest = values.split_off(first.min(values.len()));
        let Some(element) = rest.first().map(|it| it.value_type().oid) else {
            return Some((values, result, false));
        };
        let Some(array) = self.array_of(element) else {
            let type_name = self.type_name(element);
            self.report(errors::no_array_type(span, &type_name));
            return None;
        };
        let typed = self.collected(ValueType::plain(array), &rest);
        values.push(Expr::Array(Box::new(ArrayConstructor {
            elements: rest,
            element_type: element,
            nested: false,
            typed,
        })));
        Some((values, result, true))
    }

    /// The arguments, those that have names marked with their positions.
    fn in_order(&mut self, callee: &Callee, arguments: &Arguments) -> Vec<Expr> {
        let plain = arguments.values.len() - arguments.names.len().min(arguments.values.len());
        let values = arguments.values.iter().cloned().enumerate();
        values
            .map(|(position, value)| match position.checked_sub(plain) {
                Some(at) => match (arguments.names.get(at), callee.positions.get(at)) {
                    (Some(name), Some(position)) => Expr::Named(Box::new(NamedArgument {
                        name: Arc::clone(name),
                        position: *position,
                        argument: value,
                    })),
                    _ => value,
                },
                None => value,
            })
            .collect()
    }

    /// A call of an aggregate (`transformAggregateCall`).
    fn aggregate(
        &mut self,
        callee: Callee,
        kind: types::AggregateKind,
        call: &'a ast::FunctionCall,
        arguments: Arguments,
        filter: Option<Expr>,
        span: Span,
    ) -> Expr {
        let name = &call.name.name.name;
        let (kind, direct) = match kind {
            types::AggregateKind::Normal => (AggregateKind::Normal, 0),
            types::AggregateKind::OrderedSet { direct } => (AggregateKind::OrderedSet, direct),
            types::AggregateKind::Hypothetical { direct } => (AggregateKind::Hypothetical, direct),
        };
        if arguments.values.is_empty() && !call.star && !call.within_group {
            return self.mistake(errors::aggregate_wants_star(span, name));
        }
        if call.within_group && kind == AggregateKind::Normal {
            return self.mistake(errors::no_within_group(span, name));
        }
        if !call.within_group && kind != AggregateKind::Normal {
            return self.mistake(errors::wants_within_group(span, name));
        }
        if call.distinct && call.within_group {
            return self.mistake(errors::distinct_within_group(span));
        }
        let direct_count = match call.within_group {
            true => arguments.values.len().saturating_sub(call.order_by.len()),
            false => 0,
        };
        let wanted = match (kind, callee.gathered_from) {
            (AggregateKind::Normal, _) | (AggregateKind::OrderedSet, Some(_)) => direct_count,
            (AggregateKind::OrderedSet | AggregateKind::Hypothetical, None) => usize::from(direct),
            // A row is put in among the others: it has as many values as there are to sort by.
            (AggregateKind::Hypothetical, Some(_)) => call.order_by.len(),
        };
        if direct_count != wanted {
            return self.mistake(errors::direct_arguments(span, name, direct_count, wanted));
        }
        let spans = arguments.spans.clone();
        let Some((mut values, result, gathered)) = self.converted(&callee, arguments, span) else {
            return Expr::Unknown;
        };
        let argument_types = values.iter().map(|it| it.value_type().oid).collect();
        let typed = self.collected(ValueType::plain(result), &values);
        let ordered = values.split_off(direct_count.min(values.len()));
        let direct_arguments = values;
        let mut targets: Vec<Target> = ordered
            .into_iter()
            .enumerate()
            .map(|(position, expression)| Target {
                expression,
                name: None,
                number: super::relation::number_of(position),
                junk: false,
                sort_reference: 0,
                origin: None,
            })
            .collect();
        let target_spans: Vec<Span> = spans.iter().skip(direct_count).copied().collect();
        let mut order_by = Vec::new();
        let mut distinct = Vec::new();
        if call.within_group {
            for (position, term) in call.order_by.iter().enumerate() {
                self.add_sort_term(&mut targets, position, term, &mut order_by);
            }
        } else {
            order_by = self.aggregate_order(&call.order_by, &mut targets);
            if call.distinct {
                distinct =
                    self.distinct_of_targets(&mut targets, &order_by, true, &target_spans, span);
            }
        }
        let mut aggregate = Aggregate {
            function: callee.function,
            kind,
            direct_arguments,
            arguments: targets,
            argument_types,
            order_by,
            distinct,
            filter,
            star: call.star,
            variadic: call.variadic || gathered,
            levels_up: 0,
            typed,
        };
        if !self.place_aggregate(&mut aggregate, name, span) {
            return Expr::Unknown;
        }
        Expr::Aggregate(Box::new(aggregate))
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "it puts together what makes a call"
    )]
    fn window_call(
        &mut self,
        callee: Callee,
        call: &'a ast::FunctionCall,
        arguments: Arguments,
        filter: Option<Expr>,
        over: &'a ast::Over,
        aggregate: bool,
        span: Span,
    ) -> Expr {
        let name = &call.name.name.name;
        if callee.returns_set {
            return self.mistake(errors::set_as_window_function(span));
        }
        if matches!(
            callee.kind,
            Some(FunctionKind::Aggregate(
                types::AggregateKind::OrderedSet { .. } | types::AggregateKind::Hypothetical { .. }
            ))
        ) {
            return self.mistake(errors::ordered_set_over(span, name));
        }
        if aggregate && arguments.values.is_empty() && !call.star {
            return self.mistake(errors::aggregate_wants_star(span, name));
        }
        let context = self.context();
        if !context.takes_windows() {
            return self.mistake(errors::window_function_here(span, name, context));
        }
        let Some((arguments, result, _)) = self.converted(&callee, arguments, span) else {
            return Expr::Unknown;
        };
        let Some(window) = self.window_of(over) else {
            return Expr::Unknown;
        };
        self.level_mut().has_windows = true;
        if arguments.iter().any(has_window) {
            return self.mistake(errors::nested_windows(span));
        }
        let typed = self.collected(ValueType::plain(result), &arguments);
        Expr::Window(Box::new(WindowCall {
            function: callee.function,
            arguments,
            filter,
            window,
            star: call.star,
            aggregate,
            typed,
        }))
    }

    /// Notes a call that returns a set, which may not stand everywhere (`check_srf_call_placement`).
    pub(super) fn note_set(&mut self, span: Span, name: &str) {
        let context = self.context();
        if !context.takes_sets() {
            self.report(errors::set_here(span, name, context));
            return;
        }
        let level = self.level_mut();
        level.sets += 1;
        if !matches!(context, Context::FromFunction | Context::Other) {
            level.has_sets = true;
        }
    }
}

/// Whether there is a call with OVER of the same query.
pub(super) fn has_window(expression: &Expr) -> bool {
    use crate::postgres::tree::{Query, Visitor, walk_expression};

    struct Search(bool);

    impl Visitor for Search {
        fn expression(&mut self, expression: &Expr) {
            self.0 |= matches!(expression, Expr::Window(_));
            walk_expression(self, expression);
        }

        fn query(&mut self, _: &Query) {}
    }

    let mut search = Search(false);
    search.expression(expression);
    search.0
}
