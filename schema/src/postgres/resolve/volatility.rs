//! When an expression gives another value (`contain_mutable_functions`, `contain_volatile_functions`).

use crate::postgres::catalog::Catalog;
use crate::postgres::tree::{Expr, Query, SqlValueKind, Visitor, walk_expression, walk_query};
use crate::postgres::types::{Objects as _, Oid, TypeKind, Typing, Volatility, well_known};

/// When an expression gives another value for the same columns, as the planner sees it.
#[must_use]
pub fn volatility(catalog: &Catalog, expression: &Expr) -> Volatility {
    let mut search = Search {
        catalog,
        found: Volatility::Immutable,
    };
    search.expression(expression);
    search.found
}

struct Search<'a> {
    catalog: &'a Catalog,
    found: Volatility,
}

impl Search<'_> {
    fn note(&mut self, volatility: Volatility) {
        self.found = self.found.max(volatility);
    }

    fn function(&mut self, oid: Oid) {
        if let Some(function) = self.catalog.function(oid) {
            self.note(function.volatility);
        }
    }

    /// `text || value` is a function in SQL that the planner puts in the place of its call: a cast, and `text || text`.
    fn concatenation(&mut self, operator: Oid, operands: &[Expr]) -> bool {
        let function = self.catalog.operator(operator).and_then(|it| it.function);
        let is_it = matches!(function, Some(Oid(2003 | 2004)));
        if is_it {
            for operand in operands {
                self.text_of(operand.value_type().oid, false);
            }
        }
        is_it
    }

    fn operator(&mut self, oid: Oid) {
        if let Some(function) = self.catalog.operator(oid).and_then(|it| it.function) {
            self.function(function);
        }
    }

    /// Whether a type's values are written and read the same way always.
    fn text_of(&mut self, oid: Oid, reading: bool) {
        let typing = Typing::new(self.catalog);
        if typing.element_type(oid).is_some() {
            self.note(Volatility::Stable);
            return;
        }
        let kind = self.catalog.type_by_oid(oid).map(|it| it.kind);
        let stable = match kind {
            Some(TypeKind::Domain { base }) => {
                if reading {
                    true
                } else {
                    self.text_of(base.oid, reading);
                    false
                }
            }
            Some(TypeKind::Base) => match oid {
                well_known::DATE
                | well_known::TIMESTAMP
                | well_known::TIMESTAMPTZ
                | well_known::MONEY
                | well_known::REGCLASS
                | well_known::REGTYPE
                | well_known::REGPROC
                | well_known::REGPROCEDURE
                | well_known::REGOPER
                | well_known::REGOPERATOR
                | well_known::REGCONFIG
                | well_known::REGDICTIONARY
                | well_known::REGNAMESPACE
                | well_known::REGROLE
                | well_known::REGCOLLATION => true,
                well_known::TIME | well_known::TIMETZ | well_known::INTERVAL | well_known::XML => {
                    reading
                }
                _ => false,
            },
            Some(
                TypeKind::Composite { .. }
                | TypeKind::Enum
                | TypeKind::Pseudo
                | TypeKind::Range { .. }
                | TypeKind::Multirange { .. },
            ) => true,
            Some(TypeKind::Shell) | None => false,
        };
        if stable {
            self.note(Volatility::Stable);
        }
    }
}

impl Visitor for Search<'_> {
    fn expression(&mut self, expression: &Expr) {
        match expression {
            Expr::Function(call) => self.function(call.function),
            Expr::Aggregate(call) => self.function(call.function),
            Expr::Window(call) => self.function(call.function),
            Expr::Operator(call) if self.concatenation(call.operator, &call.arguments) => {}
            Expr::Operator(call) | Expr::Distinct(call) | Expr::NullIf(call) => {
                self.operator(call.operator);
            }
            Expr::ArrayComparison(it) => self.operator(it.operator),
            Expr::RowComparison(it) => {
                for operator in &it.operators {
                    self.operator(*operator);
                }
            }
            Expr::SubLink(it) => {
                for operator in &it.operators {
                    self.operator(*operator);
                }
            }
            Expr::Io(it) => {
                let source = it.operand.value_type().oid;
                self.text_of(source, false);
                self.text_of(it.typed.oid, true);
            }
            Expr::SqlValue(it) => self.note(match it.kind {
                SqlValueKind::CurrentDate
                | SqlValueKind::CurrentTime
                | SqlValueKind::CurrentTimestamp
                | SqlValueKind::LocalTime
                | SqlValueKind::LocalTimestamp
                | SqlValueKind::CurrentRole
                | SqlValueKind::CurrentUser
                | SqlValueKind::User
                | SqlValueKind::SessionUser
                | SqlValueKind::CurrentCatalog
                | SqlValueKind::CurrentSchema => Volatility::Stable,
            }),
            _ => {}
        }
        walk_expression(self, expression);
    }

    fn query(&mut self, query: &Query) {
        walk_query(self, query);
    }
}
