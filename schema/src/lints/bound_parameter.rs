//! Parameters, to which nothing is bound when a migration runs.

use super::Lint;
use crate::ast::{Statement, StatementKind};
use crate::config::Level;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::lints as errors;
use crate::text::Token;
use tablature_lexer::TokenKind;

pub(super) const LINT: Lint = Lint {
    code: Code::BoundParameter,
    default: Level::Warn,
};

/// The first parameter of a statement that the engine accepts.
pub(crate) fn bound_parameter(statement: &Statement, tokens: &[Token]) -> Option<Diagnostic> {
    // The arguments of a module are texts of its own.
    if matches!(statement.kind, StatementKind::CreateVirtualTable(_)) {
        return None;
    }
    let token = tokens
        .iter()
        .find(|token| token.kind == TokenKind::Variable)?;
    Some(errors::bound_parameter(&token.text, token.span))
}
