//! Making a snapshot, and the proof that it makes of a new database what the migrations do.
//!
//! The migrations run twice, at two moments of which every part differs and with other random numbers. What is the same both
//! times becomes a value, what is the moment itself becomes the expression for it, and anything else cannot be repeated. Then
//! the statements run at both moments too, as an application would run them, and every object, row and setting has to be the
//! same.

use super::moment::{Draws, MOMENTS, Moment};
use super::present::Present;
use super::state::State;
use super::statements::{Unrepeatable, statements};
use crate::arguments::SnapshotArguments;
use crate::failure::Failure;
use crate::migrations::{embedded, judged};
use std::path::PathBuf;
use tablature::{Error, Migrations};
use tablature_schema::directory::Directory;
use tablature_schema::{Checked, snapshot};
use tempfile::TempDir;

/// How often the migrations run with other random numbers where they ask for any.
const THROWS: u64 = 16;

/// A proven snapshot.
pub(super) struct Proven {
    pub(super) text: String,
    pub(super) tables: usize,
    pub(super) rows: usize,
}

/// Why there is none.
pub(super) enum Refused {
    /// The migrations fail on an empty database.
    Fails(Box<Error>),
    /// What they leave behind cannot be made again.
    Unrepeatable(Vec<String>),
    /// The command could not run.
    Failure(Failure),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Refused {
        Refused::Fails(Box::new(error))
    }
}

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Refused {
        Refused::Failure(Failure::Scratch(error.to_string()))
    }
}

/// Makes the snapshot of accepted migrations up to a version, which is that of one of them.
pub(super) fn prove(
    arguments: &SnapshotArguments,
    directory: &Directory,
    checked: &Checked,
    version: i64,
) -> Result<Proven, Refused> {
    let mut steps = checked.migrations.iter();
    if let Some(step) = steps.find(|one| one.version <= version && one.step.is_some()) {
        return Err(Refused::Unrepeatable(vec![format!(
            "migration {} `{}` has a step, which only the application can run",
            step.version, step.name
        )]));
    }
    let scratch = Scratch::new()?;
    let (empty, _) = MOMENTS[0].open(&scratch.file(0))?;
    let empty = State::read(&empty)?;
    let present = Present::read()?;
    let migrations = embedded(checked);
    let [one, other] = MOMENTS.map(|moment| scratch.made(&migrations, version, moment));
    let ((one, draws), (other, _)) = (one?, other?);
    let made = statements([&one, &other], &empty, &present);
    let made = made.map_err(Refused::unrepeatable)?;
    // Two throws of a coin are often the same, so many are not.
    let throws = if draws.any() { THROWS } else { 0 };
    for lot in 0..throws {
        let (again, _) = scratch.made(&migrations, version, MOMENTS[0].with_lot(lot))?;
        statements([&one, &again], &empty, &present).map_err(Refused::unrepeatable)?;
        if let Some(difference) = one.difference(&again) {
            return Err(Refused::Unrepeatable(vec![format!(
                "{difference} is another one each time that the migrations run"
            )]));
        }
    }

    let mut last = checked.migrations.iter();
    let Some(last) = last.find(|migration| migration.version == version) else {
        return Err(Refused::Unrepeatable(Vec::new()));
    };
    let text = snapshot::text(last, made.iter().map(String::as_str));
    let mut with_snapshot = directory.clone();
    let file = with_snapshot.sources.add(snapshot::FILE_NAME, text.clone());
    with_snapshot.snapshot = Some(file);
    let checked = judged(with_snapshot, &arguments.migrations, None).map_err(Refused::Failure)?;
    let migrations = embedded(&checked);
    for (moment, expected) in MOMENTS.into_iter().zip([&one, &other]) {
        let again = scratch.made(&migrations, version, moment);
        let (again, _) = again.map_err(Refused::snapshot_fails)?;
        if let Some(difference) = expected.difference(&again) {
            return Err(Refused::Unrepeatable(vec![format!(
                "{difference} would not be what the migrations make"
            )]));
        }
    }
    Ok(Proven {
        text,
        tables: one.table_count(),
        rows: one.row_count(),
    })
}

impl Refused {
    /// The migrations have run, and the snapshot does not: it is not the user's to correct.
    fn snapshot_fails(self) -> Refused {
        match self {
            Refused::Fails(error) => Refused::Unrepeatable(vec![match *error {
                Error::Statement(failed) => format!(
                    "no statement of a new database can do what they have done: {}",
                    failed.reason
                ),
                error => error.to_string(),
            }]),
            refused @ (Refused::Unrepeatable(_) | Refused::Failure(_)) => refused,
        }
    }

    fn unrepeatable(found: Vec<Unrepeatable>) -> Refused {
        Refused::Unrepeatable(found.iter().map(ToString::to_string).collect())
    }
}

/// A directory for databases: one in memory has no header.
struct Scratch(TempDir);

impl Scratch {
    fn new() -> Result<Scratch, Refused> {
        let made = tempfile::tempdir().map(Scratch);
        made.map_err(|error| Refused::Failure(Failure::Scratch(error.to_string())))
    }

    fn file(&self, number: usize) -> PathBuf {
        self.0.path().join(format!("{number}.db"))
    }

    /// What a new database holds once the migrations up to a version have been applied to it at a moment, and whether that
    /// asked for chance.
    fn made(
        &self,
        migrations: &Migrations,
        version: i64,
        moment: Moment,
    ) -> Result<(State, Draws), Refused> {
        let directory = tempfile::tempdir_in(self.0.path());
        let directory =
            directory.map_err(|error| Refused::Failure(Failure::Scratch(error.to_string())))?;
        let (mut connection, draws) = moment.open(&directory.path().join("scratch.db"))?;
        // Nobody needs it after a crash.
        connection.pragma_update(None, "synchronous", "OFF")?;
        let runner = migrations.runner().to_version(version);
        runner.apply(&mut connection)?;
        Ok((State::read(&connection)?, draws))
    }
}
