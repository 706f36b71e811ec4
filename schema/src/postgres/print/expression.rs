//! Expressions (`get_rule_expr`).

use super::constant::Label;
use super::{Printer, VARIABLE};
use crate::postgres::tree::{
    BooleanOperator, Case, CoercionForm, Column, Conversion, Expr, ParameterKind,
    RowComparisonKind, SqlValue, SqlValueKind, Subscript, Truth, Xml, XmlKind,
};
use crate::postgres::types::{Typmod, ValueType};

impl Printer<'_> {
    /// An expression. Conversions that nobody wrote are shown on demand: where an operator or a function would be another one
    /// without them.
    pub(super) fn expression(&mut self, expression: &Expr, show_implicit: bool) {
        match expression {
            Expr::Column(column) => self.column(column, false),
            Expr::Constant(constant) => self.constant(constant, Label::Needed),
            Expr::Parameter(it) => match it.kind {
                ParameterKind::External(number) => self.push(&format!("${number}")),
                ParameterKind::MultipleAssignment(..) => self.push("(SubPlan)"),
            },
            Expr::Function(call) => self.function(call, show_implicit),
            Expr::Aggregate(call) => self.aggregate(call),
            Expr::Grouping(it) => {
                self.push("GROUPING(");
                self.list(&it.arguments, |this, it| this.expression(it, true));
                self.push(")");
            }
            Expr::Window(call) => self.window_call(call),
            Expr::Operator(call) => self.operator(call),
            Expr::Distinct(call) => {
                self.push("(");
                for (position, argument) in call.arguments.iter().enumerate() {
                    if position > 0 {
                        self.push(" IS DISTINCT FROM ");
                    }
                    self.expression(argument, true);
                }
                self.push(")");
            }
            Expr::NullIf(call) => {
                self.push("NULLIF(");
                self.list(&call.arguments, |this, it| this.expression(it, true));
                self.push(")");
            }
            Expr::ArrayComparison(it) => self.array_comparison(it),
            Expr::Boolean(operator, operands) => self.boolean(*operator, operands),
            Expr::SubLink(link) => self.sublink(link),
            Expr::Named(it) => {
                self.name(&it.name);
                self.push(" => ");
                self.expression(&it.argument, show_implicit);
            }
            Expr::Subscripts(it) => {
                let bare = matches!(it.container, Expr::Column(_) | Expr::FieldSelect(_));
                self.parenthesized(!bare, |this| this.expression(&it.container, show_implicit));
                self.subscripts(&it.subscripts);
                if let Some(assigned) = &it.assigned {
                    self.push(" := ");
                    self.expression(assigned, show_implicit);
                }
            }
            Expr::FieldSelect(it) => {
                let bare = matches!(it.row, Expr::Subscripts(_) | Expr::FieldSelect(_));
                self.parenthesized(!bare, |this| this.expression(&it.row, true));
                self.push(".");
                self.field_name(it.row.value_type().oid, it.number);
            }
            Expr::FieldStore(it) => {
                self.push("ROW(");
                self.list(&it.fields, |this, (_, value)| this.expression(value, true));
                self.push(")");
                self.type_suffix(ValueType::plain(it.row_type));
            }
            Expr::Relabel(it) => self.converted(it, it.typed, show_implicit),
            Expr::Io(it) | Expr::ConvertRow(it) => {
                self.converted(it, it.typed.modified(Typmod::NONE), show_implicit);
            }
            Expr::ToDomain(it) => self.converted(it, it.typed, show_implicit),
            Expr::ArrayCoercion(it) => {
                if it.form == CoercionForm::Implicit && !show_implicit {
                    self.expression(&it.operand, false);
                } else {
                    self.conversion(&it.operand, it.typed);
                }
            }
            Expr::Collate(it) => {
                self.push("(");
                self.expression(&it.operand, show_implicit);
                self.push(" COLLATE ");
                let name = self.collation_name(it.collation);
                self.push(&name);
                self.push(")");
            }
            Expr::Case(it) => self.case(it),
            Expr::CaseTest(_) => self.push("CASE_TEST_EXPR"),
            Expr::Array(it) => {
                self.push("ARRAY[");
                self.list(&it.elements, |this, it| this.expression(it, true));
                self.push("]");
                if it.elements.is_empty() {
                    self.type_suffix(ValueType::plain(it.typed.oid));
                }
            }
            Expr::Row(it) => {
                self.push("ROW(");
                self.list(&it.fields, |this, it| this.top_level(it, true));
                self.push(")");
                if it.form == CoercionForm::Explicit {
                    self.type_suffix(ValueType::plain(it.row_type));
                }
            }
            Expr::RowComparison(it) => {
                self.push("(ROW(");
                self.list(&it.left, |this, it| this.top_level(it, true));
                self.push(match it.kind {
                    RowComparisonKind::Less => ") < ROW(",
                    RowComparisonKind::LessOrEqual => ") <= ROW(",
                    RowComparisonKind::GreaterOrEqual => ") >= ROW(",
                    RowComparisonKind::Greater => ") > ROW(",
                });
                self.list(&it.right, |this, it| this.top_level(it, true));
                self.push("))");
            }
            Expr::Coalesce(it) => {
                self.push("COALESCE(");
                self.list(&it.arguments, |this, it| this.expression(it, true));
                self.push(")");
            }
            Expr::MinMax(it) => {
                self.push(if it.greatest { "GREATEST(" } else { "LEAST(" });
                self.list(&it.arguments, |this, it| this.expression(it, true));
                self.push(")");
            }
            Expr::SqlValue(it) => self.sql_value(it),
            Expr::Xml(it) => self.xml(it),
            Expr::NullTest(it) => {
                self.push("(");
                self.expression(&it.operand, true);
                // What is a row but tested as a whole is printed so that it is read back as that.
                let as_value = !it.row && self.is_row_type(it.operand.value_type().oid);
                self.push(match (as_value, it.negated) {
                    (false, false) => " IS NULL)",
                    (false, true) => " IS NOT NULL)",
                    (true, false) => " IS NOT DISTINCT FROM NULL)",
                    (true, true) => " IS DISTINCT FROM NULL)",
                });
            }
            Expr::BooleanTest(it) => {
                self.push("(");
                self.expression(&it.operand, false);
                self.push(if it.negated { " IS NOT " } else { " IS " });
                self.push(match it.truth {
                    Truth::True => "TRUE)",
                    Truth::False => "FALSE)",
                    Truth::Unknown => "UNKNOWN)",
                });
            }
            Expr::DomainValue(_) => self.push("VALUE"),
            Expr::Default(_) => self.push("DEFAULT"),
            Expr::CurrentOf(cursor) => {
                self.push("CURRENT OF ");
                self.name(cursor);
            }
            Expr::Unknown => {}
        }
    }

    /// An expression where `t.*` would be taken for a list of columns (`get_rule_expr_toplevel`).
    pub(super) fn top_level(&mut self, expression: &Expr, show_implicit: bool) {
        match expression {
            Expr::Column(column) => self.column(column, true),
            _ => self.expression(expression, show_implicit),
        }
    }

    fn parenthesized(&mut self, parentheses: bool, print: impl FnOnce(&mut Self)) {
        if parentheses {
            self.push("(");
        }
        print(self);
        if parentheses {
            self.push(")");
        }
    }

    fn converted(&mut self, it: &Conversion, typed: ValueType, show_implicit: bool) {
        if it.form == CoercionForm::Implicit && !show_implicit {
            self.expression(&it.operand, false);
        } else {
            self.conversion(&it.operand, typed);
        }
    }

    fn column(&mut self, column: &Column, top_level: bool) {
        let Some(index) = self.scopes.len().checked_sub(column.levels_up + 1) else {
            return;
        };
        // The innermost query decides whether names are qualified.
        let prefixed = self.scopes.last().is_some_and(|scope| scope.prefixed);
        let entry = self
            .scopes
            .get(index)
            .and_then(|scope| scope.entries.get(column.entry));
        let Some(entry) = entry else { return };
        let name = entry.column(column.number).map(str::to_owned);
        let qualifier = entry.name.clone().filter(|_| prefixed || name.is_none());
        if let Some(qualifier) = qualifier {
            self.name(&qualifier);
            self.push(".");
        }
        match name {
            Some(name) => self.name(&name),
            None => {
                self.push("*");
                if top_level {
                    self.type_suffix(column.typed);
                }
            }
        }
    }

    fn boolean(&mut self, operator: BooleanOperator, operands: &[Expr]) {
        self.push("(");
        let between = match operator {
            BooleanOperator::And => " AND ",
            BooleanOperator::Or => " OR ",
            BooleanOperator::Not => {
                self.push("NOT ");
                ""
            }
        };
        for (position, operand) in operands.iter().enumerate() {
            if position > 0 {
                self.push(between);
            }
            self.expression(operand, false);
        }
        self.push(")");
    }

    fn subscripts(&mut self, subscripts: &[Subscript]) {
        for subscript in subscripts {
            self.push("[");
            match subscript {
                Subscript::Index(index) => self.expression(index, false),
                Subscript::Slice(lower, upper) => {
                    if let Some(lower) = lower {
                        self.expression(lower, false);
                    }
                    self.push(":");
                    if let Some(upper) = upper {
                        self.expression(upper, false);
                    }
                }
            }
            self.push("]");
        }
    }

    fn case(&mut self, case: &Case) {
        self.keyword("CASE", 0, VARIABLE, 0);
        if let Some(operand) = &case.operand {
            self.push(" ");
            self.expression(operand, true);
        }
        for branch in &case.branches {
            // The operand that the condition compares is not written.
            let condition = match &branch.condition {
                Expr::Operator(call) if case.operand.is_some() => match call.arguments.as_slice() {
                    [left, right] if matches!(without_implicit(left), Expr::CaseTest(_)) => right,
                    _ => &branch.condition,
                },
                condition => condition,
            };
            self.keyword("WHEN ", 0, 0, 0);
            self.expression(condition, false);
            self.push(" THEN ");
            self.expression(&branch.result, true);
        }
        self.keyword("ELSE ", 0, 0, 0);
        self.expression(&case.otherwise, true);
        self.keyword("END", -VARIABLE, 0, 0);
    }

    fn sql_value(&mut self, it: &SqlValue) {
        self.push(match it.kind {
            SqlValueKind::CurrentDate => "CURRENT_DATE",
            SqlValueKind::CurrentTime => "CURRENT_TIME",
            SqlValueKind::CurrentTimestamp => "CURRENT_TIMESTAMP",
            SqlValueKind::LocalTime => "LOCALTIME",
            SqlValueKind::LocalTimestamp => "LOCALTIMESTAMP",
            SqlValueKind::CurrentRole => "CURRENT_ROLE",
            SqlValueKind::CurrentUser => "CURRENT_USER",
            SqlValueKind::User => "USER",
            SqlValueKind::SessionUser => "SESSION_USER",
            SqlValueKind::CurrentCatalog => "CURRENT_CATALOG",
            SqlValueKind::CurrentSchema => "CURRENT_SCHEMA",
        });
        if it.typed.typmod.is_some() {
            self.push(&format!("({})", it.typed.typmod.0));
        }
    }

    fn xml(&mut self, it: &Xml) {
        let content = if it.document { "DOCUMENT " } else { "CONTENT " };
        self.push(match it.kind {
            XmlKind::Concat => "XMLCONCAT(",
            XmlKind::Element => "XMLELEMENT(",
            XmlKind::Forest => "XMLFOREST(",
            XmlKind::Parse => "XMLPARSE(",
            XmlKind::Pi => "XMLPI(",
            XmlKind::Root => "XMLROOT(",
            XmlKind::Serialize => "XMLSERIALIZE(",
            XmlKind::IsDocument => {
                self.push("(");
                self.list(&it.arguments, |this, it| this.expression(it, true));
                self.push(" IS DOCUMENT)");
                return;
            }
        });
        if matches!(it.kind, XmlKind::Parse | XmlKind::Serialize) {
            self.push(content);
        }
        if let Some(name) = &it.name {
            self.push("NAME ");
            self.name(name);
        }
        let mut separate = it.name.is_some();
        if !it.named.is_empty() {
            if separate {
                self.push(", ");
            }
            if it.kind == XmlKind::Element {
                self.push("XMLATTRIBUTES(");
            }
            self.list(&it.named, |this, (name, value)| {
                this.expression(value, true);
                this.push(" AS ");
                this.name(name);
            });
            if it.kind == XmlKind::Element {
                self.push(")");
            }
            separate = true;
        }
        if separate && !it.arguments.is_empty() {
            self.push(", ");
        }
        match (it.kind, it.arguments.as_slice()) {
            (XmlKind::Parse, [value, ..]) => {
                self.expression(value, true);
                let keeps = match it.arguments.get(1) {
                    Some(Expr::Constant(constant)) => matches!(
                        &constant.value,
                        Some(crate::postgres::tree::Value::Text(text)) if **text == *"t"
                    ),
                    _ => false,
                };
                self.push(if keeps {
                    " PRESERVE WHITESPACE"
                } else {
                    " STRIP WHITESPACE"
                });
            }
            (_, arguments) => self.list(arguments, |this, it| this.expression(it, true)),
        }
        if it.kind == XmlKind::Serialize {
            self.push(" AS ");
            let name = self.typing.format(it.typed.oid, it.typed.typmod);
            self.push(&name);
        }
        self.push(")");
    }
}

/// What is left of an expression without conversions that nobody wrote (`strip_implicit_coercions`).
fn without_implicit(mut expression: &Expr) -> &Expr {
    loop {
        expression = match expression {
            Expr::Function(call) if call.form == CoercionForm::Implicit => {
                match call.arguments.first() {
                    Some(first) => first,
                    None => return expression,
                }
            }
            Expr::Relabel(it) | Expr::Io(it) | Expr::ConvertRow(it) | Expr::ToDomain(it)
                if it.form == CoercionForm::Implicit =>
            {
                &it.operand
            }
            Expr::ArrayCoercion(it) if it.form == CoercionForm::Implicit => &it.operand,
            _ => return expression,
        };
    }
}
