//! Parameters, to which nothing is bound when a migration runs.

use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::lints as errors;
use crate::sqlite::ast::{Statement, StatementKind};
use crate::text::Token;
use tablature_lexer::TokenKind;

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
