//! What a publication sends of a table: which columns can be listed, and what its WHERE may hold
//! (`check_simple_rowfilter_expr`).

use super::Replay;
use crate::errors::postgres::types as errors;
use crate::postgres::catalog::{Catalog, Generated, Relation};
use crate::postgres::tree::{Expr, Query, Visitor, walk_expression};
use crate::postgres::types::{Objects as _, Oid, Volatility};
use crate::text::Span;

impl Replay {
    /// Whether a column can be in the list of a publication; reports if not.
    pub(super) fn is_sendable(&mut self, table: &Relation, number: i16, span: Span) -> bool {
        let generated = table.column_at(number).and_then(|it| it.generated);
        let is_sendable = match generated {
            None => true,
            Some(Generated::Stored) => self.catalog.version >= 18,
            Some(Generated::Virtual) => false,
        };
        if !is_sendable {
            let message = "a generated column cannot be listed in a publication";
            self.report(errors::refused(message, span));
        }
        is_sendable
    }

    /// Whether a condition can choose the rows that are sent; reports if not.
    pub(super) fn is_row_filter(&mut self, table: &Relation, condition: &Expr, span: Span) -> bool {
        let mut filter = Filter {
            catalog: &self.catalog,
            table,
            reason: None,
        };
        filter.expression(condition);
        let reason = filter.reason;
        if let Some(reason) = reason {
            self.report(errors::no_row_filter(reason, span));
        }
        reason.is_none()
    }
}

const FUNCTIONS: &str = "it may call functions only that are the engine's own and immutable";
const OPERATORS: &str = "it may use operators only that are the engine's own";
const TYPES: &str = "it may use types only that are the engine's own";
const COLLATIONS: &str = "it may use collations only that are the engine's own";
const COLUMNS: &str = "it may use no columns of the system and no virtual ones";
const PARTS: &str = "it may hold columns, constants, operators and functions, and little else";

/// Looks for what a row filter may not hold.
struct Filter<'a> {
    catalog: &'a Catalog,
    table: &'a Relation,
    reason: Option<&'static str>,
}

impl Filter<'_> {
    fn refuse(&mut self, is_refused: bool, reason: &'static str) {
        if is_refused {
            self.reason.get_or_insert(reason);
        }
    }

    fn function(&mut self, oid: Oid) {
        let function = self.catalog.function(oid);
        let is_immutable = function.is_none_or(|it| it.volatility == Volatility::Immutable);
        self.refuse(!oid.is_builtin() || !is_immutable, FUNCTIONS);
    }

    fn operators(&mut self, operators: &[Oid]) {
        for operator in operators {
            self.refuse(!operator.is_builtin(), OPERATORS);
            let function = self.catalog.operator(*operator);
            if let Some(function) = function.and_then(|it| it.function) {
                self.function(function);
            }
        }
    }
}

impl Visitor for Filter<'_> {
    fn expression(&mut self, expression: &Expr) {
        match expression {
            Expr::Column(column) => {
                let found = self.table.column_at(column.number);
                let generated = found.and_then(|it| it.generated);
                let is_virtual = generated == Some(Generated::Virtual);
                self.refuse(column.number < 0 || is_virtual, COLUMNS);
            }
            Expr::Function(call) => self.function(call.function),
            Expr::Operator(it) | Expr::Distinct(it) | Expr::NullIf(it) => {
                self.operators(&[it.operator]);
            }
            Expr::ArrayComparison(it) => self.operators(&[it.operator]),
            Expr::RowComparison(it) => self.operators(&it.operators),
            Expr::Constant(_)
            | Expr::Boolean(..)
            | Expr::Relabel(_)
            | Expr::Collate(_)
            | Expr::Case(_)
            | Expr::CaseTest(_)
            | Expr::Array(_)
            | Expr::Row(_)
            | Expr::Coalesce(_)
            | Expr::MinMax(_)
            | Expr::Xml(_)
            | Expr::NullTest(_)
            | Expr::BooleanTest(_)
            | Expr::Named(_)
            | Expr::Unknown => {}
            Expr::Parameter(_)
            | Expr::Aggregate(_)
            | Expr::Grouping(_)
            | Expr::Window(_)
            | Expr::SubLink(_)
            | Expr::Subscripts(_)
            | Expr::FieldSelect(_)
            | Expr::FieldStore(_)
            | Expr::Io(_)
            | Expr::ArrayCoercion(_)
            | Expr::ConvertRow(_)
            | Expr::ToDomain(_)
            | Expr::SqlValue(_)
            | Expr::DomainValue(_)
            | Expr::Default(_)
            | Expr::CurrentOf(_) => self.refuse(true, PARTS),
        }
        let typed = expression.value_type();
        self.refuse(!typed.oid.is_builtin(), TYPES);
        self.refuse(
            typed.collation.is_some_and(|it| !it.is_builtin()),
            COLLATIONS,
        );
        walk_expression(self, expression);
    }

    fn query(&mut self, _: &Query) {}
}
