//! Writing the script: in rounds, each of which begins with what still differs.

use super::super::client::Client;
use super::super::introspect;
use super::super::outcome::{is, message};
use super::super::session::Session;
use super::super::settings;
use super::action::Action;
use super::script::{Script, UNCHECKED};
use super::sides::{Kept, Target};
use super::{clear, dependents, make, order, sweep};
use crate::difference::{Difference, Object, Property};
use crate::error::Error;
use crate::repair::head::{self, Engine};
use crate::repair::{Dropped, Repair, RepairProblem};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tablature_model::postgres::Schema;
use tokio_postgres::error::SqlState;

/// More rounds than dependencies can be deep in anything that was made by hand.
const ROUNDS: usize = 64;

/// A repair that is being written, in a transaction that is undone.
pub(super) struct Builder<'b, 'a, 'r, C: Client> {
    pub(super) session: &'b mut Session<'a, 'r, C>,
    pub(super) target: &'b Target,
    kept: Kept,
    script: Script,
    /// How often statements have run in this stage: what has not helped does not help again.
    done: BTreeMap<Vec<String>, usize>,
    /// Why something could not be mended.
    pub(super) failures: BTreeMap<Object, Vec<RepairProblem>>,
    pub(super) drops: Vec<Dropped>,
    pub(super) notes: Vec<String>,
    /// What is to be run once something that was dropped is there again: its owner, privileges and comment.
    pub(super) carried: BTreeMap<Object, Vec<String>>,
    /// The sequences that the script makes.
    pub(super) made_sequences: BTreeSet<String>,
    /// The things whose dependents were dropped.
    cleared: BTreeSet<Object>,
    /// What was seen last, as long as nothing has changed since.
    look: Option<Arc<Look>>,
}

/// The database at a moment of the repair.
#[derive(Debug)]
pub(super) struct Look {
    pub(super) live: Schema,
    /// What is left to mend.
    pub(super) work: Vec<Difference>,
    /// What is left as it is.
    kept: Vec<Difference>,
}

/// How often the same is done in a stage: what was made may have to make way for something once.
const TIMES: usize = 3;

/// Actions that could not be done, with what the server says.
pub(super) type Left = Vec<(Action, tokio_postgres::Error)>;

impl<'b, 'a, 'r, C: Client> Builder<'b, 'a, 'r, C> {
    pub(super) fn new(
        session: &'b mut Session<'a, 'r, C>,
        target: &'b Target,
        kept: Kept,
    ) -> Builder<'b, 'a, 'r, C> {
        Builder {
            session,
            target,
            kept,
            script: Script::default(),
            done: BTreeMap::new(),
            failures: BTreeMap::new(),
            drops: Vec::new(),
            notes: Vec::new(),
            carried: BTreeMap::new(),
            made_sequences: BTreeSet::new(),
            cleared: BTreeSet::new(),
            look: None,
        }
    }

    /// Writes the script into a repair; returns what stands against it. The transaction is left open, to be undone.
    pub(super) async fn build(
        mut self,
        repair: &mut Repair,
        fingerprint: &str,
    ) -> Result<Vec<RepairProblem>, Error> {
        let runner = self.session.runner;
        let pinned = settings::pinned(runner, "LOCAL");
        self.session.run(&format!("{pinned}; {UNCHECKED}")).await?;
        repair.mends.clone_from(&self.look().await?.work);
        clear::definitions(&mut self).await?;
        make::all(&mut self).await?;
        if order::columns(&mut self).await? {
            make::all(&mut self).await?;
        }
        if sweep::unexpected(&mut self).await? {
            make::all(&mut self).await?;
        }
        let last = self.look().await?;
        repair.mends.retain(|it| !last.kept.contains(it));
        repair.kept.clone_from(&last.kept);
        let problems = self.problems(&last.work);
        repair.drops = self.drops;
        repair.drops.retain(|dropped| {
            let mut kept = repair.kept.iter();
            kept.all(|it| *it.object() != dropped.object)
        });
        repair.notes = self.notes;
        if !repair.mends.is_empty() {
            let script = self.script.finish(runner, fingerprint);
            repair.script = format!("{}{script}", head::of(repair, Engine::Postgres));
        }
        Ok(problems)
    }

    /// Begins a stage, in which what was done before may have to be done again.
    pub(super) fn begin_stage(&mut self) {
        self.done.clear();
        self.cleared.clear();
    }

    /// What the database is now.
    pub(super) async fn look(&mut self) -> Result<Arc<Look>, Error> {
        if let Some(look) = &self.look {
            return Ok(Arc::clone(look));
        }
        let live = introspect::schema(self.session.client).await?;
        let found = self.target.differences(self.session.runner, live.clone());
        let (kept, work) = found.into_iter().partition(|it| self.kept.leaves(it));
        let look = Arc::new(Look { live, work, kept });
        self.look = Some(Arc::clone(&look));
        Ok(look)
    }

    pub(super) fn keep(&mut self, object: &Object) {
        self.kept.keep(object);
        self.look = None;
    }

    /// Why differences are left. Where something is known to stand in the way, what is to stand on that is not told too.
    fn problems(&self, left: &[Difference]) -> Vec<RepairProblem> {
        let known = left
            .iter()
            .filter_map(|it| self.failures.get(it.object()))
            .flatten();
        let mut problems: Vec<RepairProblem> = Vec::new();
        for problem in known {
            if !problems.contains(problem) {
                problems.push(problem.clone());
            }
        }
        if problems.is_empty() {
            problems.extend(left.iter().map(|it| RepairProblem::NotProven {
                reason: it.to_string(),
            }));
        }
        problems
    }

    /// Does actions, in whatever order they can be done in, and gives those that cannot.
    ///
    /// What stands in the way of one, and is defined by the migrations, is dropped: it is missing then, and made again.
    pub(super) async fn run(&mut self, actions: Vec<Action>) -> Result<(bool, Left), Error> {
        let (mut is_changed, mut left) = self.fixpoint(actions).await?;
        let mut in_the_way = Vec::new();
        for (action, error) in &left {
            let is_blocked = is(error, &SqlState::DEPENDENT_OBJECTS_STILL_EXIST)
                || is(error, &SqlState::FEATURE_NOT_SUPPORTED)
                || is(error, &SqlState::INVALID_TABLE_DEFINITION);
            if is_blocked && self.cleared.insert(action.object.clone()) {
                in_the_way.extend(dependents::of(self, &action.object).await?);
            }
        }
        if !in_the_way.is_empty() {
            let (was_cleared, _) = self.fixpoint(in_the_way).await?;
            let again = left.into_iter().map(|(action, _)| action).collect();
            let (is_done, rest) = self.fixpoint(again).await?;
            is_changed |= was_cleared || is_done;
            left = rest;
        }
        Ok((is_changed, left))
    }

    async fn fixpoint(&mut self, mut actions: Vec<Action>) -> Result<(bool, Left), Error> {
        let mut is_changed = false;
        let is_vain = |way: &Vec<String>| self.done.get(way).is_some_and(|times| *times >= TIMES);
        actions.retain(|action| !action.ways.iter().all(is_vain));
        for _ in 0..ROUNDS {
            let mut left = Left::new();
            let before = actions.len();
            for action in actions {
                if let Some(error) = self.attempt(&action).await? {
                    left.push((action, error));
                }
            }
            is_changed |= left.len() < before;
            if left.is_empty() || left.len() == before {
                return Ok((is_changed, left));
            }
            actions = left.into_iter().map(|(action, _)| action).collect();
        }
        Ok((is_changed, Left::new()))
    }

    /// Does an action in one of its ways, and adds it to the script; gives what the server says against the last one.
    async fn attempt(&mut self, action: &Action) -> Result<Option<tokio_postgres::Error>, Error> {
        let mut refused = None;
        for way in &action.ways {
            match self.try_run(&way.join(";\n")).await? {
                None => {
                    self.look = None;
                    self.script.add(&action.says, way);
                    *self.done.entry(way.clone()).or_default() += 1;
                    return Ok(None);
                }
                Some(error) => refused = Some(error),
            }
        }
        Ok(refused)
    }

    /// Runs statements, which are undone if one of them fails.
    pub(super) async fn try_run(
        &mut self,
        sql: &str,
    ) -> Result<Option<tokio_postgres::Error>, Error> {
        self.session.run("SAVEPOINT _tablature_repair").await?;
        let Err(error) = self.session.client.query(sql).await else {
            self.session
                .run("RELEASE SAVEPOINT _tablature_repair")
                .await?;
            return Ok(None);
        };
        if ends(&error) {
            return Err(error.into());
        }
        self.session
            .run("ROLLBACK TO SAVEPOINT _tablature_repair; RELEASE SAVEPOINT _tablature_repair")
            .await?;
        Ok(Some(error))
    }

    /// Tells what a script cannot know, once.
    pub(super) fn note(&mut self, text: String) {
        if !self.notes.contains(&text) {
            self.notes.push(text);
        }
    }

    /// Remembers why something could not be done.
    pub(super) fn fail(&mut self, object: &Object, problem: RepairProblem) {
        let problems = self.failures.entry(object.clone()).or_default();
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    /// Remembers what the server says against something.
    pub(super) fn refuse(&mut self, object: &Object, error: &tokio_postgres::Error) {
        let problem = RepairProblem::Refused {
            object: object.clone(),
            reason: message(error),
        };
        self.failures.insert(object.clone(), vec![problem]);
    }

    /// Remembers that something is not mended by rule.
    pub(super) fn by_hand(&mut self, object: &Object, reason: impl Into<String>) {
        let problem = RepairProblem::ByHand {
            object: object.clone(),
            reason: reason.into(),
        };
        self.fail(object, problem);
    }
}

/// Whether an error is about the run and not about the statement.
fn ends(error: &tokio_postgres::Error) -> bool {
    let codes = [
        &SqlState::LOCK_NOT_AVAILABLE,
        &SqlState::QUERY_CANCELED,
        &SqlState::T_R_DEADLOCK_DETECTED,
        &SqlState::IN_FAILED_SQL_TRANSACTION,
        &SqlState::DISK_FULL,
        &SqlState::OUT_OF_MEMORY,
    ];
    error.as_db_error().is_none() || codes.iter().any(|code| is(error, code))
}

pub(super) fn is_order(difference: &Difference) -> bool {
    matches!(
        difference,
        Difference::Changed {
            property: Property::ColumnOrder,
            ..
        }
    )
}
