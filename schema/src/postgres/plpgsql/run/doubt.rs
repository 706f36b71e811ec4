//! Statements of which it is not known whether they run.

use super::super::ast::{Statement, StatementKind};
use super::{Host, Opaque, Run, Stop, opaque};
use crate::postgres::split::Token;
use tablature_lexer::postgres::{Symbol, TokenKind};

impl<H: Host> Run<'_, H> {
    /// Statements of which it is not known whether, or how often, they run: they must not change the schema.
    pub(super) fn maybe(&mut self, statements: &[Statement]) -> Result<(), Stop> {
        for statement in statements {
            self.maybe_one(statement)?;
        }
        Ok(())
    }

    pub(super) fn maybe_one(&mut self, statement: &Statement) -> Result<(), Stop> {
        match &statement.kind {
            StatementKind::Null
            | StatementKind::Raise(_)
            | StatementKind::Assert { .. }
            | StatementKind::Perform(_)
            | StatementKind::ReturnNext(_)
            | StatementKind::ReturnQuery(_)
            | StatementKind::Close(_)
            | StatementKind::Open { .. }
            | StatementKind::Transaction { .. } => Ok(()),
            // What follows may not be reached.
            StatementKind::Return(_) | StatementKind::Leave { .. } => {
                self.doubt = true;
                Ok(())
            }
            StatementKind::Assign { target, .. } => {
                self.assign(target, None);
                Ok(())
            }
            StatementKind::GetDiagnostics(targets) => {
                self.forget(targets);
                Ok(())
            }
            StatementKind::Fetch { into, .. } => {
                self.forget_into(into.as_ref());
                Ok(())
            }
            StatementKind::Block(block) => {
                self.maybe(&block.statements)?;
                block
                    .handlers
                    .iter()
                    .try_for_each(|handler| self.maybe(&handler.statements))
            }
            StatementKind::If {
                branches,
                otherwise,
            } => {
                for (_, statements) in branches {
                    self.maybe(statements)?;
                }
                self.maybe(otherwise)
            }
            StatementKind::Case {
                branches,
                otherwise,
                ..
            } => {
                for (_, statements) in branches {
                    self.maybe(statements)?;
                }
                self.maybe(otherwise.as_deref().unwrap_or_default())
            }
            StatementKind::Loop { body, .. } => self.maybe(body),
            StatementKind::Execute { .. } => Err(opaque(statement.span, Opaque::Condition)),
            StatementKind::Sql { sql, into } => {
                if changes_schema(&sql.tokens) {
                    return Err(opaque(statement.span, Opaque::Condition));
                }
                self.forget_into(into.as_ref());
                Ok(())
            }
        }
    }
}

/// Whether a statement may change the schema: all but those that read or change rows, or that only concern the session.
fn changes_schema(tokens: &[Token]) -> bool {
    const HARMLESS: &[&str] = &[
        "select", "insert", "update", "delete", "merge", "with", "values", "table", "set", "reset",
        "lock", "notify", "listen", "unlisten", "analyze", "explain", "show", "truncate",
    ];
    let Some(first) = tokens.first() else {
        return false;
    };
    let is_harmless = HARMLESS
        .iter()
        .any(|word| first.text.eq_ignore_ascii_case(word));
    !is_harmless && first.kind != TokenKind::Symbol(Symbol::LeftParen)
}
