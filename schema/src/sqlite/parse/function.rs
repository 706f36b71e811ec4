//! Function calls, with what aggregates and window functions add to them.

use super::cursor::{Parser, Syntax};
use super::expr::tallest;
use super::features::Feature;
use super::window;
use crate::errors::sqlite as errors;
use crate::sqlite::ast::{Expr, ExprKind, FunctionArguments, FunctionCall, Over};
use crate::text::Ident;
use tablature_lexer::{Keyword, Symbol};

impl Parser<'_> {
    /// `name(…) [FILTER (WHERE …)] [OVER …]`, the name of which has been taken.
    pub(super) fn call(&mut self, start: usize, name: Ident) -> Syntax<Expr> {
        self.expect(Symbol::LeftParen)?;
        let mut call = FunctionCall {
            name,
            distinct: false,
            arguments: FunctionArguments::Star,
            order_by: Vec::new(),
            filter: None,
            over: None,
        };
        let mut height = 0;
        if self.accept(Symbol::Star) {
            self.expect(Symbol::RightParen)?;
        } else {
            call.distinct = self.accept(Keyword::Distinct);
            if !call.distinct {
                self.accept(Keyword::All);
            }
            let arguments = self.call_arguments()?;
            self.check_arguments(arguments.len(), call.name.span);
            height = tallest(&arguments);
            call.arguments = FunctionArguments::List(arguments);
            let order_start = self.position();
            if self.accept_phrase(Keyword::Order, &[Keyword::By])? {
                call.order_by = self.nested(6, Self::order_terms)?;
                self.needs(Feature::AggregateOrderBy, self.span_from(order_start));
            }
            self.expect(Symbol::RightParen)?;
        }
        self.filter_and_over(&mut call)?;
        for term in &call.order_by {
            height = height.max(term.value.height);
        }
        height = height.max(call.filter.as_ref().map_or(0, |filter| filter.height));
        if let Some(Over::Window(window)) = &call.over {
            height = height.max(window::height_of(window));
        }
        self.finish_expr(start, ExprKind::Function(Box::new(call)), height + 1)
    }

    fn call_arguments(&mut self) -> Syntax<Vec<Expr>> {
        let mut arguments = Vec::new();
        if self.is_at(Symbol::RightParen) || self.is_at(Keyword::Order) {
            return Ok(arguments);
        }
        arguments.push(self.nested(3, Self::expr)?);
        while self.accept(Symbol::Comma) {
            arguments.push(self.nested(5, Self::expr)?);
        }
        Ok(arguments)
    }

    fn filter_and_over(&mut self, call: &mut FunctionCall) -> Syntax<()> {
        let filter_start = self.position();
        if self.accept(Keyword::Filter) {
            self.expect(Symbol::LeftParen)?;
            self.expect(Keyword::Where)?;
            call.filter = Some(self.nested(8, Self::expr)?);
            self.expect(Symbol::RightParen)?;
        }
        let filter_span = self.span_from(filter_start);
        let over_start = self.position();
        if self.accept(Keyword::Over) {
            call.over = Some(if self.is_at(Symbol::LeftParen) {
                Over::Window(Box::new(self.window_specification()?))
            } else {
                Over::Named(self.name("a window name")?)
            });
            let over_span = self.span_from(over_start);
            self.needs(Feature::WindowFunctions, over_span);
            if call.distinct {
                self.report(errors::syntax::distinct_window_function(over_span));
            }
            if !call.order_by.is_empty() && has_arguments(call) {
                self.report(errors::syntax::ordered_window_function(over_span));
            }
        } else if call.filter.is_some() {
            self.needs(Feature::AggregateFilter, filter_span);
        }
        Ok(())
    }
}

fn has_arguments(call: &FunctionCall) -> bool {
    match &call.arguments {
        FunctionArguments::Star => false,
        FunctionArguments::List(arguments) => !arguments.is_empty(),
    }
}
