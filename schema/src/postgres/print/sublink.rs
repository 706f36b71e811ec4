//! Subqueries in expressions (`get_sublink_expr`).

use super::Printer;
use crate::postgres::tree::{Expr, SubLink, SubLinkKind};

impl Printer<'_> {
    pub(super) fn sublink(&mut self, link: &SubLink) {
        self.push(if link.kind == SubLinkKind::Array {
            "ARRAY("
        } else {
            "("
        });
        match link.operands.as_slice() {
            [] => {}
            [operand] => self.expression(operand, true),
            operands => {
                self.push("(");
                self.list(operands, |this, it| this.expression(it, true));
                self.push(")");
            }
        }
        let operator = self.link_operator(link);
        let parentheses = match link.kind {
            SubLinkKind::Exists => {
                self.push("EXISTS ");
                true
            }
            SubLinkKind::Any if operator == "=" => {
                self.push(" IN ");
                true
            }
            SubLinkKind::Any | SubLinkKind::All => {
                self.push(" ");
                self.push(&operator);
                self.push(if link.kind == SubLinkKind::Any {
                    " ANY "
                } else {
                    " ALL "
                });
                true
            }
            SubLinkKind::Scalar | SubLinkKind::Array | SubLinkKind::MultipleAssignment => false,
        };
        if parentheses {
            self.push("(");
        }
        self.query_within(&link.query, None, false);
        self.push(if parentheses { "))" } else { ")" });
    }

    /// The operator of a comparison with the rows of a query; of several columns, the first one's.
    fn link_operator(&self, link: &SubLink) -> String {
        let (Some(operator), Some(operand)) = (link.operators.first(), link.operands.first())
        else {
            return String::new();
        };
        let left = operand.value_type().oid;
        let first = link.query.targets.iter().find(|target| !target.junk);
        let right = first.map_or(left, |target: &crate::postgres::tree::Target| {
            match &link.comparison {
                Some(comparison) => {
                    compared_type(comparison).unwrap_or(target.expression.value_type().oid)
                }
                None => target.expression.value_type().oid,
            }
        });
        self.operator_name(*operator, Some(left), right)
    }
}

/// The type of the right side of the first comparison.
fn compared_type(comparison: &Expr) -> Option<crate::postgres::types::Oid> {
    match comparison {
        Expr::Operator(call) => call.arguments.get(1).map(|right| right.value_type().oid),
        Expr::Boolean(_, operands) => operands.first().and_then(compared_type),
        Expr::RowComparison(rows) => rows.right.first().map(|right| right.value_type().oid),
        _ => None,
    }
}
