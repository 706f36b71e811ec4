//! Runs the cases: each `.rs` must fail to compile with the messages in the `.stderr` beside it.
//!
//! `TRYBUILD=overwrite cargo test -p tablature-ui-tests --test ui` writes those files anew.

use std::fs;
use std::io;
use std::path::Path;

#[test]
fn ui() -> io::Result<()> {
    lay_out_migrations()?;
    trybuild::TestCases::new().compile_fail("cases/*.rs");
    Ok(())
}

/// Copies the directories of `migrations/` to where the macro looks for them.
///
/// Trybuild compiles the cases as programs of a package of its own under the target directory, so that
/// `CARGO_MANIFEST_DIR` is that package's directory there.
fn lay_out_migrations() -> io::Result<()> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .ok_or(io::ErrorKind::NotFound)?;
    let project = target.join("tests/trybuild").join(env!("CARGO_PKG_NAME"));
    for directory in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations"))? {
        let directory = directory?;
        let copy = project.join(directory.file_name());
        match fs::remove_dir_all(&copy) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        fs::create_dir_all(&copy)?;
        for file in fs::read_dir(directory.path())? {
            let file = file?;
            fs::copy(file.path(), copy.join(file.file_name()))?;
        }
    }
    Ok(())
}
