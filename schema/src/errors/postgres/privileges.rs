//! Roles, and what they may do.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::postgres::ast::Ident;
use crate::text::Span;

/// A privilege that objects of the kind do not have.
pub(crate) fn wrong_privilege(name: &Ident, noun: &str) -> Diagnostic {
    let written = name.name.to_ascii_uppercase();
    let article = super::objects::with_article(noun);
    let message = format!("{article} has no privilege {written}");
    Diagnostic::new(
        Code::InvalidPrivilege,
        message,
        name.span,
        format!("not of {article}"),
    )
}

/// A word that is no privilege.
pub(crate) fn unknown_privilege(name: &Ident) -> Diagnostic {
    let message = format!("`{}` is no privilege", name.name);
    let known = [
        "select",
        "insert",
        "update",
        "delete",
        "truncate",
        "references",
        "trigger",
        "usage",
        "create",
        "connect",
        "temporary",
        "execute",
    ];
    let diagnostic = Diagnostic::new(
        Code::InvalidPrivilege,
        message,
        name.span,
        "not a privilege",
    );
    match nearest(&name.name, known) {
        Some(nearest) => diagnostic.with_help(format!("write {}", nearest.to_ascii_uppercase())),
        None => diagnostic,
    }
}

/// Columns after a privilege on something that has none.
pub(crate) fn columns_of_no_table(span: Span, noun: &str) -> Diagnostic {
    let message = format!("{} has no columns", super::objects::with_article(noun));
    Diagnostic::new(
        Code::InvalidPrivilege,
        message,
        span,
        "only tables and views have columns",
    )
}

/// WITH GRANT OPTION to everybody.
pub(crate) fn option_to_public(span: Span) -> Diagnostic {
    let message = "only roles can be given the right to grant, not PUBLIC";
    Diagnostic::new(Code::InvalidPrivilege, message, span, "not for PUBLIC")
}

/// GRANTED BY another role.
pub(crate) fn other_grantor(span: Span) -> Diagnostic {
    let message = "the role that grants must be the current one";
    Diagnostic::new(
        Code::InvalidPrivilege,
        message,
        span,
        "not the current role",
    )
}

/// GRANT on a language that is not trusted.
pub(crate) fn untrusted_language(name: &Ident) -> Diagnostic {
    let message = format!("language `{}` is not trusted", name.name);
    Diagnostic::new(
        Code::InvalidPrivilege,
        message,
        name.span,
        "only superusers may use it",
    )
}

/// GRANT on the type of arrays.
pub(crate) fn array_type(span: Span) -> Diagnostic {
    let message = "the privileges of an array type are those of its elements' type";
    Diagnostic::new(Code::InvalidPrivilege, message, span, "an array type")
}

/// GRANT on a large object.
pub(crate) fn large_objects(span: Span) -> Diagnostic {
    let message = "large objects are data, of which migrations know nothing";
    Diagnostic::new(Code::NotInMigrations, message, span, "")
}

/// ON SCHEMAS with IN SCHEMA.
pub(crate) fn schemas_in_schema(span: Span) -> Diagnostic {
    let message = "no schema is in another one";
    Diagnostic::new(Code::InvalidPrivilege, message, span, "not with IN SCHEMA")
}

/// A parameter that is not there.
pub(crate) fn unknown_parameter<'a>(
    name: &Ident,
    names: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("no parameter `{}` exists", name.name);
    let diagnostic = Diagnostic::new(
        Code::UnknownSetting,
        message,
        name.span,
        "no such parameter",
    );
    match nearest(&name.name, names) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic,
    }
}

/// A role that would be a member of itself.
pub(crate) fn circular(role: &str, member: &str, span: Span) -> Diagnostic {
    let message = format!("role `{role}` is a member of role `{member}`");
    Diagnostic::new(
        Code::InvalidPrivilege,
        message,
        span,
        "would be a member of itself",
    )
}

/// A role that something depends on.
pub(crate) fn role_in_use(name: &str, what: &[String], span: Span) -> Diagnostic {
    let message = format!("cannot drop role `{name}`, because objects depend on it");
    let mut diagnostic = Diagnostic::new(Code::StillUsed, message, span, "still used");
    for one in what.iter().take(4) {
        diagnostic = diagnostic.with_note(one.clone());
    }
    diagnostic.with_help(format!(
        "write `REASSIGN OWNED BY {name} TO …` and `DROP OWNED BY {name}` before"
    ))
}

/// The role that runs the migrations.
pub(crate) fn current_role(span: Span) -> Diagnostic {
    let message = "the role that runs the migrations cannot be dropped";
    Diagnostic::new(Code::StillUsed, message, span, "the current role")
}
