//! Names of lints, in directives and in the configuration.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::lints;
use crate::text::Span;

/// A name that is no lint's.
pub(crate) fn unknown(code: Code, name: &str, span: Span) -> Diagnostic {
    if Code::ALL.iter().any(|code| code.name() == name) {
        let message = format!("`{name}` is no lint: its level cannot be changed");
        return Diagnostic::new(code, message, span, "always an error");
    }
    let diagnostic = Diagnostic::new(code, format!("unknown lint `{name}`"), span, "no such lint");
    let names: Vec<&str> = lints::ALL.iter().map(|lint| lint.name()).collect();
    match nearest(name, names.iter().copied()) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic.with_help(format!("the lints are `{}`", names.join("`, `"))),
    }
}
