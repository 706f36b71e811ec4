//! Tokens to a syntax tree: PostgreSQL's grammar (`gram.y`), rule for rule.
//!
//! The engine's parser is generated from some 3,000 rules. This one is written by hand, a function for each rule or
//! small family of rules, and decides every choice as the generated one does. What the engine refuses while it builds the
//! tree, before it knows any object, is refused here too.

mod alter;
mod alter_column;
mod alter_table;
mod call;
mod column;
mod common;
mod constant;
mod constraint;
mod create;
pub mod cursor;
mod data_type;
mod database;
mod define;
mod dml;
mod embedded;
mod expected;
mod expr;
mod from;
mod maintenance;
mod merge;
pub mod names;
mod nesting;
mod object;
mod operand;
mod parameter;
mod partition;
mod privilege;
mod query;
mod relation;
mod role;
mod routine;
mod sequence;
mod service;
mod session;
mod setting;
mod signature;
mod special;
mod statement;
mod table;
mod target;
#[cfg(test)]
mod tests;
mod transaction;
mod trigger;
mod type_name;
mod window;
mod with;
mod xml;
mod xml_table;

use crate::diagnostic::{Code, Diagnostic};
use crate::postgres::ast::{Expr, Statement};
use crate::postgres::split::{Token, split};
use crate::text::Span;
use cursor::Parser;
use tablature_lexer::postgres::TokenKind;

/// What parsing gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The statement; none after a syntax error.
    pub statement: Option<Statement>,
    /// What is wrong: at most one syntax error, and what the oldest supported engine does not know.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses the tokens of one statement for the engine of a major version.
///
/// A statement with an illegal token gives neither a statement nor a diagnostic, because splitting has reported it.
#[must_use]
pub fn statement(tokens: &[Token], version: u32) -> Parsed {
    let is_illegal = |token: &Token| matches!(token.kind, TokenKind::Illegal(_));
    if tokens.iter().any(is_illegal) {
        return Parsed {
            statement: None,
            diagnostics: Vec::new(),
        };
    }
    let mut parser = Parser::new(tokens, version);
    parser.check_numbers();
    let statement = parser
        .statement()
        .and_then(|statement| match parser.peek() {
            None => Ok(statement),
            Some(_) => Err(parser.expected("`;`")),
        });
    let mut diagnostics = parser.diagnostics;
    let statement = match statement {
        Ok(statement) => Some(statement),
        Err(diagnostic) => {
            // The first mistake may well be the cause of the others.
            diagnostics.retain(|other| other.code == Code::NeedsNewerEngine);
            diagnostics.push(*diagnostic);
            None
        }
    };
    Parsed {
        statement,
        diagnostics,
    }
}

/// An expression as the engine prints it, whose every token stands at one place.
pub(crate) fn printed_expression(text: &str, span: Span, version: u32) -> Option<Expr> {
    let mut split = split(span.file, text);
    let tokens = &mut split.statements.first_mut()?.tokens;
    for token in tokens.iter_mut() {
        token.span = span;
    }
    Parser::new(tokens, version).expr().ok()
}

impl Parser<'_> {
    /// Reports numbers that the oldest supported engine cannot read: `0x1F`, `1_000`.
    fn check_numbers(&mut self) {
        if self.version >= 16 {
            return;
        }
        while let Some(token) = self.token() {
            let start = self.position();
            self.advance();
            let is_number = matches!(token.kind, TokenKind::Integer | TokenKind::Numeric);
            let text = token.text.as_bytes();
            let is_new = is_number
                && (text.contains(&b'_')
                    || matches!(text, [b'0', b'x' | b'X' | b'o' | b'O' | b'b' | b'B', ..]));
            if is_new {
                self.needs(16, "a number in this form", start);
            }
        }
        self.reset(0);
    }
}
