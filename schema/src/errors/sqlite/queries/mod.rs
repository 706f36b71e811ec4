//! Queries and changes of rows: a file for each part of a statement.

mod bodies;
mod calls;
mod changes;
mod expressions;
mod joins;
mod selects;

pub(crate) use bodies::*;
pub(crate) use calls::*;
pub(crate) use changes::*;
pub(crate) use expressions::*;
pub(crate) use joins::*;
pub(crate) use selects::*;

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

fn invalid(span: Span, message: impl Into<String>, label: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::InvalidExpression, message, span, label)
}
