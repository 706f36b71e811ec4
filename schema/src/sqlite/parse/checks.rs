//! What the engine's parser refuses although the grammar allows it, and what needs no catalog to see.

use super::cursor::Parser;
use crate::catalog::Key;
use crate::errors::sqlite as errors;
use crate::sqlite::ast::{CommonTable, Expr, ExprKind, NamedWindow};

impl Parser<'_> {
    /// Two tables of one name in a WITH.
    pub(super) fn check_common_table(&mut self, earlier: &[CommonTable], table: &CommonTable) {
        let key = Key::new(&table.name.name);
        if let Some(first) = earlier
            .iter()
            .find(|other| Key::new(&other.name.name) == key)
        {
            self.report(errors::syntax::duplicate_common_table(
                &table.name,
                &first.name,
            ));
        }
    }

    /// `(a, b) IN (…)` with elements of another width. A subquery that stands alone is a set of rows.
    pub(super) fn check_in_list(&mut self, value: &Expr, list: &[Expr]) {
        let expected = match &without_parentheses(value).kind {
            ExprKind::Row(values) => values.len(),
            _ => return,
        };
        if let [only] = list
            && matches!(without_parentheses(only).kind, ExprKind::Subquery(_))
        {
            return;
        }
        let width = |element: &Expr| match &without_parentheses(element).kind {
            ExprKind::Row(values) => values.len(),
            _ => 1,
        };
        if let Some(element) = list.iter().find(|element| width(element) != expected) {
            self.report(errors::syntax::element_width(
                element.span,
                width(element),
                value.span,
                expected,
            ));
        }
    }

    /// A window of the WINDOW clause that extends an earlier one. The first has none to extend, and the engine looks at
    /// it only when it is used.
    pub(super) fn check_window(&mut self, earlier: &[NamedWindow], window: &NamedWindow) {
        let Some(base) = &window.window.base else {
            return;
        };
        if earlier.is_empty() {
            return;
        }
        let key = Key::new(&base.name);
        let Some(extended) = earlier
            .iter()
            .rev()
            .find(|other| Key::new(&other.name.name) == key)
        else {
            let names = earlier.iter().map(|other| other.name.name.as_ref());
            self.report(errors::syntax::unknown_base_window(base, names));
            return;
        };
        let clause = if !window.window.partition_by.is_empty() {
            "PARTITION BY"
        } else if !window.window.order_by.is_empty() && !extended.window.order_by.is_empty() {
            "ORDER BY"
        } else if extended.window.frame.is_some() {
            "a frame"
        } else {
            return;
        };
        self.report(errors::syntax::overridden_window(
            window.window.span,
            clause,
            &extended.name,
        ));
    }
}

/// What the engine sees, for which parentheses around one expression are nothing.
fn without_parentheses(mut value: &Expr) -> &Expr {
    while let ExprKind::Parenthesized(inner) = &value.kind {
        value = inner;
    }
    value
}
