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
use tablature_schema::directory::Directory;
use tablature_schema::{Options, check};

/// Makes cargo build the crate again when anything in a migrations directory is added, changed, renamed or removed.
///
/// `directory` is relative to the crate, as in the macro.
pub fn watch(directory: &str) {
    rerun_if_changed(directory);
}

/// Writes what the macro would emit to `$OUT_DIR/<last part of the directory's path>.rs`, and [`watch`]es the directory.
///
/// Rejected migrations are no error here: they are compile errors of the crate that includes the file.
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
    watch(directory);
    let checked = check(Directory::read(&base, directory), &Options::default());
    let mut file = out.join(name);
    file.as_mut_os_string().push(".rs");
    std::fs::write(file, generated::text(checked))
}

#[expect(
    clippy::print_stdout,
    reason = "this is how a build script speaks to cargo"
)]
fn rerun_if_changed(path: &str) {
    println!("cargo::rerun-if-changed={path}");
}

fn variable(name: &str) -> io::Result<PathBuf> {
    std::env::var_os(name).map(PathBuf::from).ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::NotFound,
            format!("`{name}` is not set: call this from a build script that cargo runs"),
        )
    })
}
