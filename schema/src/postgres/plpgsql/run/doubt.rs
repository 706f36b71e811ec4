//! Statements of which it is not known whether they run.

use super::super::ast::{Expression, LoopKind, QuerySource, Sql, Statement, StatementKind};
use super::super::effects::{changes_schema, direct_calls, is_harmless};
use super::{Host, Opaque, Run, Stop, opaque};
use crate::postgres::ast::Query;
use crate::text::Span;

impl<H: Host> Run<'_, H> {
    /// Statements of which it is not known whether, or how often, they run: they must not change the schema.
    pub(super) fn maybe(&mut self, statements: &[Statement]) -> Result<(), Stop> {
        for statement in statements {
            self.maybe_one(statement)?;
        }
        Ok(())
    }

    fn maybe_one(&mut self, statement: &Statement) -> Result<(), Stop> {
        let span = statement.span;
        match &statement.kind {
            StatementKind::Null
            | StatementKind::Raise(_)
            | StatementKind::Assert { .. }
            | StatementKind::ReturnNext(None)
            | StatementKind::Close(_)
            | StatementKind::Open { .. } => Ok(()),
            StatementKind::Transaction { .. } => match self.host.end_transaction(span) {
                Ok(()) => Ok(()),
                Err(_) => Err(opaque(span, Opaque::Transaction)),
            },
            StatementKind::Perform(query) | StatementKind::ReturnNext(Some(query)) => {
                self.maybe_called(query)
            }
            StatementKind::ReturnQuery(source) => self.maybe_source(source, span),
            // What follows may not be reached.
            StatementKind::Return(value) => {
                self.doubt = true;
                match value {
                    Some(value) => self.maybe_called(value),
                    None => Ok(()),
                }
            }
            StatementKind::Leave { .. } => {
                self.doubt = true;
                Ok(())
            }
            StatementKind::Assign { target, value, .. } => {
                self.assign(target, None);
                self.maybe_called(value)
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
            StatementKind::Loop { kind, body, .. } => {
                match kind {
                    LoopKind::Rows { targets, source } => {
                        self.forget(targets);
                        self.maybe_source(source, span)?;
                    }
                    LoopKind::Elements { targets, .. } => self.forget(targets),
                    LoopKind::Forever
                    | LoopKind::While(_)
                    | LoopKind::Integers { .. }
                    | LoopKind::Cursor { .. } => {}
                }
                self.maybe_repeated(body)
            }
            StatementKind::Execute { command, into, .. } => {
                if !is_harmless(self.scope(), command) {
                    return Err(opaque(span, Opaque::Condition));
                }
                self.forget_into(into.as_ref());
                Ok(())
            }
            StatementKind::Sql { sql, into } => {
                self.maybe_sql(sql, span)?;
                self.forget_into(into.as_ref());
                self.set("found", None);
                Ok(())
            }
        }
    }

    /// The body of a loop that runs an unknown number of times. What leaves the loop does not leave what is around it.
    pub(super) fn maybe_repeated(&mut self, body: &[Statement]) -> Result<(), Stop> {
        let doubt = self.doubt;
        self.maybe(body)?;
        self.doubt = doubt || leaves(body);
        Ok(())
    }

    fn maybe_source(&mut self, source: &QuerySource, span: Span) -> Result<(), Stop> {
        match source {
            QuerySource::Static(sql) => self.maybe_sql(sql, span),
            QuerySource::Dynamic(command, _) => match is_harmless(self.scope(), command) {
                true => Ok(()),
                false => Err(opaque(span, Opaque::Condition)),
            },
        }
    }

    fn maybe_sql(&mut self, sql: &Sql, span: Span) -> Result<(), Stop> {
        let acts = |query: Query| {
            let mut calls = direct_calls(&query).into_iter();
            calls.any(|call| self.host.acts(call))
        };
        if changes_schema(&sql.tokens) || self.query(&sql.tokens).is_some_and(acts) {
            return Err(opaque(span, Opaque::Condition));
        }
        Ok(())
    }

    fn maybe_called(&mut self, value: &Expression) -> Result<(), Stop> {
        let mut calls = direct_calls(&value.query).into_iter();
        match calls.any(|call| self.host.acts(call)) {
            true => Err(opaque(value.span, Opaque::Condition)),
            false => Ok(()),
        }
    }
}

/// Whether statements of a loop may leave more than it: by RETURN, or by a label, whatever has it.
pub(super) fn leaves(statements: &[Statement]) -> bool {
    statements.iter().any(|statement| match &statement.kind {
        StatementKind::Return(_) => true,
        StatementKind::Leave { label, .. } => label.is_some(),
        StatementKind::Block(block) => {
            let mut handlers = block.handlers.iter();
            leaves(&block.statements) || handlers.any(|handler| leaves(&handler.statements))
        }
        StatementKind::If {
            branches,
            otherwise,
        } => branches.iter().any(|(_, branch)| leaves(branch)) || leaves(otherwise),
        StatementKind::Case {
            branches,
            otherwise,
            ..
        } => {
            branches.iter().any(|(_, branch)| leaves(branch))
                || leaves(otherwise.as_deref().unwrap_or_default())
        }
        StatementKind::Loop { body, .. } => leaves(body),
        StatementKind::Null
        | StatementKind::Assign { .. }
        | StatementKind::ReturnNext(_)
        | StatementKind::ReturnQuery(_)
        | StatementKind::Raise(_)
        | StatementKind::Assert { .. }
        | StatementKind::Execute { .. }
        | StatementKind::Perform(_)
        | StatementKind::Sql { .. }
        | StatementKind::GetDiagnostics(_)
        | StatementKind::Open { .. }
        | StatementKind::Fetch { .. }
        | StatementKind::Close(_)
        | StatementKind::Transaction { .. } => false,
    })
}
