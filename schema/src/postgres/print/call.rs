//! Calls: functions, operators, aggregates, windows, and conversions that are calls (`get_func_expr`, `get_oper_expr`,
//! `get_agg_expr`, `get_windowfunc_expr`).

use super::Printer;
use super::constant::Label;
use crate::postgres::tree::{
    Aggregate, AggregateKind, ArrayComparison, CoercionForm, Expr, FunctionCall, OperatorCall,
    SubLinkKind, Value, WindowCall,
};
use crate::postgres::types::{Oid, Typmod, ValueType, well_known};

impl Printer<'_> {
    pub(super) fn function(&mut self, call: &FunctionCall, show_implicit: bool) {
        match (call.form, call.arguments.first()) {
            (CoercionForm::Implicit, Some(first)) if !show_implicit => {
                self.expression(first, false);
                return;
            }
            (CoercionForm::Implicit | CoercionForm::Explicit, Some(first)) => {
                let typmod = length_coercion(call);
                let typed = ValueType {
                    typmod,
                    ..ValueType::plain(call.typed.oid)
                };
                self.conversion(first, typed);
                return;
            }
            (CoercionForm::SqlSyntax, _) if self.sql_syntax(call) => return,
            _ => {}
        }
        let variadic = call.variadic && self.is_variadic(call.function);
        self.call(call.function, &call.arguments, variadic);
        self.push(")");
    }

    /// Whether a function has a VARIADIC parameter.
    fn is_variadic(&self, function: Oid) -> bool {
        let function = self.typing.objects.function(function);
        function.is_some_and(|function| function.variadic.is_some())
    }

    /// `name(arguments`, without what closes it.
    fn call(&mut self, function: Oid, arguments: &[Expr], variadic: bool) {
        let inputs: Vec<Oid> = arguments.iter().map(|it| it.value_type().oid).collect();
        let names: Vec<&str> = arguments
            .iter()
            .filter_map(|argument| match argument {
                Expr::Named(named) => Some(&*named.name),
                _ => None,
            })
            .collect();
        let name = self.function_name(function, &inputs, &names, variadic);
        self.push(&name);
        self.push("(");
        self.arguments(arguments, variadic);
    }

    fn arguments(&mut self, arguments: &[Expr], variadic: bool) {
        for (position, argument) in arguments.iter().enumerate() {
            if position > 0 {
                self.push(", ");
            }
            if variadic && position + 1 == arguments.len() {
                self.push("VARIADIC ");
            }
            self.expression(argument, true);
        }
    }

    /// The words that the standard has for some functions (`get_func_sql_syntax`); whether there are any.
    fn sql_syntax(&mut self, call: &FunctionCall) -> bool {
        let Some(function) = self.typing.objects.function(call.function) else {
            return false;
        };
        if function.namespace != well_known::PG_CATALOG {
            return false;
        }
        let arguments = call.arguments.as_slice();
        match (&*function.name, arguments) {
            ("timezone", [zone, value]) => {
                self.push("(");
                self.expression(value, false);
                self.push(" AT TIME ZONE ");
                self.expression(zone, false);
                self.push(")");
            }
            ("timezone", [value]) => {
                self.push("(");
                self.expression(value, false);
                self.push(" AT LOCAL)");
            }
            ("overlaps", [a, b, c, d]) => {
                self.push("((");
                self.expression(a, false);
                self.push(", ");
                self.expression(b, false);
                self.push(") OVERLAPS (");
                self.expression(c, false);
                self.push(", ");
                self.expression(d, false);
                self.push("))");
            }
            ("extract", [Expr::Constant(field), value]) => {
                self.push("EXTRACT(");
                if let Some(Value::Text(field)) = &field.value {
                    self.text.push_str(field);
                }
                self.push(" FROM ");
                self.expression(value, false);
                self.push(")");
            }
            ("is_normalized", [value, rest @ ..]) => {
                self.push("(");
                self.expression(value, false);
                self.push(" IS");
                self.form_word(" ", rest);
                self.push(" NORMALIZED)");
            }
            ("normalize", [value, rest @ ..]) => {
                self.push("NORMALIZE(");
                self.expression(value, false);
                self.form_word(", ", rest);
                self.push(")");
            }
            ("pg_collation_for", [value]) => {
                self.push("COLLATION FOR (");
                self.expression(value, false);
                self.push(")");
            }
            ("overlay", [value, placing, from, rest @ ..]) => {
                self.push("OVERLAY(");
                self.expression(value, false);
                self.push(" PLACING ");
                self.expression(placing, false);
                self.push(" FROM ");
                self.expression(from, false);
                if let [length] = rest {
                    self.push(" FOR ");
                    self.expression(length, false);
                }
                self.push(")");
            }
            ("position", [value, wanted]) => {
                self.push("POSITION((");
                self.expression(wanted, false);
                self.push(") IN (");
                self.expression(value, false);
                self.push("))");
            }
            ("substring", [value, pattern, escape])
                if escape.value_type().oid == well_known::TEXT =>
            {
                self.push("SUBSTRING(");
                self.expression(value, false);
                self.push(" SIMILAR ");
                self.expression(pattern, false);
                self.push(" ESCAPE ");
                self.expression(escape, false);
                self.push(")");
            }
            ("substring", [value, from, rest @ ..]) => {
                self.push("SUBSTRING(");
                self.expression(value, false);
                self.push(" FROM ");
                self.expression(from, false);
                if let [length] = rest {
                    self.push(" FOR ");
                    self.expression(length, false);
                }
                self.push(")");
            }
            (name @ ("btrim" | "ltrim" | "rtrim"), [value, rest @ ..]) => {
                self.push(match name {
                    "btrim" => "TRIM(BOTH",
                    "ltrim" => "TRIM(LEADING",
                    _ => "TRIM(TRAILING",
                });
                if let [characters] = rest {
                    self.push(" ");
                    self.expression(characters, false);
                }
                self.push(" FROM ");
                self.expression(value, false);
                self.push(")");
            }
            ("system_user", []) => self.push("SYSTEM_USER"),
            ("xmlexists", [path, value]) => {
                self.push("XMLEXISTS((");
                self.expression(path, false);
                self.push(") PASSING (");
                self.expression(value, false);
                self.push("))");
            }
            _ => return false,
        }
        true
    }

    /// NFC and its like, which is a string in the tree.
    fn form_word(&mut self, before: &str, form: &[Expr]) {
        if let [Expr::Constant(form)] = form
            && let Some(Value::Text(word)) = &form.value
        {
            self.push(before);
            self.text.push_str(word);
        }
    }

    pub(super) fn operator(&mut self, call: &OperatorCall) {
        self.push("(");
        match call.arguments.as_slice() {
            [left, right] => {
                let (left_type, right_type) = (left.value_type().oid, right.value_type().oid);
                let name = self.operator_name(call.operator, Some(left_type), right_type);
                self.expression(left, true);
                self.push(" ");
                self.push(&name);
                self.push(" ");
                self.expression(right, true);
            }
            [right] => {
                let name = self.operator_name(call.operator, None, right.value_type().oid);
                self.push(&name);
                self.push(" ");
                self.expression(right, true);
            }
            _ => {}
        }
        self.push(")");
    }

    pub(super) fn array_comparison(&mut self, it: &ArrayComparison) {
        let array_type = it.array.value_type();
        let element = self
            .typing
            .base_element_type(array_type.oid)
            .unwrap_or(array_type.oid);
        let name = self.operator_name(it.operator, Some(it.value.value_type().oid), element);
        self.push("(");
        self.expression(&it.value, true);
        self.push(" ");
        self.push(&name);
        self.push(if it.any { " ANY (" } else { " ALL (" });
        self.expression(&it.array, true);
        // A bare subquery would be read as one whose rows are compared with.
        if let Expr::SubLink(link) = &it.array
            && link.kind == SubLinkKind::Scalar
        {
            self.type_suffix(array_type);
        }
        self.push("))");
    }

    pub(super) fn aggregate(&mut self, call: &Aggregate) {
        let plain: Vec<&Expr> = call
            .arguments
            .iter()
            .filter(|it| !it.junk)
            .map(|it| &it.expression)
            .collect();
        let variadic = call.variadic && self.is_variadic(call.function);
        let name = self.function_name(call.function, &call.argument_types, &[], variadic);
        self.push(&name);
        self.push("(");
        if !call.distinct.is_empty() {
            self.push("DISTINCT ");
        }
        if call.kind == AggregateKind::Normal {
            if call.star {
                self.push("*");
            } else {
                for (position, argument) in plain.iter().enumerate() {
                    if position > 0 {
                        self.push(", ");
                    }
                    if variadic && position + 1 == plain.len() {
                        self.push("VARIADIC ");
                    }
                    self.expression(argument, true);
                }
            }
            if !call.order_by.is_empty() {
                self.push(" ORDER BY ");
                self.order(&call.order_by, &call.arguments, false);
            }
        } else {
            self.list(&call.direct_arguments, |this, it| this.expression(it, true));
            self.push(") WITHIN GROUP (ORDER BY ");
            self.order(&call.order_by, &call.arguments, false);
        }
        self.filter(call.filter.as_ref());
        self.push(")");
    }

    fn filter(&mut self, filter: Option<&Expr>) {
        if let Some(filter) = filter {
            self.push(") FILTER (WHERE ");
            self.expression(filter, false);
        }
    }

    pub(super) fn window_call(&mut self, call: &WindowCall) {
        let inputs: Vec<Oid> = call
            .arguments
            .iter()
            .map(|it| it.value_type().oid)
            .collect();
        let name = self.function_name(call.function, &inputs, &[], false);
        self.push(&name);
        self.push("(");
        if call.star {
            self.push("*");
        } else {
            self.arguments(&call.arguments, false);
        }
        self.filter(call.filter.as_ref());
        self.push(") OVER ");
        self.window_reference(call.window);
    }

    /// A conversion that was written (`get_coercion_expr`).
    pub(super) fn conversion(&mut self, operand: &Expr, typed: ValueType) {
        match operand {
            // The constant and the conversion that brings its length about are one to the reader.
            Expr::Constant(constant)
                if constant.typed.oid == typed.oid && constant.typed.typmod == Typmod::NONE =>
            {
                self.constant(constant, Label::Never);
            }
            _ => {
                self.push("(");
                self.expression(operand, false);
                self.push(")");
            }
        }
        self.type_suffix(typed);
    }

    /// The name of a field of a row.
    pub(super) fn field_name(&mut self, row: Oid, number: i16) {
        let relation = self.typing.row_relation(row);
        let attributes = relation
            .map(|it| self.typing.objects.attributes(it))
            .unwrap_or_default();
        let found = attributes.into_iter().find(|it| it.number == number);
        let name = found.map_or_else(|| format!("f{number}"), |it| it.name.into_owned());
        self.name(&name);
    }
}

/// The modifier that a call brings about, if it is one that does (`exprIsLengthCoercion`).
fn length_coercion(call: &FunctionCall) -> Typmod {
    let is_conversion = matches!(call.form, CoercionForm::Explicit | CoercionForm::Implicit);
    match call.arguments.as_slice() {
        [_, Expr::Constant(modifier)] | [_, Expr::Constant(modifier), _]
            if is_conversion && modifier.typed.oid == well_known::INT4 =>
        {
            match &modifier.value {
                Some(Value::Text(number)) => number.parse().map_or(Typmod::NONE, Typmod),
                Some(Value::Object(_) | Value::Label(_) | Value::Labels(_)) | None => Typmod::NONE,
            }
        }
        _ => Typmod::NONE,
    }
}
