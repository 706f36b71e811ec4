//! For the `build.rs` of an application whose schema is a directory of migrations.
//!
//! Rust rebuilds a crate when a file that it read has changed, but nothing tells it that a file was added. One line in
//! `build.rs` does:
//!
//! ```no_run
//! // In `main` of `build.rs`.
//! tablature_build::watch("migrations");
//! ```
//!
//! With it, `tablature::migrations!("migrations")` sees a migration as soon as it is there, and no longer sees one that
//! is gone.
//!
//! Who would rather have a file than a macro writes `tablature_build::generate("migrations")` instead, and in the crate
//!
//! ```text
//! include!(concat!(env!("OUT_DIR"), "/migrations.rs"));
//! ```

mod generated;

use std::io;
use std::path::{Path, PathBuf};
use tablature_schema::diagnostic::Code;
use tablature_schema::directory::Directory;
use tablature_schema::{Options, check};

/// Makes cargo build the crate again when anything in a migrations directory is added, changed, renamed or removed.
///
/// `directory` is relative to the crate, as in the macro. If there is no such directory, the build fails and says which
/// one may be meant.
pub fn watch(directory: &str) {
    speak("rerun-if-changed", directory);
    // Cargo runs build scripts in the directory of the crate.
    let base = variable("CARGO_MANIFEST_DIR").unwrap_or_default();
    let unreadable = Directory::read(&base, directory)
        .diagnostics
        .into_iter()
        .find(|found| found.code == Code::UnreadableDirectory);
    if let Some(found) = unreadable {
        let help = found.help.map(|help| format!("; {help}"));
        let help = help.unwrap_or_default();
        speak("error", &format!("watch: {}{help}", found.message));
    }
}

/// Writes what the macro would emit to `$OUT_DIR/<last part of the directory's path>.rs`, and watches the directory as
/// [`watch`] does.
///
/// Rejected migrations and a missing directory are no error here: they are compile errors of the crate that includes
/// the file.
///
/// # Errors
///
/// If it is not called by cargo from a build script, if the path has no last part, or if the file cannot be written.
pub fn generate(directory: &str) -> io::Result<()> {
    let base = variable("CARGO_MANIFEST_DIR")?;
    let out = variable("OUT_DIR")?;
    let name = Path::new(directory).file_name().ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("the path `{directory}` does not end in the name of a directory"),
        )
    })?;
    speak("rerun-if-changed", directory);
    let checked = check(Directory::read(&base, directory), &Options::default());
    let mut file = out.join(name);
    file.as_mut_os_string().push(".rs");
    std::fs::write(file, generated::text(checked))
}

#[expect(
    clippy::print_stdout,
    reason = "this is how a build script speaks to cargo"
)]
fn speak(instruction: &str, value: &str) {
    println!("cargo::{instruction}={value}");
}

fn variable(name: &str) -> io::Result<PathBuf> {
    std::env::var_os(name).map(PathBuf::from).ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::NotFound,
            format!("`{name}` is not set: call this from a build script that cargo runs"),
        )
    })
}
