//! Functions that are given the name of a sequence, or of a table and its column, as a text: which object that is, the engine
//! finds out only when it computes the call.
//!
//! `SELECT setval(pg_get_serial_sequence('tales', 'id'), max(id)) FROM tales` computes it on every database; what depends on
//! rows is not judged.

use super::Replay;
use super::relations::Wanted;
use crate::postgres::ast::{
    Constant, DataStatement, Expr, ExprKind, FunctionCall, Ident, Limit, ObjectReference,
    QualifiedName, QueryBody,
};
use crate::postgres::tree;
use crate::postgres::types::name_parts;
use crate::text::Span;

impl Replay {
    /// Reports what the calls name that a sound query computes once, whatever rows there are.
    pub(super) fn check_named_sequences(
        &mut self,
        statement: &DataStatement,
        resolved: &tree::Query,
    ) {
        let DataStatement::Query(query) = statement else {
            return;
        };
        let QueryBody::Select(select) = &query.body else {
            return;
        };
        let returns_one_row = match select.from.is_empty() {
            true => select.filter.is_none(),
            // A query that only has aggregates has a row for no rows, too.
            false => select.group_by.is_empty() && resolved.has_aggregates,
        };
        if !returns_one_row || select.having.is_some() || query.limit != Limit::default() {
            return;
        }
        for target in &select.targets {
            self.check_names_in(&target.value);
        }
    }

    /// Looks into what is computed whenever the expression is.
    fn check_names_in(&mut self, expression: &Expr) {
        if let ExprKind::Function(call) = &expression.kind {
            for argument in &call.arguments {
                self.check_names_in(&argument.value);
            }
            self.check_names_of(call);
        }
    }

    fn check_names_of(&mut self, call: &FunctionCall) {
        let schema = call.name.schema.as_ref().map(|it| &*it.name);
        if !matches!(schema, None | Some("pg_catalog")) {
            return;
        }
        let mut arguments = call
            .arguments
            .iter()
            .map(|argument| literal(&argument.value));
        match (&*call.name.name.name, arguments.next().flatten()) {
            ("nextval" | "currval" | "setval", Some((sequence, span))) => {
                if let Some(name) = qualified(sequence, span) {
                    self.relation_of_kind(&name, Wanted::Sequence, false);
                }
            }
            ("pg_get_serial_sequence", Some((table, span))) => {
                if let (Some(relation), Some((column, place))) =
                    (qualified(table, span), arguments.next().flatten())
                {
                    let column = Ident::supplied(column, place);
                    self.object(&ObjectReference::Column { relation, column });
                }
            }
            _ => {}
        }
    }
}

/// The text of a literal, which may be converted to a type.
fn literal(expression: &Expr) -> Option<(&str, Span)> {
    match &expression.kind {
        ExprKind::Constant(Constant::String(text)) => Some((text, expression.span)),
        ExprKind::Cast { value, .. } => literal(value),
        _ => None,
    }
}

/// The name that a text is, as the functions read it; nothing where they do not.
fn qualified(text: &str, span: Span) -> Option<QualifiedName> {
    let parts = name_parts(text)?;
    let mut parts = parts.iter().rev().map(|part| Ident::supplied(part, span));
    let mut name = QualifiedName::bare(parts.next()?);
    name.schema = parts.next();
    name.catalog = parts.next();
    Some(name)
}
