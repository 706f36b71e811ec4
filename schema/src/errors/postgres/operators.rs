//! Operators that are not there, or not between such operands.

use super::extensions::of_extension;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

/// An operator between operands of some types, as it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operation<'a> {
    pub(crate) name: &'a str,
    pub(crate) left: Option<&'a str>,
    pub(crate) right: &'a str,
    pub(crate) span: Span,
}

impl Operation<'_> {
    fn words(&self) -> String {
        // The grammar writes these words as operators.
        let name = match self.name {
            "~~" => "LIKE",
            "!~~" => "NOT LIKE",
            "~~*" => "ILIKE",
            "!~~*" => "NOT ILIKE",
            name => name,
        };
        match self.left {
            Some(left) => format!("`{left}` {name} `{}`", self.right),
            None => format!("{name} `{}`", self.right),
        }
    }

    fn is_between(&self, one: &str, other: &str) -> bool {
        let sides = (self.left, self.right);
        sides == (Some(one), other) || sides == (Some(other), one)
    }

    fn is_of(&self, type_name: &str) -> bool {
        self.left == Some(type_name) || self.right == type_name
    }

    /// What to write instead.
    fn way_out(&self, exists: bool) -> Option<&'static str> {
        match self.name {
            "==" => return Some("write `=`"),
            "&&" if self.is_of("boolean") => return Some("write `AND`"),
            "||" if self.is_between("boolean", "boolean") => return Some("write `OR`"),
            "+" if self.is_of("text") || self.is_of("character varying") => {
                return Some("to join texts, write `||`; to compute, cast the text");
            }
            "+" | "-" if self.right == "integer" && self.is_of_time() => {
                return Some("write an interval: `interval '1 day'`");
            }
            _ => {}
        }
        if self.is_between("boolean", "integer") {
            return Some("write `true` or `false` in place of a number");
        }
        exists.then_some("cast one of the operands")
    }

    fn is_of_time(&self) -> bool {
        let left = self.left.unwrap_or_default();
        left.starts_with("timestamp ") || left.starts_with("time ")
    }
}

pub(crate) fn no_operator(
    operation: Operation<'_>,
    exists: bool,
    extension: Option<&str>,
) -> Diagnostic {
    let message = format!("there is no operator {}", operation.words());
    let label = "no such operator";
    let diagnostic = Diagnostic::new(Code::UnknownFunction, message, operation.span, label);
    match (extension, operation.way_out(exists)) {
        (Some(extension), _) => of_extension(diagnostic, extension),
        (None, Some(help)) => diagnostic.with_help(help),
        (None, None) => diagnostic,
    }
}

pub(crate) fn ambiguous_operator(operation: Operation<'_>) -> Diagnostic {
    let message = format!(
        "more than one operator could be meant by {}",
        operation.words()
    );
    Diagnostic::new(
        Code::InvalidExpression,
        message,
        operation.span,
        "which one is not clear",
    )
    .with_help("cast one of the operands")
}

pub(crate) fn operator_only_announced(span: Span, name: &str) -> Diagnostic {
    let message = format!("operator `{name}` was announced, but not created yet");
    Diagnostic::new(
        Code::UnknownFunction,
        message,
        span,
        "no function computes it",
    )
}
