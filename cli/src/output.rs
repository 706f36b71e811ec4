//! The standard output and error: colours only where a terminal shows them, and a reader may leave early.

use crate::failure::Failure;
use clap_cargo::style::{ERROR, NOTE};
use std::io::{ErrorKind, Write};

/// Writes a text to the standard output.
///
/// # Errors
///
/// When it cannot be written; not when its reader has seen enough, as in `cargo tablature schema | head`.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut output = anstream::stdout().lock();
    match output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush())
    {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}

/// Writes a text to the standard error. Where that fails there is nowhere left to say so.
pub(crate) fn note(text: &str) {
    let mut output = anstream::stderr().lock();
    let _ = writeln!(output, "{text}");
}

/// Says why a command could not run.
pub(crate) fn failure(failure: &Failure) {
    note(&format!("{ERROR}error{ERROR:#}: {failure}"));
    if let Some(help) = failure.help() {
        note(&format!("  {NOTE}= help{NOTE:#}: {help}"));
    }
}
