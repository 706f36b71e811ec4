//! A stored expression of a table as one of a statement that names the table.

use crate::postgres::tree::{Column, Conversion, Expr, FunctionCall, NullTest, OperatorCall};

/// The expression with the table at another position of the range table.
pub(super) fn moved(expression: &Expr, entry: usize) -> Expr {
    let each = |list: &[Expr]| list.iter().map(|it| moved(it, entry)).collect::<Vec<_>>();
    let conversion = |it: &Conversion| {
        Box::new(Conversion {
            operand: moved(&it.operand, entry),
            ..it.clone()
        })
    };
    let operator = |call: &OperatorCall| {
        Box::new(OperatorCall {
            arguments: each(&call.arguments),
            ..call.clone()
        })
    };
    match expression {
        Expr::Column(column) => Expr::Column(Column { entry, ..*column }),
        Expr::Function(call) => Expr::Function(Box::new(FunctionCall {
            arguments: each(&call.arguments),
            ..(**call).clone()
        })),
        Expr::Operator(call) => Expr::Operator(operator(call)),
        Expr::Distinct(call) => Expr::Distinct(operator(call)),
        Expr::NullIf(call) => Expr::NullIf(operator(call)),
        Expr::Boolean(kind, operands) => Expr::Boolean(*kind, each(operands)),
        Expr::Relabel(it) => Expr::Relabel(conversion(it)),
        Expr::Io(it) => Expr::Io(conversion(it)),
        Expr::ToDomain(it) => Expr::ToDomain(conversion(it)),
        Expr::NullTest(it) => Expr::NullTest(Box::new(NullTest {
            operand: moved(&it.operand, entry),
            ..(**it).clone()
        })),
        Expr::Coalesce(it) => {
            let mut it = (**it).clone();
            it.arguments = each(&it.arguments);
            Expr::Coalesce(Box::new(it))
        }
        Expr::ArrayComparison(it) => {
            let mut it = (**it).clone();
            it.value = moved(&it.value, entry);
            it.array = moved(&it.array, entry);
            Expr::ArrayComparison(Box::new(it))
        }
        Expr::BooleanTest(it) => {
            let mut it = (**it).clone();
            it.operand = moved(&it.operand, entry);
            Expr::BooleanTest(Box::new(it))
        }
        Expr::Array(it) => {
            let mut it = (**it).clone();
            it.elements = each(&it.elements);
            Expr::Array(Box::new(it))
        }
        Expr::Collate(it) => {
            let mut it = (**it).clone();
            it.operand = moved(&it.operand, entry);
            Expr::Collate(Box::new(it))
        }
        // What else an index can hold is compared as it is.
        other => other.clone(),
    }
}
