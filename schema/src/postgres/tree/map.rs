//! Changes the parts of an expression in place.

use super::expr::{Expr, Subscript};

impl Expr {
    /// Gives the columns of the table that a stored expression belongs to other numbers, as those of another table with
    /// columns of the same names. Stored expressions of tables hold no queries.
    pub fn renumber(&mut self, number: &dyn Fn(i16) -> i16) {
        if let Expr::Column(column) = self
            && column.number > 0
            && column.levels_up == 0
        {
            column.number = number(column.number);
        }
        self.each_operand(&mut |operand| operand.renumber(number));
    }

    /// Does something with each operand; queries are left out.
    pub fn each_operand(&mut self, change: &mut dyn FnMut(&mut Expr)) {
        match self {
            Expr::Column(_)
            | Expr::Constant(_)
            | Expr::Parameter(_)
            | Expr::Grouping(_)
            | Expr::CaseTest(_)
            | Expr::SqlValue(_)
            | Expr::DomainValue(_)
            | Expr::Default(_)
            | Expr::CurrentOf(_)
            | Expr::Unknown => {}
            Expr::Function(it) => it.arguments.iter_mut().for_each(change),
            Expr::Aggregate(it) => {
                it.direct_arguments.iter_mut().for_each(&mut *change);
                let arguments = it.arguments.iter_mut();
                arguments.for_each(|target| change(&mut target.expression));
                it.filter.iter_mut().for_each(change);
            }
            Expr::Window(it) => {
                it.arguments.iter_mut().for_each(&mut *change);
                it.filter.iter_mut().for_each(change);
            }
            Expr::Operator(it) | Expr::Distinct(it) | Expr::NullIf(it) => {
                it.arguments.iter_mut().for_each(change);
            }
            Expr::ArrayComparison(it) => {
                change(&mut it.value);
                change(&mut it.array);
            }
            Expr::Boolean(_, operands) => operands.iter_mut().for_each(change),
            Expr::SubLink(it) => it.operands.iter_mut().for_each(change),
            Expr::Named(it) => change(&mut it.argument),
            Expr::Subscripts(it) => {
                change(&mut it.container);
                for subscript in &mut it.subscripts {
                    match subscript {
                        Subscript::Index(index) => change(index),
                        Subscript::Slice(lower, upper) => {
                            lower.iter_mut().for_each(&mut *change);
                            upper.iter_mut().for_each(&mut *change);
                        }
                    }
                }
                it.assigned.iter_mut().for_each(change);
            }
            Expr::FieldSelect(it) => change(&mut it.row),
            Expr::FieldStore(it) => {
                change(&mut it.row);
                it.fields.iter_mut().for_each(|(_, value)| change(value));
            }
            Expr::Relabel(it) | Expr::Io(it) | Expr::ConvertRow(it) | Expr::ToDomain(it) => {
                change(&mut it.operand);
            }
            Expr::ArrayCoercion(it) => {
                change(&mut it.operand);
                change(&mut it.element);
            }
            Expr::Collate(it) => change(&mut it.operand),
            Expr::Case(it) => {
                it.operand.iter_mut().for_each(&mut *change);
                for branch in &mut it.branches {
                    change(&mut branch.condition);
                    change(&mut branch.result);
                }
                change(&mut it.otherwise);
            }
            Expr::Array(it) => it.elements.iter_mut().for_each(change),
            Expr::Row(it) => it.fields.iter_mut().for_each(change),
            Expr::RowComparison(it) => {
                it.left.iter_mut().for_each(&mut *change);
                it.right.iter_mut().for_each(change);
            }
            Expr::Coalesce(it) => it.arguments.iter_mut().for_each(change),
            Expr::MinMax(it) => it.arguments.iter_mut().for_each(change),
            Expr::Xml(it) => {
                it.named.iter_mut().for_each(|(_, value)| change(value));
                it.arguments.iter_mut().for_each(change);
            }
            Expr::NullTest(it) => change(&mut it.operand),
            Expr::BooleanTest(it) => change(&mut it.operand),
        }
    }
}
