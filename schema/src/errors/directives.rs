//! Comments that are nearly directives, and directives that do nothing.

use super::lints::finding;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::text::Span;

/// What a comment that is nearly a directive was to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Allow,
    Effect,
    Step,
}

impl Form {
    const fn help(self) -> &'static str {
        match self {
            Form::Allow => FORM,
            Form::Effect => EFFECT_FORM,
            Form::Step => STEP_FORM,
        }
    }
}

const FORM: &str = "write `-- tablature: allow(lint_name) reason` on the line before the statement";

const STEP_FORM: &str = "write `-- tablature: step crate::steps::fill_slugs`, the path of a function of the application";

const EFFECT_FORM: &str =
    "write `-- tablature: effect ALTER TABLE …` on the line before the statement, or `effect none`";

pub(crate) fn unknown_lint(name: &str, span: Span) -> Diagnostic {
    super::lints::unknown(Code::InvalidDirective, name, span)
}

pub(crate) fn unknown_directive(verb: &str, span: Span) -> Diagnostic {
    let message = format!("unknown directive `{verb}`");
    let diagnostic = invalid(message, span, "no such directive");
    match nearest(verb, ["allow", "effect", "step"]) {
        Some(nearest) => diagnostic.with_help(format!("write `{nearest}`")),
        None => diagnostic.with_help(FORM),
    }
}

pub(crate) fn empty(span: Span) -> Diagnostic {
    invalid("the directive is empty", span, "").with_help(FORM)
}

pub(crate) fn no_lint(span: Span) -> Diagnostic {
    invalid("the directive names no lint", span, "").with_help(FORM)
}

pub(crate) fn no_parenthesis(span: Span) -> Diagnostic {
    invalid("the directive lacks its `)`", span, "").with_help(FORM)
}

pub(crate) fn no_colon(span: Span, form: Form) -> Diagnostic {
    invalid("the directive lacks its colon", span, "").with_help(form.help())
}

pub(crate) fn no_name(span: Span, form: Form) -> Diagnostic {
    invalid("the directive lacks `tablature:`", span, "not read").with_help(form.help())
}

pub(crate) fn capital(name: &str, span: Span) -> Diagnostic {
    invalid(format!("`{name}` is written with a capital"), span, "").with_help("write `tablature`")
}

pub(crate) fn block_comment(span: Span, form: Form) -> Diagnostic {
    invalid(
        "a directive stands in a comment that begins with `--`",
        span,
        "not read",
    )
    .with_help(form.help())
}

pub(crate) fn not_alone(span: Span) -> Diagnostic {
    invalid(
        "a directive stands on a line of its own",
        span,
        "something stands before it",
    )
    .with_help("move it to the line before the statement that it is about")
}

pub(crate) fn inside_a_statement(span: Span) -> Diagnostic {
    invalid(
        "a directive stands before its statement, not in it",
        span,
        "in a statement",
    )
    .with_help("move it to the line before the statement")
}

pub(crate) fn no_statement_follows(span: Span) -> Diagnostic {
    invalid("no statement follows the directive", span, "about nothing")
        .with_help("move it to the line before the statement that it is about")
}

pub(crate) fn idle_effect(span: Span, statement: Span) -> Diagnostic {
    invalid(
        "only CREATE VIRTUAL TABLE takes a declared effect",
        span,
        "",
    )
    .with_label(statement, "the engine says what this does")
    .with_help("remove it")
}

pub(crate) fn no_effect(span: Span) -> Diagnostic {
    invalid("the directive declares no effect", span, "").with_help(EFFECT_FORM)
}

/// A declared effect before a statement whose effect is known.
#[cfg(feature = "postgres")]
pub(crate) fn needless_effect(span: Span, statement: Span) -> Diagnostic {
    invalid(
        "this effect need not be declared",
        span,
        "the statement below is followed",
    )
    .with_label(statement, "what this does to the schema is known")
    .with_help("remove the directive")
}

/// `effect none` beside an effect.
#[cfg(feature = "postgres")]
pub(crate) fn effect_and_none(none: Span, first: Span) -> Diagnostic {
    invalid(
        "`effect none` says that the schema stays as it is",
        none,
        "none",
    )
    .with_label(first, "and this changes it")
    .with_help("remove one of the two")
}

/// A declared effect that is no change of the schema.
#[cfg(feature = "postgres")]
pub(crate) fn no_change_of_schema(span: Span) -> Diagnostic {
    invalid(
        "an effect is a change of the schema",
        span,
        "this changes none, or only when it runs",
    )
    .with_help("declare what the schema is afterwards: CREATE, ALTER, DROP, COMMENT, GRANT; or `effect none`")
}

pub(crate) fn late_no_transaction(span: Span, first: Span) -> Diagnostic {
    invalid(
        "`-- no-transaction` stands after a statement",
        span,
        "too late",
    )
    .with_label(first, "the first statement")
    .with_help("move it to the head of the file")
}

pub(crate) fn no_path(span: Span) -> Diagnostic {
    invalid("the directive names no function", span, "").with_help(STEP_FORM)
}

pub(crate) fn no_such_path(path: &str, span: Span) -> Diagnostic {
    let message = format!("`{path}` is no path of a function");
    invalid(message, span, "not such a path").with_help(STEP_FORM)
}

pub(crate) fn late_step(span: Span, first: Span) -> Diagnostic {
    invalid("a step stands after a statement", span, "too late")
        .with_label(first, "the first statement")
        .with_note("the function runs after all statements of its file")
        .with_help(
            "move it to the head of the file, and what has to come after it into a new migration",
        )
}

pub(crate) fn second_step(span: Span, first: Span) -> Diagnostic {
    invalid("a migration has one step", span, "a second one")
        .with_label(first, "the first one")
        .with_help("call both from one function, or put the second one into a new migration")
}

pub(crate) fn step_without_transaction(span: Span, opt_out: Span) -> Diagnostic {
    invalid(
        "a step needs the transaction",
        span,
        "runs with what is recorded of it, or not at all",
    )
    .with_label(opt_out, "there is none")
    .with_help("put the step into a migration of its own")
}

pub(crate) fn step_of_a_down_file(span: Span) -> Diagnostic {
    invalid("a down file has no step", span, "not run")
        .with_help("write the way back in SQL, or leave it out")
}

pub(crate) fn nearly_no_transaction(words: &str, span: Span) -> Diagnostic {
    invalid(
        format!("`{words}` is not how to opt out of the transaction"),
        span,
        "not read",
    )
    .with_help("write `-- no-transaction`")
}

pub(crate) fn foreign_mark(tool: &str, span: Span) -> Diagnostic {
    invalid(format!("the marks of {tool} are not read"), span, "not read").with_help(
        "keep the way down in a `.down.sql` file, and write `-- no-transaction` at the head of a file that needs none",
    )
}

/// An allow that meets no finding.
pub(crate) fn unused_allow(code: Code, span: Span, statement: Option<Span>) -> Diagnostic {
    let message = format!("`{}` finds nothing in this statement", code.name());
    let diagnostic = finding(Code::UnusedAllow, message, span, "not needed");
    match statement {
        Some(statement) => diagnostic.with_label(statement, "the statement"),
        None => diagnostic,
    }
    .with_help("remove it")
}

fn invalid(message: impl Into<String>, span: Span, label: &str) -> Diagnostic {
    Diagnostic::new(Code::InvalidDirective, message, span, label)
}
