//! Going back: the down files of the newest migrations, in one transaction.
//!
//! That the schema is afterwards what it was at the version is compared with what the migrations make of an empty database,
//! if one is given. Otherwise it is concluded: the database is at the program's last version and has its schema, which is
//! compared before, and every down file is proven by the compiler to give back the schema from before its migration.

use super::client::Client;
use super::history::{self, History, RecordedDown};
use super::inspection::{Inspection, expected};
use super::nested::refuse_rollbacks;
use super::quote::literal;
use super::replayed::{self, Scratch, without_scratch};
use super::rows::{self, flag};
use super::session::Session;
use super::settings::may_leave;
use super::{files, introspect, managed, recorded, statement};
use crate::difference::postgres_differences;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::migration::{Compatibility, Loss, Migration, Reversal, Written};
use crate::pending::known;
use crate::refusal;
use crate::report::Applied;
use crate::revert::{RevertPlan, RevertStep, Reverted};
use crate::runner::Runner;
use tablature_model::postgres::Schema;

/// Tells what going back would do.
pub(super) async fn plan_revert<C: Client>(
    client: &mut C,
    runner: &Runner<'_>,
    target: i64,
) -> Result<RevertPlan, Error> {
    let mut session = Session::new(client, runner);
    session.begin_read().await?;
    let seen = Inspection::read(&mut session, runner).await?;
    let plan = Plan::read(runner, &mut session, &seen.history, target).await?;
    session.rollback().await?;
    let steps = plan.steps.iter().map(Step::told);
    Ok(RevertPlan {
        version: plan.version,
        target,
        steps: steps.collect::<Result<_, _>>()?,
    })
}

/// Goes back to a version.
pub(super) async fn revert<C: Client>(
    client: &mut C,
    runner: &Runner<'_>,
    scratch: Option<&mut Scratch<'_, C>>,
    target: i64,
) -> Result<Reverted, Error> {
    expected(runner)?;
    let mut session = Session::new(client, runner);
    session.begin_read().await?;
    let seen = Inspection::read(&mut session, runner).await?;
    let plan = Plan::read(runner, &mut session, &seen.history, target).await?;
    session.rollback().await?;
    let mut done = Reverted {
        reverted: Vec::new(),
        version: plan.lands_on,
        backup: None,
    };
    if plan.steps.is_empty() {
        done.version = plan.version;
        return Ok(done);
    }
    let files = plan.files()?;
    seen.refuse_to_run()?;
    // Before the lock is taken, as it takes its time.
    let before = match scratch {
        Some(scratch) => Some(schema_at(runner, scratch, target).await?),
        None => None,
    };
    if files.iter().any(may_leave) {
        session.remember_settings().await?;
    }
    session.begin_write().await?;
    // What was looked at without the lock may have changed.
    let seen = Inspection::read(&mut session, runner).await?;
    let files = Plan::read(runner, &mut session, &seen.history, target)
        .await?
        .files()?;
    if before.is_none() {
        let head = runner.migrations.list.last().map(|head| head.version);
        let newest = seen.history.recorded.last().map(|newest| newest.version);
        if newest != head {
            return Err(without_scratch(target));
        }
        seen.refuse_differences(&mut session, "").await?;
    }
    let migrations = &files;
    session.tell(Event::Planned { migrations });
    let mut durations = Vec::new();
    for file in &files {
        refuse_losses(runner, &mut session, file).await?;
        durations.extend(files::run(&mut session, std::slice::from_ref(file)).await?);
    }
    session.run(&history::forget_above(runner, target)).await?;
    session.tell(Event::Verifying);
    let mut last = String::new();
    if let Some(expected_then) = before {
        let read = introspect::with_fingerprint(session.client, runner, "");
        let (fingerprint, mut found) = read.await?;
        let mut then = expected_then.clone();
        let head = expected(runner)?;
        managed::leave_out(&mut then, &[&*head, &expected_then], &[]);
        managed::leave_out(&mut found, &[&then, &*head], &runner.ignored_tables);
        let differences = postgres_differences(&then, &found);
        if !differences.is_empty() {
            return Err(Error::NotRestored {
                version: target,
                differences,
            });
        }
        last = history::set_verified(runner, &fingerprint);
    }
    session.commit(&last).await?;
    session.tell(Event::Committed);
    session.finish().await?;
    let reverted = files.iter().zip(durations);
    done.reverted = reverted
        .map(|(file, duration)| Applied::new(file, duration))
        .collect();
    Ok(done)
}

/// The schema that the migrations up to a version leave behind; a version below the first is before it.
async fn schema_at<C: Client>(
    runner: &Runner<'_>,
    scratch: &mut Scratch<'_, C>,
    version: i64,
) -> Result<Schema, Error> {
    let mut last = expected(runner)?.into_owned();
    // Before the first there is what there always is.
    last = Schema {
        schemas: last
            .schemas
            .iter()
            .filter(|it| it.name == "public")
            .cloned()
            .collect(),
        ..Schema::EMPTY
    };
    replayed::each_version(runner, scratch, version, |_, schema| last = schema).await?;
    Ok(last)
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
    async fn read<C: Client>(
        runner: &Runner<'_>,
        session: &mut Session<'_, '_, C>,
        history: &History,
        target: i64,
    ) -> Result<Plan, Error> {
        let recorded = &history.recorded;
        let known = known(&runner.migrations.list, recorded)?;
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
        steps.extend(next.and_then(|next| Step::halfway(next, history)));
        let rows = recorded.iter().zip(&history.downs).zip(known);
        for ((row, down), migration) in rows.rev() {
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
                Some(migration) => step.compiled(migration, session).await?,
                None => step.recorded(down.as_ref()),
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
        refuse_rollbacks(&files)?;
        Ok(files)
    }
}

impl Step {
    /// A `-- no-transaction` file that stopped half way: what undoes the whole of it does not undo a part.
    fn halfway(next: &Migration, history: &History) -> Option<Step> {
        let progress = history.progress.as_ref()?;
        (progress.version == next.version).then(|| Step {
            version: next.version,
            name: next.name.to_string(),
            file: None,
            is_recorded: false,
            restores_schema: false,
            refusals: vec![format!(
                "it stopped after {} of its {} statements: apply the migrations first",
                progress.finished(),
                next.statements.len()
            )],
            is_accepted: false,
        })
    }

    /// Takes the down file that was compiled in, and what was proven of it.
    async fn compiled<C: Client>(
        &mut self,
        migration: &Migration,
        session: &mut Session<'_, '_, C>,
    ) -> Result<(), Error> {
        let Some(down) = &migration.down else {
            self.refusals.push("it has no down file".to_owned());
            return Ok(());
        };
        self.restores_schema = down.reversal.restores_schema();
        self.refusals = match &down.reversal {
            Reversal::Restores { losses } => lost(session, losses).await?,
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
    fn recorded(&mut self, down: Option<&RecordedDown>) {
        let Some(down) = down else {
            self.refusals
                .push("it has no down file, and a newer program applied it".to_owned());
            return;
        };
        self.refusals.extend(down.refusal.clone());
        let statements = recorded::statements(&down.sql);
        self.take(Migration {
            version: self.version,
            name: self.name.clone().into(),
            file: format!("the recorded down file of {}", self.version).into(),
            statements: statements.into(),
            transaction: !recorded::opts_out(&down.sql),
            sql: down.sql.clone().into(),
            checksum: [0; 32],
            chain: [0; 32],
            step: None,
            compatibility: Compatibility::Additive,
            down: None,
        });
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
            for place in file.statements.iter() {
                let text = statement::text(file, &file.sql, place)?;
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
async fn refuse_losses<C: Client>(
    runner: &Runner<'_>,
    session: &mut Session<'_, '_, C>,
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
    let reasons = lost(session, losses).await?;
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

/// What there is in the database of what statements lose.
async fn lost<C: Client>(
    session: &mut Session<'_, '_, C>,
    losses: &[Loss],
) -> Result<Vec<String>, Error> {
    let mut reasons = Vec::new();
    for loss in losses {
        if loses(session, loss).await? {
            reasons.push(refusal::loss(loss));
        }
    }
    Ok(reasons)
}

/// Whether there is anything in the database for a statement to lose.
async fn loses<C: Client>(session: &mut Session<'_, '_, C>, loss: &Loss) -> Result<bool, Error> {
    match loss.written {
        // It is gone already, or what it is told from has to be kept.
        Written::Before => Ok(true),
        Written::Since => {
            let table = literal(&loss.table);
            let find = format!("SELECT pg_catalog.to_regclass({table})::pg_catalog.text");
            let rows = rows::last(session.client, &find).await?;
            let Some(table) = rows.first().and_then(|row| rows::optional(row, 0)) else {
                // Under another name by now: nobody knows.
                return Ok(true);
            };
            let any = format!("SELECT EXISTS (SELECT FROM {table})");
            let rows = rows::last(session.client, &any).await?;
            Ok(rows.first().is_some_and(|row| flag(row, 0)))
        }
    }
}
