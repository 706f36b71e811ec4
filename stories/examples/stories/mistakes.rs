//! Two mistaken migrations: one that does not compile, and one that fails when it is applied.

use crate::indented;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use tablature::rusqlite::Connection;
use tablature_schema::directory::Directory;
use tablature_schema::render::{self, Style};
use tablature_schema::{Options, check};

/// A history that compiles, and whose second migration the rows of the first one do not let pass.
mod duplicates {
    tablature::migrations!("examples/duplicates");
}

/// Checks the migrations of the `usage_count` story, as the compiler does.
pub(crate) fn compiled(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    writeln!(
        out,
        "Elsewhere this was logged as a warning and recorded as a success; the column was never there.\n\
         An application with these migrations does not compile:\n"
    )?;
    let directory = Directory::read(Path::new(env!("CARGO_MANIFEST_DIR")), "examples/misnamed");
    let checked = check(directory, &Options::default());
    let frames = render::report(&checked.sources, &checked.diagnostics, Style::Colored);
    indented(out, &frames)?;
    Ok(())
}

/// Applies a migration that fails, and shows that nothing of it is left.
pub(crate) fn applied(out: &mut impl Write, path: &Path) -> Result<(), Box<dyn Error>> {
    let mut connection = Connection::open(path)?;
    match duplicates::MIGRATIONS.apply(&mut connection) {
        Ok(_) => return Err("two users have one address".into()),
        Err(error) => indented(out, &error.to_string())?,
    }
    let left: i64 =
        connection.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get(0))?;
    writeln!(
        out,
        "\nThe database holds {left} objects: neither migration left a trace, the history does not claim\n\
         one, and a program that ends here does not run on half a schema."
    )?;
    Ok(())
}
