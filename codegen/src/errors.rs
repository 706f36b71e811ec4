//! Mistakes in `tablature.toml` that show only when the catalog is known.

use crate::model::Obstacle;
use tablature_schema::Step;
use tablature_schema::config::Setting;
use tablature_schema::diagnostic::{Code, Diagnostic, nearest};
use tablature_schema::text::Span;

pub(crate) fn unknown_relation<'a>(
    key: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::InvalidConfiguration,
        format!("no table or view `{key}`"),
        span,
        "the migrations leave none of that name behind",
    );
    with_nearest(diagnostic, key, known)
}

pub(crate) fn unknown_type_key<'a>(
    key: &str,
    setting: &Setting,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let what = if key.contains('.') {
        "column"
    } else {
        "column of type"
    };
    let diagnostic = Diagnostic::new(
        Code::InvalidConfiguration,
        format!("no {what} `{key}`"),
        setting.key,
        "this type is never used",
    );
    with_nearest(diagnostic, key, known)
}

pub(crate) fn not_a_type(setting: &Setting) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidConfiguration,
        format!("`{}` is no type that a column can have", setting.text),
        setting.value,
        "not such a type",
    )
    .with_help("write a path such as `crate::Email` or `Vec<u8>`")
}

pub(crate) fn optional_type(setting: &Setting) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidConfiguration,
        format!("`{}` would be an `Option` twice", setting.text),
        setting.value,
        "an `Option`",
    )
    .with_help("write the type of what is not NULL: a column that can be NULL is an `Option` of it")
}

pub(crate) fn not_a_derive(setting: &Setting) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidConfiguration,
        format!("`{}` is no path of a derive macro", setting.text),
        setting.value,
        "not such a path",
    )
    .with_help("write a path such as `serde::Serialize`, one in each string")
}

/// A derive macro that some columns stand against.
pub(crate) fn underivable(setting: &Setting, obstacles: &[Obstacle]) -> Diagnostic {
    let text = &setting.text;
    let message = match obstacles {
        [one] => format!("`{text}` cannot be derived: {} is `{}`", one.what, one.ty),
        all => format!(
            "`{text}` cannot be derived: {} columns are of types that lack it",
            all.len()
        ),
    };
    let label = "wanted of every column";
    let diagnostic = Diagnostic::new(Code::InvalidConfiguration, message, setting.value, label);
    let shown = obstacles.iter().take(MOST_OBSTACLES);
    let diagnostic = shown.fold(diagnostic, |diagnostic, obstacle| {
        diagnostic.with_label(obstacle.span, format!("`{}`", obstacle.ty))
    });
    diagnostic.with_help(format!(
        "leave `{text}` out of `derive`, or give the column a type that has it in `[types]`"
    ))
}

/// As many columns are shown.
const MOST_OBSTACLES: usize = 8;

pub(crate) fn not_a_struct_name(setting: &Setting) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidConfiguration,
        format!("`{}` is no name for a struct", setting.text),
        setting.value,
        "not an identifier, or a keyword, or a name that every module sees",
    )
}

pub(crate) fn struct_name_taken(setting: &Setting, first: &Setting) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidConfiguration,
        format!("two structs are named `{}`", setting.text),
        setting.value,
        "named again here",
    )
    .with_label(first.value, "named here")
}

/// A name that another table or view has by itself.
pub(crate) fn struct_name_of_another(setting: &Setting, other: &str) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidConfiguration,
        format!("`{}` is the struct of `{other}`", setting.text),
        setting.value,
        "a second struct of that name",
    )
    .with_help(format!(
        "choose another name here, or one for `{other}` too, with `struct` in `[tables.{other}]`"
    ))
}

/// What has the shape of a path, and a word in it that no function or module can have.
pub(crate) fn not_a_function(step: &Step) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidDirective,
        format!("`{}` is no path of a function", step.path),
        step.span,
        "a keyword of Rust is in it",
    )
    .with_help("write a path such as `crate::steps::fill_slugs`")
}

fn with_nearest<'a>(
    diagnostic: Diagnostic,
    key: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    match nearest(key, known) {
        Some(name) => diagnostic.with_help(format!("write `{name}`")),
        None => diagnostic,
    }
}
