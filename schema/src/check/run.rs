//! A run: every file in the order of the versions.

use super::levels::Levels;
use super::script::Source;
use super::{Checked, Compatibility, Migration, Options, Reversal, Step, reversal};
use crate::catalog::Catalog;
use crate::checksum;
use crate::config::Dialect;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::directory::{Directory, MigrationFiles};
use crate::errors::{directives, files as errors, lints};
use crate::lints::Lint;
use crate::lock::{self, Found};
#[cfg(feature = "postgres")]
use crate::postgres;
use crate::replay::{MAX_MISTAKES, Replay, Splitter};
use crate::snapshot::{self, Snapshot};
use crate::split::Statement;
use crate::sqlite;
use crate::text::{FileId, Span};
use std::collections::BTreeSet;
use std::mem;

/// Checks a directory on the current thread.
pub(super) fn run(mut directory: Directory, options: &Options) -> Checked {
    match directory.config.dialect() {
        Ok(Dialect::Sqlite) => replay::<sqlite::replay::Replay>(directory, options),
        #[cfg(feature = "postgres")]
        Ok(Dialect::Postgres) => replay::<postgres::replay::Replay>(directory, options),
        Err(error) => {
            directory.diagnostics.push(*error);
            // Read by the rules of another engine, the migrations would be full of mistakes that are none.
            directory
                .diagnostics
                .sort_by_key(|diagnostic| diagnostic.primary.span);
            unchecked(directory)
        }
    }
}

fn replay<R: Replay>(mut directory: Directory, options: &Options) -> Checked {
    let files = mem::take(&mut directory.migrations);
    let mut run = Run {
        replay: R::new(&directory.config),
        diagnostics: mem::take(&mut directory.diagnostics),
        levels: Levels::new(&options.levels, &directory.config.lints),
        migrations: Vec::with_capacity(files.len()),
        is_whole: directory.gap.is_none(),
        until: options.until,
        splitter: R::Splitter::default(),
        unreleased: unreleased(&directory, &files, options),
        released: BTreeSet::new(),
        directory,
    };
    for files in files {
        run.migration(files);
    }
    run.finish()
}

/// What can be said of a directory whose migrations are not looked at.
pub(super) fn unchecked(directory: Directory) -> Checked {
    Checked {
        path: directory.path,
        sources: directory.sources,
        config: directory.config,
        lock: directory.lock,
        snapshot: None,
        migrations: Vec::new(),
        catalog: Catalog::Sqlite(sqlite::catalog::Catalog::default()),
        diagnostics: directory.diagnostics,
        files: directory.files,
    }
}

struct Run<R: Replay> {
    directory: Directory,
    replay: R,
    /// What is wrong outside the replay: with files, tokens, directives, down files.
    diagnostics: Vec<Diagnostic>,
    levels: Levels,
    migrations: Vec<Migration>,
    /// Whether every migration was replayed.
    is_whole: bool,
    until: Option<i64>,
    splitter: R::Splitter,
    /// The versions that databases in use do not have yet.
    unreleased: BTreeSet<i64>,
    /// The files of the others.
    released: BTreeSet<FileId>,
}

/// The versions that databases in use do not have yet: those that the lock does not list. Without a lock that is taken to be
/// the last one, as it is the one that is being written.
fn unreleased(directory: &Directory, files: &[MigrationFiles], options: &Options) -> BTreeSet<i64> {
    let versions = files.iter().map(|files| files.version);
    let mut versions = versions.filter(|it| options.until.is_none_or(|until| *it <= until));
    match &directory.lock {
        Some(lock) => {
            let listed: BTreeSet<i64> = lock.lines.iter().map(|line| line.version).collect();
            versions.filter(|it| !listed.contains(it)).collect()
        }
        None => versions.next_back().into_iter().collect(),
    }
}

impl<R: Replay> Run<R> {
    fn migration(&mut self, files: MigrationFiles) {
        let up = Source::read(&mut self.splitter, files.up, &self.directory.sources);
        let down = files
            .down
            .map(|file| Source::read(&mut self.splitter, file, &self.directory.sources));
        let is_replayed = self.until.is_none_or(|until| files.version <= until);
        let reversal = if is_replayed {
            self.check(files.version, &up, down.as_ref())
        } else {
            self.is_whole = false;
            None
        };
        let compatibility = match is_replayed {
            true => self.replay.compatibility(),
            false => Compatibility::Breaking {
                reason: "it was not replayed".to_owned(),
                span: Span::new(up.file, 0..0),
            },
        };
        let step = up.directives.step.as_ref().map(|step| Step {
            path: step.path.clone(),
            span: step.span,
            catalog: self.replay.catalog(),
        });
        let before = self.migrations.last();
        let before = before.map_or(checksum::START, |before| before.chain);
        let up = up.script();
        let checksum = checksum::file(&up.checksums);
        self.migrations.push(Migration {
            version: files.version,
            name: files.name,
            step,
            down: down.map(|down| down.script()),
            reversal,
            compatibility,
            checksum,
            chain: checksum::chain(&before, files.version, &checksum),
            up,
        });
    }

    /// Replays a migration, and its down file on a copy, and says what the latter does if the migration is sound.
    fn check(
        &mut self,
        version: i64,
        up: &Source<R::Statement>,
        down: Option<&Source<R::Statement>>,
    ) -> Option<Reversal> {
        for source in [Some(up), down].into_iter().flatten() {
            let diagnostics = source.directives.diagnostics.iter().cloned();
            self.diagnostics.extend(diagnostics);
            let text = &self.directory.sources.file(source.file).text;
            let findings = R::Splitter::findings(text, &source.split);
            self.diagnostics.extend(findings);
            self.levels.add(source);
        }
        let illegal = up.split.diagnostics.iter().cloned();
        self.diagnostics.extend(illegal);
        if self.directory.gap.is_some_and(|gap| version >= gap) {
            self.parse(up);
            return None;
        }
        if let Some(step) = down.and_then(|down| down.directives.step.as_ref()) {
            let error = directives::step_of_a_down_file(step.span);
            self.diagnostics.push(error);
        }
        let is_empty = up.split.statements.is_empty() && up.split.diagnostics.is_empty();
        if is_empty && up.directives.step.is_none() {
            let span = Span::new(up.file, 0..0);
            self.diagnostics.push(lints::empty_migration(span));
        }
        let before = down.map(|_| self.replay.catalog());
        let known = self.replay.diagnostics().len();
        let is_released = !self.unreleased.contains(&version);
        if is_released {
            self.released.insert(up.file);
        }
        let transaction = up.directives.transaction;
        self.replay
            .migration(&up.split.statements, transaction, is_released);
        if let Some(step) = &up.directives.step {
            self.replay.step(step.span);
        }
        let found = self.replay.diagnostics().iter().skip(known);
        let is_sound = up.split.diagnostics.is_empty() && !found.into_iter().any(is_error);
        if !is_sound && self.is_garbled(up) {
            self.give_up(version, up, known, Code::NotUtf8);
            return None;
        }
        // It may be meant to come after others than those that it follows now.
        let is_repeated = self
            .migrations
            .last()
            .is_some_and(|last| last.version == version);
        if !is_sound && is_repeated {
            self.give_up(version, up, known, Code::DuplicateVersion);
            return None;
        }
        match (before, down, is_sound) {
            (Some(before), Some(down), true) => Some(self.down(&before, down)),
            _ => None,
        }
    }

    /// Whether a file has bytes that are not UTF-8.
    fn is_garbled(&self, source: &Source<R::Statement>) -> bool {
        self.diagnostics.iter().any(|diagnostic| {
            diagnostic.code == Code::NotUtf8 && diagnostic.primary.span.file == source.file
        })
    }

    /// Forgets what was found in a file that has been complained of as a whole, by the code `but`: its bytes say something
    /// else than was written, or its place is wrong. What the files after it miss may be in it.
    fn give_up(&mut self, version: i64, source: &Source<R::Statement>, known: usize, but: Code) {
        self.replay.diagnostics().truncate(known);
        self.diagnostics.retain(|diagnostic| {
            diagnostic.code == but || diagnostic.primary.span.file != source.file
        });
        self.directory.gap = Some(version);
        self.is_whole = false;
    }

    /// Looks at the grammar alone: what the statements refer to is not known.
    fn parse(&mut self, source: &Source<R::Statement>) {
        let known = self.diagnostics.len();
        for statement in &source.split.statements {
            if self.diagnostics.len() - known >= MAX_MISTAKES {
                let error = errors::too_many_mistakes(MAX_MISTAKES, statement.span());
                self.diagnostics.push(error);
                break;
            }
            let mistakes = self.replay.parse(statement);
            self.diagnostics.extend(mistakes);
        }
    }

    /// Replays a down file on a copy and compares what it leaves behind with what its migration found.
    fn down(&mut self, before: &Catalog, down: &Source<R::Statement>) -> Reversal {
        // The copy needs none of the diagnostics so far, and there may be many.
        let diagnostics = mem::take(self.replay.diagnostics());
        let mut back = self.replay.clone();
        *self.replay.diagnostics() = diagnostics;
        back.diagnostics()
            .extend(down.split.diagnostics.iter().cloned());
        let transaction = down.directives.transaction;
        back.migration(&down.split.statements, transaction, false);
        let found = mem::take(back.diagnostics());
        let (mistakes, findings): (Vec<_>, Vec<_>) = found.into_iter().partition(is_error);
        let findings = findings.into_iter().filter(is_about_the_text);
        self.diagnostics.extend(findings);
        if !mistakes.is_empty() {
            let (reversal, found) = reversal::failed(mistakes);
            self.diagnostics.extend(found);
            return reversal;
        }
        let statements = &down.split.statements;
        let span = statements.first().map(Statement::span);
        let (reversal, found) = self.replay.reversal(before, &back, down.file, span);
        self.diagnostics.extend(found);
        reversal
    }

    /// Compares the migrations with those that the lock lists as released.
    fn lock(&self) -> Vec<Diagnostic> {
        let Some(lock) = &self.directory.lock else {
            return Vec::new();
        };
        let garbled = self.diagnostics.iter();
        let garbled = garbled.filter(|diagnostic| diagnostic.code == Code::NotUtf8);
        let garbled = garbled
            .map(|diagnostic| diagnostic.primary.span.file)
            .collect();
        let found = Found {
            migrations: &self.migrations,
            unread: &self.directory.unread,
            garbled: &garbled,
        };
        let Directory { sources, path, .. } = &self.directory;
        lock::compare(lock, found, sources, path)
    }

    /// Reads the snapshot, and compares it with migrations that are in order.
    fn snapshot(&mut self) -> Result<Option<Snapshot>, Box<Diagnostic>> {
        let Some(file) = self.directory.snapshot else {
            return Ok(None);
        };
        let text = &self.directory.sources.file(file).text;
        let snapshot = snapshot::read(&mut self.splitter, file, text)?;
        match snapshot.compare(&self.migrations) {
            Some(found) => Err(Box::new(found)),
            None => Ok(Some(snapshot)),
        }
    }

    fn finish(mut self) -> Checked {
        if self.is_whole {
            self.replay.finish();
        }
        let of_the_lock = self.lock();
        let mut diagnostics = mem::take(&mut self.diagnostics);
        diagnostics.append(self.replay.diagnostics());
        let is_rejected = diagnostics.iter().any(is_error);
        let mut judged: Vec<Diagnostic> = diagnostics
            .into_iter()
            .filter_map(|diagnostic| self.levels.judge(diagnostic))
            .filter(|one| {
                let is_over = self.released.contains(&one.primary.span.file);
                !(is_over && R::ends_with_release(one.code))
            })
            .collect();
        if self.is_whole && !is_rejected {
            // Only then is everything known that a lint can find.
            judged.extend(self.levels.unused());
        }
        judged.extend(of_the_lock);
        let mut snapshot = None;
        if !judged.iter().any(|one| one.severity == Severity::Error) {
            match self.snapshot() {
                Ok(found) => snapshot = found,
                Err(found) => judged.push(*found),
            }
        }
        judged.sort_by(|one, other| {
            let key = |one: &Diagnostic| (one.primary.span, one.code);
            key(one).cmp(&key(other))
        });
        judged.dedup();
        Checked {
            diagnostics: judged,
            snapshot,
            catalog: self.replay.catalog(),
            migrations: self.migrations,
            ..unchecked(self.directory)
        }
    }
}

/// Whether the engine refuses it, whatever the level of any lint.
fn is_error(diagnostic: &Diagnostic) -> bool {
    Lint::of(diagnostic.code).is_none()
}

/// Whether a finding is as true of a down file as of any other: most lints are about what happens to the rows of a
/// schema that grows, and going back is meant to lose some.
fn is_about_the_text(finding: &Diagnostic) -> bool {
    matches!(
        finding.code,
        Code::DoubleQuotedString
            | Code::PragmaInTransaction
            | Code::UnbalancedTransaction
            | Code::BoundParameter
    )
}
