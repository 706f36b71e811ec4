//! A case: migrations in one file, their outcome beside it, the replay's verdict and the engine's.

use crate::engine::{Engine, Rows};
use crate::model::{Schema, difference};
use crate::postgres::describe::Description;
use crate::postgres::globals::Globals;
use crate::{postgres, replayed};
use std::path::{Path, PathBuf};
use std::{env, fmt, fs};
use tablature_schema::catalog::Catalog;
use tablature_schema::diagnostic::{Diagnostic, Severity};
use tablature_schema::directory::Directory;
use tablature_schema::render::{Style, report};
use tablature_schema::text::Span;
use tablature_schema::{Checked, Options, check, lock, snapshot};
use tablature_test_server::shared;

/// A case as its file tells it.
#[derive(Debug, Clone)]
pub struct Case {
    /// The `.sql` file.
    pub path: PathBuf,
    /// Its migrations and their file names, in the order in which they are written.
    pub files: Vec<(String, String)>,
    /// What `tablature.lock` and `tablature.snapshot` hold, where there are such.
    pub beside: Vec<(&'static str, String)>,
    /// What `tablature.toml` holds.
    pub configuration: String,
    /// Whether it is one for PostgreSQL: it lies in a directory of that name.
    pub is_on_postgres: bool,
    /// Why the replay is stricter than the engine, if it is.
    pub engine_accepts: Option<String>,
}

/// What a side says of a case.
enum Verdict {
    Accepted { schema: Held },
    Rejected { message: String, place: Place },
}

/// What a database holds, as either engine describes it.
#[derive(Debug, Clone, PartialEq)]
enum Held {
    Sqlite(Schema),
    Postgres(Description),
}

impl Held {
    /// What the replay has built.
    fn replayed(checked: &Checked) -> Held {
        match &checked.catalog {
            Catalog::Sqlite(catalog) => Held::Sqlite(replayed::schema(catalog)),
            Catalog::Postgres(catalog) => Held::Postgres(postgres::replayed::describe(catalog)),
        }
    }

    fn difference(&self, replay: &Held) -> Option<String> {
        match (self, replay) {
            (Held::Sqlite(engine), Held::Sqlite(replay)) => difference(engine, replay),
            (Held::Postgres(engine), Held::Postgres(replay)) => engine.difference(replay),
            (_, _) => Some("they are of different engines".to_owned()),
        }
    }
}

impl fmt::Display for Held {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Held::Sqlite(schema) => schema.fmt(formatter),
            Held::Postgres(description) => description.fmt(formatter),
        }
    }
}

/// The statement that the engine refused.
enum Place {
    /// Its file and bytes.
    Statement {
        file: String,
        start: usize,
        end: usize,
    },
    /// What a migration, or all of them, left behind.
    Whole,
}

impl Case {
    /// Reads a case.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn read(path: &Path) -> Result<Case, String> {
        let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
        Ok(Case::new(path, &text))
    }

    /// A case from its text; what its `.sql` file is called names its migration where the text does not.
    #[must_use]
    pub fn new(path: &Path, text: &str) -> Case {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let mut files = vec![(format!("0001_{stem}.sql"), String::new())];
        let mut configuration = String::new();
        let mut engine_accepts = None;
        for line in text.split_inclusive('\n') {
            if let Some(name) = line.strip_prefix("-- file: ") {
                // What stands before the first of these lines is a file only if it holds a statement.
                if files.len() == 1 && files[0].1.lines().all(is_blank_or_comment) {
                    files.clear();
                }
                files.push((name.trim().to_owned(), String::new()));
                continue;
            }
            if let Some(setting) = line.strip_prefix("-- tablature.toml: ") {
                configuration.push_str(setting);
            } else if let Some(reason) = line.strip_prefix("-- engine accepts: ") {
                engine_accepts = Some(reason.trim().to_owned());
            }
            if let Some((_, text)) = files.last_mut() {
                text.push_str(line);
            }
        }
        const POSTGRES: &str = "dialect = \"postgres\"";
        let says_so = configuration.lines().any(|line| line == POSTGRES);
        let is_on_postgres = is_on_postgres(path) || says_so;
        if is_on_postgres && !says_so {
            configuration.insert_str(0, &format!("{POSTGRES}\n"));
        }
        Case {
            path: path.to_owned(),
            is_on_postgres,
            beside: [lock::FILE_NAME, snapshot::FILE_NAME]
                .into_iter()
                .filter_map(|name| Some((name, take(&mut files, name)?)))
                .collect(),
            files,
            configuration,
            engine_accepts,
        }
    }

    /// Runs the case on both sides and compares what they say with each other and with the outcome beside it.
    ///
    /// `BLESS=1` writes the outcome instead, but never one of the other verdict.
    ///
    /// # Errors
    ///
    /// What differs, for the reader of the test's output.
    pub fn run(&self) -> Result<(), String> {
        let (checked, engine) = self.both()?;
        let (extension, other, outcome) = match checked.accepted() {
            true => ("schema", "stderr", accepted_outcome(&checked)),
            false => ("stderr", "schema", self.rejected_outcome(&checked, &engine)),
        };
        let (file, other) = (
            self.path.with_extension(extension),
            self.path.with_extension(other),
        );
        if other.exists() {
            return Err(format!(
                "the verdict has changed: {} is there\n{outcome}",
                other.display()
            ));
        }
        if env::var_os("BLESS").is_some() {
            return fs::write(&file, outcome).map_err(|error| error.to_string());
        }
        let Ok(expected) = fs::read_to_string(&file) else {
            return Err(format!(
                "no outcome is beside it; write it with BLESS=1\n{outcome}"
            ));
        };
        if expected == outcome {
            return Ok(());
        }
        let diff = similar::TextDiff::from_lines(&expected, &outcome)
            .unified_diff()
            .header("expected", "found")
            .to_string();
        Err(diff)
    }

    /// Runs the case on both sides, and returns what the replay says if the engine agrees.
    ///
    /// # Errors
    ///
    /// What differs, for the reader of the test's output.
    pub fn judge(&self) -> Result<Checked, String> {
        self.both().map(|(checked, _)| checked)
    }

    fn both(&self) -> Result<(Checked, Verdict), String> {
        let checked = self.check();
        let engine = match self.is_on_postgres {
            true => self.ask_postgres()?,
            false => self.ask_sqlite(&checked)?,
        };
        self.compare_verdicts(&checked, &engine)?;
        Ok((checked, engine))
    }

    /// What the replay says.
    #[must_use]
    pub fn check(&self) -> Checked {
        let files = self.files.iter();
        let files = files.map(|(name, text)| (name.as_str(), text.as_str()));
        let configuration = ("tablature.toml", self.configuration.as_str());
        let configuration = Some(configuration).filter(|(_, text)| !text.is_empty());
        let beside = self
            .beside
            .iter()
            .map(|(name, text)| (*name, text.as_str()));
        let files = files.chain(configuration).chain(beside);
        let directory = Directory::from_files("migrations", files);
        check(directory, &Options::default())
    }

    /// Runs it on the server, which must be there.
    fn ask_postgres(&self) -> Result<Verdict, String> {
        let said = |error: ::postgres::Error| error.to_string();
        let server = shared().ok_or("there is no server")?;
        // Cases that make roles or databases take turns.
        let alone = self.files.iter().any(|(_, text)| {
            let text = text.to_ascii_uppercase();
            ["ROLE ", "USER ", "DATABASE "]
                .iter()
                .any(|kind| text.contains(&format!("CREATE {kind}")))
        });
        let _globals = match alone {
            true => Some(Globals::keep(server).map_err(said)?),
            false => None,
        };
        let mut engine = postgres::engine::Engine::new(server, &[]).map_err(said)?;
        for (name, text) in &self.files {
            if is_down(name) {
                continue;
            }
            if let Err(failure) = engine.migrate(text, wants_transaction(text)) {
                return Ok(Verdict::Rejected {
                    message: failure.message,
                    place: Place::Statement {
                        file: name.clone(),
                        start: failure.span.start,
                        end: failure.span.end,
                    },
                });
            }
        }
        Ok(Verdict::Accepted {
            schema: Held::Postgres(engine.describe().map_err(said)?),
        })
    }

    fn ask_sqlite(&self, checked: &Checked) -> Result<Verdict, String> {
        let said = |error: rusqlite::Error| error.to_string();
        let engine = Engine::open(&checked.config, Rows::Run).map_err(said)?;
        let whole = |messages: Vec<String>| Verdict::Rejected {
            message: messages.join("\n"),
            place: Place::Whole,
        };
        for (name, text) in &self.files {
            if is_down(name) {
                continue;
            }
            if let Err(failure) = engine.migrate(text, wants_transaction(text)) {
                return Ok(Verdict::Rejected {
                    message: failure.message,
                    place: Place::Statement {
                        file: name.clone(),
                        start: failure.span.start,
                        end: failure.span.end,
                    },
                });
            }
            let broken = engine.broken().map_err(said)?;
            if !broken.is_empty() {
                return Ok(whole(broken));
            }
        }
        let orphans = engine.orphans().map_err(said)?;
        if !orphans.is_empty() {
            return Ok(whole(orphans));
        }
        Ok(Verdict::Accepted {
            schema: Held::Sqlite(engine.schema().map_err(said)?),
        })
    }

    fn rejected_outcome(&self, checked: &Checked, engine: &Verdict) -> String {
        let mut outcome = diagnostics(checked);
        let name = match self.is_on_postgres {
            true => "postgres",
            false => "sqlite",
        };
        if let Verdict::Rejected { message, .. } = engine {
            outcome.push('\n');
            for line in message.lines() {
                outcome.push_str(&format!("{name}: {line}\n"));
            }
        }
        outcome
    }

    fn compare_verdicts(&self, checked: &Checked, engine: &Verdict) -> Result<(), String> {
        let report = || diagnostics(checked);
        match (checked.accepted(), engine, &self.engine_accepts) {
            (true, Verdict::Accepted { schema }, None) => {
                match schema.difference(&Held::replayed(checked)) {
                    None => Ok(()),
                    Some(difference) => Err(format!("the catalogs differ\n{difference}")),
                }
            }
            (false, Verdict::Rejected { message, place }, None) => match (place, first(checked)) {
                (Place::Statement { file, start, end }, Some(first))
                    if !lies_in(checked, first.primary.span, file, *start, *end) =>
                {
                    Err(format!(
                        "the engine rejects another statement, at {file} bytes {start} to {end}: {message}\n{}",
                        report()
                    ))
                }
                (Place::Statement { .. } | Place::Whole, _) => Ok(()),
            },
            (false, Verdict::Accepted { .. }, Some(_)) => Ok(()),
            (true, Verdict::Rejected { message, .. }, _) => Err(format!(
                "falsely accepted; the engine rejects it: {message}"
            )),
            (false, Verdict::Accepted { .. }, None) => Err(format!(
                "falsely rejected; the engine accepts it. If we mean to be stricter, say why in a first line \
                 `-- engine accepts: …`\n{}",
                report()
            )),
            (true, Verdict::Accepted { .. }, Some(_)) => {
                Err("it says `-- engine accepts:`, but the replay accepts it too".to_owned())
            }
            (false, Verdict::Rejected { message, .. }, Some(_)) => Err(format!(
                "it says `-- engine accepts:`, but the engine rejects it: {message}"
            )),
        }
    }
}

/// Whether a case is one for PostgreSQL.
#[must_use]
pub fn is_on_postgres(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "postgres")
}

fn is_down(name: &str) -> bool {
    name.ends_with(".down.sql") || name.ends_with("/down.sql")
}

/// Whether a runner wraps a file in a transaction: `-- no-transaction` among its leading comments says no, with or without
/// an explanation after it.
#[must_use]
pub fn wants_transaction(text: &str) -> bool {
    text.lines()
        .take_while(|line| is_blank_or_comment(line))
        .filter_map(|line| line.trim().strip_prefix("-- no-transaction"))
        .all(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
}

/// Takes a file of a name out of others.
fn take(files: &mut Vec<(String, String)>, name: &str) -> Option<String> {
    let at = files.iter().position(|(file, _)| file == name)?;
    Some(files.remove(at).1)
}

fn is_blank_or_comment(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with("--")
}

fn accepted_outcome(checked: &Checked) -> String {
    let mut outcome = Held::replayed(checked).to_string();
    if !checked.diagnostics.is_empty() {
        outcome.push('\n');
        outcome.push_str(&diagnostics(checked));
    }
    outcome
}

fn diagnostics(checked: &Checked) -> String {
    report(&checked.sources, &checked.diagnostics, Style::Plain)
}

/// The first error in the order in which statements run.
fn first(checked: &Checked) -> Option<&Diagnostic> {
    checked
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .min_by_key(|diagnostic| diagnostic.primary.span)
}

fn lies_in(checked: &Checked, span: Span, file: &str, start: usize, end: usize) -> bool {
    let path = &checked.sources.file(span.file).path;
    let (first, last) = (span.start as usize, span.end as usize);
    path.ends_with(file) && first <= end && last >= start
}
