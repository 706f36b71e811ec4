//! Calls of functions (`func_application`, `func_expr`).

use super::cursor::{Parser, Syntax};
use crate::errors::postgres::grammar as errors;
use crate::postgres::ast::{
    Argument, CallSyntax, Expr, ExprKind, FunctionCall, Over, QualifiedName,
};
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

impl Parser<'_> {
    /// A call by the name that was read last, with WITHIN GROUP, FILTER and OVER; or a literal of a type with modifiers.
    pub(super) fn call(&mut self, name: QualifiedName, start: usize) -> Syntax<Expr> {
        let mut call = self.application(name)?;
        if self.is_at_string() && could_be_modifiers(&call) {
            return self.call_as_literal(call, start);
        }
        if self.accept_start(Keyword::Within, &[Keyword::Group])? {
            self.within_group(&mut call, start)?;
        }
        if self.accept(Keyword::Filter) {
            self.expect(Symbol::LeftParen)?;
            self.expect(Keyword::Where)?;
            call.filter = Some(Box::new(self.expr()?));
            self.expect(Symbol::RightParen)?;
        }
        if self.accept(Keyword::Over) {
            call.over = Some(match self.is_at(Symbol::LeftParen) {
                true => Over::Window(Box::new(self.window_specification()?)),
                false => Over::Named(self.column_id("a window")?),
            });
        }
        Ok(Expr {
            kind: ExprKind::Function(Box::new(call)),
            span: self.span_from(start),
        })
    }

    /// `(ORDER BY …)` after WITHIN GROUP.
    fn within_group(&mut self, call: &mut FunctionCall, start: usize) -> Syntax<()> {
        self.expect(Symbol::LeftParen)?;
        let order_by = self.order_by()?;
        if order_by.is_empty() {
            return Err(self.expected("`ORDER BY`"));
        }
        self.expect(Symbol::RightParen)?;
        let clause = if !call.order_by.is_empty() {
            Some("multiple ORDER BY clauses")
        } else if call.distinct {
            Some("DISTINCT")
        } else if call.variadic {
            Some("VARIADIC")
        } else {
            None
        };
        if let Some(clause) = clause {
            let span = self.span_from(start);
            return Err(Box::new(errors::with_within_group(span, clause)));
        }
        call.order_by = order_by;
        call.within_group = true;
        Ok(())
    }

    /// The arguments of a function in their parentheses (`func_application`).
    ///
    /// # Errors
    ///
    /// If no arguments follow.
    pub fn application(&mut self, name: QualifiedName) -> Syntax<FunctionCall> {
        let mut call = FunctionCall::new(name, Vec::new(), CallSyntax::Call);
        self.expect(Symbol::LeftParen)?;
        if self.accept(Symbol::RightParen) {
            return Ok(call);
        }
        let star = self.is_at(Symbol::Star)
            && self.peek_at(1) == Some(TokenKind::Symbol(Symbol::RightParen));
        if star {
            self.advance();
            self.advance();
            call.star = true;
            return Ok(call);
        }
        let all = self.accept(Keyword::All);
        call.distinct = !all && self.accept(Keyword::Distinct);
        let could_be_variadic = !all && !call.distinct;
        loop {
            call.variadic = could_be_variadic && self.accept(Keyword::Variadic);
            call.arguments.push(self.argument()?);
            if call.variadic || !self.accept(Symbol::Comma) {
                break;
            }
        }
        call.order_by = self.order_by()?;
        self.expect(Symbol::RightParen)?;
        if all && self.is_at_string() {
            return Err(self.expected("an operator"));
        }
        Ok(call)
    }

    /// An argument, perhaps with its name (`func_arg_expr`).
    pub(super) fn argument(&mut self) -> Syntax<Argument> {
        let is_named = self.is_at_type_function_name()
            && matches!(
                self.peek_at(1),
                Some(TokenKind::Symbol(
                    Symbol::ColonEquals | Symbol::EqualsGreater
                ))
            );
        let name = match is_named {
            true => {
                let name = self.take_name()?;
                self.advance();
                Some(name)
            }
            false => None,
        };
        Ok(Argument {
            name,
            value: self.expr()?,
        })
    }

    /// A function call without WITHIN GROUP, FILTER and OVER (`func_expr_windowless`), if one is next: as in FROM and in
    /// indexes.
    pub(super) fn windowless_call(&mut self) -> Syntax<Option<Expr>> {
        let start = self.position();
        if let Some(special) = self.special_call()? {
            return Ok(Some(special));
        }
        if !self.is_at_name_of_call() {
            return Ok(None);
        }
        let name = self.function_name("a function")?;
        let call = self.application(name)?;
        Ok(Some(Expr {
            kind: ExprKind::Function(Box::new(call)),
            span: self.span_from(start),
        }))
    }

    /// Whether a name with a parenthesis after it is next.
    fn is_at_name_of_call(&self) -> bool {
        let mut distance = 1;
        while self.peek_at(distance) == Some(TokenKind::Symbol(Symbol::Dot)) {
            distance += 2;
        }
        let is_name = match distance {
            1 => self.is_at_type_function_name(),
            _ => self.is_at_column_id(),
        };
        is_name && self.peek_at(distance) == Some(TokenKind::Symbol(Symbol::LeftParen))
    }
}

fn could_be_modifiers(call: &FunctionCall) -> bool {
    !call.star && !call.variadic && !call.distinct && !call.arguments.is_empty()
}
