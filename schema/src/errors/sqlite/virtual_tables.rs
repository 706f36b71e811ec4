//! Virtual tables and their modules.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::sqlite::catalog::Table;
use crate::text::{Ident, Span};

/// A module that the engine does not have and the application does not register.
pub(crate) fn unknown_module(module: &Ident, known: &[&str]) -> Diagnostic {
    let message = format!("no virtual table module `{}`", module.name);
    let diagnostic = Diagnostic::new(Code::UnknownModule, message, module.span, "no such module");
    match nearest(&module.name, known.iter().copied()) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic.with_help(
            "if the application registers it, list it in `functions` of `tablature.toml`",
        ),
    }
}

/// Arguments that a module refuses.
pub(crate) fn refused(module: &Ident, message: &str, span: Span) -> Diagnostic {
    let message = format!("module `{}` refuses this table: {message}", module.name);
    Diagnostic::new(Code::InvalidVirtualTable, message, span, "")
}

/// A registered module whose columns nothing declares.
pub(crate) fn undeclared(module: &Ident, span: Span) -> Diagnostic {
    let message = format!(
        "the columns that module `{}` makes are not known",
        module.name
    );
    Diagnostic::new(
        Code::InvalidVirtualTable,
        message,
        span,
        "what columns has it?",
    )
    .with_help("declare them before the statement: `-- tablature: effect CREATE TABLE x(a, b)`")
}

/// A full-text table whose content cannot be read again.
pub(crate) fn rebuild(table: &Table, reason: &str, span: Span) -> Diagnostic {
    let message = format!("`{}` cannot be rebuilt: {reason}", table.name);
    let diagnostic = Diagnostic::new(
        Code::InvalidVirtualTable,
        message,
        span,
        "this reads the content",
    );
    diagnostic.with_label(table.provenance.created, "made for this content")
}

/// A table in the place of one that a module needs.
pub(crate) fn taken_shadow(name: &Ident, shadow: &str, created: Span) -> Diagnostic {
    let message = format!(
        "virtual table `{}` needs the name `{shadow}` for itself",
        name.name
    );
    Diagnostic::new(Code::AlreadyExists, message, name.span, "").with_label(created, "taken here")
}
