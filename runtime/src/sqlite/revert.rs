//! Going back: the down files of the newest migrations, in one transaction.

use super::inspection::reading;
use super::outcome::environment;
use super::session::Session;
use super::{backup, files, history, introspect, progress, recorded, replayed, statement};
use crate::difference::differences;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::migration::{Compatibility, Loss, Migration, Reversal, Written};
use crate::others;
use crate::pending::known;
use crate::refusal;
use crate::report::Applied;
use crate::revert::{RevertPlan, RevertStep, Reverted};
use crate::runner::Runner;
use rusqlite::Connection;

/// Tells what going back would do.
pub(crate) fn plan_revert(
    runner: &Runner<'_>,
    connection: &Connection,
    target: i64,
) -> Result<RevertPlan, Error> {
    reading(runner, connection, |inspection| {
        let plan = Plan::read(runner, inspection.connection, target)?;
        let steps = plan.steps.iter().map(Step::told);
        Ok(RevertPlan {
            version: plan.version,
            target,
            steps: steps.collect::<Result<_, _>>()?,
        })
    })
}

/// Goes back to a version.
pub(crate) fn revert(
    runner: &Runner<'_>,
    connection: &Connection,
    target: i64,
) -> Result<Reverted, Error> {
    runner.refuse_other_engine()?;
    if !connection.is_autocommit() {
        return Err(Error::InTransaction);
    }
    let mut session = Session::open(connection, runner.busy_timeout, runner.events)?;
    session.begin_read()?;
    let plan = Plan::read(runner, connection, target)?;
    let mut done = Reverted {
        reverted: Vec::new(),
        version: plan.lands_on,
        backup: None,
    };
    if plan.steps.is_empty() {
        done.version = plan.version;
        return Ok(done);
    }
    plan.files()?;
    if connection.is_readonly("main")? {
        return Err(Error::ReadOnly);
    }
    // Before the lock is taken, as it takes its time.
    let expected = replayed::schema_at(runner, target)?;
    session.take_over()?;
    session.rollback();
    session.stop_enforcing()?;
    match &runner.backup {
        Some(wanted) => {
            let is_needed = || Ok(!Plan::read(runner, connection, target)?.steps.is_empty());
            done.backup = backup::take_and_begin(wanted, &session, is_needed)?;
        }
        None => session.begin_immediate()?,
    }
    // What was looked at without the lock may have changed.
    let files = Plan::read(runner, connection, target)?.files()?;
    let migrations = &files;
    session.events.tell(Event::Planned { migrations });
    let durations = files::run(&session, &files, None, |file| {
        refuse_losses(runner, connection, file)
    })?;
    history::forget_above(connection, target)?;
    session.events.tell(Event::Verifying);
    let mut found = introspect::schema(connection)?;
    others::leave_out(&mut found, &[&expected], &runner.ignored_tables);
    let differences = differences(&expected, &found);
    if !differences.is_empty() {
        return Err(Error::NotRestored {
            version: target,
            differences,
        });
    }
    history::set_verified(connection, &runner.ignored_tables)?;
    session.commit()?;
    session.events.tell(Event::Committed);
    let reverted = files.iter().zip(durations);
    done.reverted = reverted
        .map(|(file, duration)| Applied::new(file, duration))
        .collect();
    Ok(done)
}

/// What is to be done to go back.
struct Plan {
    version: Option<i64>,
    /// The version afterwards; none if it is before the first.
    lands_on: Option<i64>,
    /// The newest first.
    steps: Vec<Step>,
}

/// A migration to go back over.
struct Step {
    version: i64,
    name: String,
    /// The down file as a migration of its own; none if there is none.
    file: Option<Migration>,
    /// Whether the history holds the text, as a newer program applied it.
    is_recorded: bool,
    /// False if the down file is known to leave another schema behind.
    restores_schema: bool,
    refusals: Vec<String>,
    is_accepted: bool,
}

impl Plan {
    fn read(runner: &Runner<'_>, connection: &Connection, target: i64) -> Result<Plan, Error> {
        let recorded = history::read(connection)?;
        let known = known(&runner.migrations.list, &recorded)?;
        let lands_on = recorded.iter().find(|row| row.version == target);
        let first = recorded.first().map(|first| first.version);
        let first = first.or(runner.migrations.list.first().map(|first| first.version));
        let is_before_first = first.is_none_or(|first| target < first);
        if lands_on.is_none() && !is_before_first {
            return Err(Error::NotApplied {
                version: target,
                newest: recorded.last().map(|row| row.version),
            });
        }
        let mut steps = Vec::new();
        let next = runner.migrations.list.get(recorded.len());
        steps.extend(Step::halfway(next, connection)?);
        for (row, migration) in recorded.iter().zip(known).rev() {
            if row.version <= target {
                break;
            }
            let mut step = Step {
                version: row.version,
                name: row.name.clone(),
                file: None,
                is_recorded: migration.is_none(),
                restores_schema: true,
                refusals: Vec::new(),
                is_accepted: runner.accepted_losses.contains(&row.version),
            };
            match migration {
                Some(migration) => step.compiled(migration, connection)?,
                None => step.recorded(connection)?,
            }
            steps.push(step);
        }
        Ok(Plan {
            version: recorded.last().map(|row| row.version),
            lands_on: lands_on.map(|row| row.version),
            steps,
        })
    }

    /// The down files, if all of them can be run.
    fn files(self) -> Result<Vec<Migration>, Error> {
        let files = self.steps.iter().filter_map(|step| step.file.as_ref());
        if let Some(file) = files.into_iter().find(|file| !file.transaction) {
            return Err(Error::DownWithoutTransaction {
                version: file.version,
                name: file.name.to_string(),
                file: file.file.to_string(),
            });
        }
        let refused = self.steps.iter().filter(|step| !step.runs());
        let refusals: Vec<Refusal> = refused
            .map(|step| Refusal {
                version: step.version,
                name: step.name.clone(),
                reasons: step.refusals.clone(),
                can_be_accepted: step.can_run(),
            })
            .collect();
        if !refusals.is_empty() {
            return Err(Error::Irreversible { refusals });
        }
        let files: Vec<Migration> = self
            .steps
            .into_iter()
            .filter_map(|step| step.file)
            .collect();
        files::refuse_rollbacks(&files)?;
        Ok(files)
    }
}

impl Step {
    /// A `-- no-transaction` file that stopped half way: what undoes the whole of it does not undo a part.
    fn halfway(next: Option<&Migration>, connection: &Connection) -> Result<Option<Step>, Error> {
        let Some(next) = next else {
            return Ok(None);
        };
        if !progress::is_under_way(connection)? {
            return Ok(None);
        }
        let finished = progress::finished(connection, next.version)?;
        Ok(finished.map(|finished| Step {
            version: next.version,
            name: next.name.to_string(),
            file: None,
            is_recorded: false,
            restores_schema: false,
            refusals: vec![format!(
                "it stopped after {finished} of its {} statements: apply the migrations first",
                next.statements.len()
            )],
            is_accepted: false,
        }))
    }

    /// Takes the down file that was compiled in, and what was proven of it.
    fn compiled(&mut self, migration: &Migration, connection: &Connection) -> Result<(), Error> {
        let Some(down) = &migration.down else {
            self.refusals.push("it has no down file".to_owned());
            return Ok(());
        };
        self.restores_schema = down.reversal.restores_schema();
        self.refusals = match &down.reversal {
            Reversal::Restores { losses } => {
                let mut reasons = Vec::new();
                for loss in losses.iter() {
                    if loses(loss, connection)? {
                        reasons.push(refusal::loss(loss));
                    }
                }
                reasons
            }
            Reversal::Fails { .. } | Reversal::Differs { .. } => refusal::reasons(down),
        };
        self.refusals.extend(refusal::step(migration));
        self.take(Migration {
            file: down.file.clone(),
            sql: down.sql.clone(),
            statements: down.statements.clone(),
            transaction: down.transaction,
            step: None,
            down: None,
            ..migration.clone()
        });
        Ok(())
    }

    /// Takes the down file that the history holds.
    fn recorded(&mut self, connection: &Connection) -> Result<(), Error> {
        let Some(down) = history::down(connection, self.version)? else {
            self.refusals
                .push("it has no down file, and a newer program applied it".to_owned());
            return Ok(());
        };
        self.refusals.extend(down.refusal);
        let statements = recorded::statements(&down.sql);
        self.take(Migration {
            version: self.version,
            name: self.name.clone().into(),
            file: format!("the recorded down file of {}", self.version).into(),
            statements: statements.into(),
            transaction: !recorded::opts_out(&down.sql),
            sql: down.sql.into(),
            checksum: [0; 32],
            chain: [0; 32],
            step: None,
            compatibility: Compatibility::Additive,
            down: None,
        });
        Ok(())
    }

    fn take(&mut self, file: Migration) {
        if !file.transaction {
            self.refusals.push(
                "its down file has `-- no-transaction`, so that a failure would leave it half done"
                    .to_owned(),
            );
        }
        self.file = Some(file);
    }

    /// Whether there is anything to run within the transaction that gives back the schema.
    fn can_run(&self) -> bool {
        self.restores_schema && self.file.as_ref().is_some_and(|file| file.transaction)
    }

    fn runs(&self) -> bool {
        self.can_run() && (self.refusals.is_empty() || self.is_accepted)
    }

    fn told(&self) -> Result<RevertStep, Error> {
        let mut statements = Vec::new();
        if let Some(file) = &self.file {
            for statement in file.statements.iter() {
                let text = statement::text(file, &file.sql, statement)?;
                statements.push(text.to_owned());
            }
        }
        let file = self.file.as_ref().filter(|_| !self.is_recorded);
        Ok(RevertStep {
            version: self.version,
            name: self.name.clone(),
            file: file.map(|file| file.file.to_string()),
            statements,
            refusals: self.refusals.clone(),
            runs: self.runs(),
        })
    }
}

/// Refuses a down file that would lose something that was not there, or had another name, when the first one began.
fn refuse_losses(
    runner: &Runner<'_>,
    connection: &Connection,
    file: &Migration,
) -> Result<(), Error> {
    if runner.accepted_losses.contains(&file.version) {
        return Ok(());
    }
    let mut list = runner.migrations.list.iter();
    let compiled = list.find(|migration| migration.version == file.version);
    let down = compiled.and_then(|migration| migration.down.as_ref());
    let Some(Reversal::Restores { losses }) = down.map(|down| &down.reversal) else {
        return Ok(());
    };
    let mut reasons = Vec::new();
    for loss in losses.iter() {
        if loses(loss, connection)? {
            reasons.push(refusal::loss(loss));
        }
    }
    if reasons.is_empty() {
        return Ok(());
    }
    Err(Error::Irreversible {
        refusals: vec![Refusal {
            version: file.version,
            name: file.name.to_string(),
            reasons,
            can_be_accepted: true,
        }],
    })
}

/// Whether there is anything in the database for a statement to lose.
fn loses(loss: &Loss, connection: &Connection) -> Result<bool, Error> {
    match loss.written {
        // It is gone already, or what it is told from has to be kept.
        Written::Before => Ok(true),
        Written::Since => {
            let table = loss.table.replace('"', "\"\"");
            let any = format!("SELECT EXISTS (SELECT 1 FROM main.\"{table}\")");
            match connection.query_row(&any, [], |row| row.get(0)) {
                Ok(any) => Ok(any),
                // Under another name by now: nobody knows.
                Err(error) => environment(error).map_or(Ok(true), Err),
            }
        }
    }
}
