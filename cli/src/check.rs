//! `cargo tablature check`

use crate::Verdict;
use crate::arguments::{CheckArguments, Format};
use crate::failure::Failure;
use crate::json::{self, Report};
use crate::migrations::checked;
use crate::output;
use crate::summary::summary;
use std::time::{Duration, Instant};
use tablature_schema::Checked;
use tablature_schema::render::{self, Style};

/// Checks the migrations and prints what was found.
///
/// # Errors
///
/// When no verdict can be given, or not be printed.
pub(crate) fn run(arguments: &CheckArguments) -> Result<Verdict, Failure> {
    let start = Instant::now();
    let checked = checked(&arguments.migrations, None)?;
    let text = match arguments.format {
        Format::Human => told(&checked, start.elapsed()),
        Format::Json => json::text(&Report::new(&checked))?,
    };
    output::print(&text)?;
    if checked.accepted() {
        Ok(Verdict::Fine)
    } else {
        Ok(Verdict::Failed)
    }
}

/// What people read of checked migrations: the frames, the verdict, where more is said.
pub(crate) fn told(checked: &Checked, elapsed: Duration) -> String {
    format!(
        "{}{}\n{}",
        frames(checked),
        summary(checked, elapsed),
        way_to_more(checked)
    )
}

/// Where more is said about the first finding, the gravest ones before the others.
fn way_to_more(checked: &Checked) -> String {
    let most = checked.diagnostics.iter().map(|it| it.severity).max();
    let mut diagnostics = checked.diagnostics.iter();
    match diagnostics.find(|diagnostic| Some(diagnostic.severity) == most) {
        Some(diagnostic) => format!(
            "for more about a finding run `cargo tablature explain {}`\n",
            diagnostic.code.number()
        ),
        None => String::new(),
    }
}

/// The frames of all diagnostics, an empty line after each.
fn frames(checked: &Checked) -> String {
    let mut frames = render::report(&checked.sources, &checked.diagnostics, Style::Colored);
    if !frames.is_empty() {
        frames.push('\n');
    }
    frames
}
