//! `cargo tablature explain`

use crate::Verdict;
use crate::arguments::ExplainArguments;
use crate::failure::Failure;
use crate::output;
use clap_cargo::style::{HEADER, LITERAL};
use tablature_schema::diagnostic::{Code, nearest};
use tablature_schema::lints::Lint;

/// Prints the page of a code, or the list of all of them.
///
/// # Errors
///
/// When there is no such code, or the page cannot be printed.
pub(crate) fn run(arguments: &ExplainArguments) -> Result<Verdict, Failure> {
    let text = match &arguments.code {
        Some(name) => page(Code::named(name).ok_or_else(|| unknown(name))?),
        None => Code::ALL.iter().map(|code| line(*code)).collect(),
    };
    output::print(&text)?;
    Ok(Verdict::Fine)
}

fn page(code: Code) -> String {
    format!(
        "{HEADER}{}{HEADER:#} {} ({})\n\n{}",
        code.number(),
        code.name(),
        kind(code),
        code.page()
    )
}

fn line(code: Code) -> String {
    format!(
        "{LITERAL}{}{LITERAL:#}  {:<24}  {}\n",
        code.number(),
        code.name(),
        kind(code)
    )
}

/// What becomes of its diagnostics.
fn kind(code: Code) -> String {
    match Lint::of(code) {
        Some(lint) => format!("lint, {} by default", lint.default.name()),
        None => "error".to_owned(),
    }
}

fn unknown(name: &str) -> Failure {
    let known = Code::ALL
        .iter()
        .flat_map(|code| [code.name(), code.number()]);
    Failure::UnknownCode {
        name: name.to_owned(),
        nearest: nearest(name, known),
    }
}
