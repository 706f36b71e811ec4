//! Which version a database that something else has made is at: the decision, which is no engine's. What it takes from one
//! is which versions' schemas the database has.

use crate::adopt::{AdoptPlan, Candidate, Compared, ForeignProblem, Tool};
use crate::difference::Difference;
use crate::error::Error;
use crate::foreign::{Foreign, claimed};
use crate::pending::Recorded;
use crate::runner::Runner;
use crate::status::State;

/// What is known of a database before its schema is compared.
#[derive(PartialEq)]
pub(crate) struct Standing {
    pub(crate) history: Vec<Recorded>,
    /// Whether a `-- no-transaction` file has begun and is not finished.
    pub(crate) is_under_way: bool,
    /// Whether it has tables that are not named as belonging to others.
    pub(crate) has_tables: bool,
    /// What other tools say of it.
    pub(crate) foreign: Vec<Foreign>,
}

/// What is to be done.
pub(crate) enum Judged {
    /// Nothing is to be recorded.
    Nothing(AdoptPlan),
    /// The schema has to be compared with that of the versions.
    Compare(Said),
}

/// The version that somebody says the database is at.
#[derive(Clone, Copy)]
pub(crate) struct Said {
    named: Option<i64>,
    /// By the history of another tool.
    claim: Option<(Tool, i64)>,
}

impl Standing {
    /// Whether the schema has to be compared; `named` is the version that the caller names.
    pub(crate) fn judge(&self, runner: &Runner<'_>, named: Option<i64>) -> Result<Judged, Error> {
        let list = &*runner.migrations.list;
        if let Some(version) = named.filter(|named| list.iter().all(|one| one.version != *named)) {
            return Err(Error::NoSuchVersion {
                version,
                known: list.iter().map(|migration| migration.version).collect(),
            });
        }
        let is_adopted = !self.history.is_empty() || self.is_under_way;
        if is_adopted || !self.has_tables || list.is_empty() {
            return self.nothing(runner, named).map(Judged::Nothing);
        }
        let claim = match named {
            Some(_) => None,
            None => self.claim(runner)?,
        };
        Ok(Judged::Compare(Said { named, claim }))
    }

    /// The version that the histories of other tools say the database is at, and one that says so.
    fn claim(&self, runner: &Runner<'_>) -> Result<Option<(Tool, i64)>, Error> {
        let mut agreed: Option<(Tool, i64)> = None;
        for history in &self.foreign {
            let tool = history.tool;
            let refused = |problems| Error::ForeignHistory { tool, problems };
            let claim = claimed(history, &runner.migrations.list).map_err(refused)?;
            match (agreed, claim) {
                (Some((other, version)), Some(claim)) if claim != version => {
                    return Err(refused(vec![ForeignProblem::Disagrees { tool: other }]));
                }
                (None, Some(claim)) => agreed = Some((tool, claim)),
                (Some(_), _) | (None, None) => {}
            }
        }
        Ok(agreed)
    }

    /// What there is to say where nothing is to be recorded.
    fn nothing(&self, runner: &Runner<'_>, named: Option<i64>) -> Result<AdoptPlan, Error> {
        let pending = runner.pending_after(&self.history)?;
        let newest = self.history.last().map(|row| row.version);
        match named {
            Some(version) if self.history.is_empty() => Err(Error::NothingToAdopt { version }),
            Some(version) if self.history.iter().all(|row| row.version != version) => {
                Err(Error::NotApplied { version, newest })
            }
            _ => Ok(AdoptPlan {
                version: newest,
                versions: Vec::new(),
                pending: pending.iter().map(Into::into).collect(),
                from: None,
            }),
        }
    }
}

impl Said {
    /// What is to be recorded, given the versions whose schema the database has, and the one that differs least.
    /// `differences` tells how it differs from a version.
    pub(crate) fn plan(
        self,
        runner: &Runner<'_>,
        matches: Vec<Candidate>,
        nearest: Option<i64>,
        differences: impl FnOnce(i64) -> Result<Vec<Difference>, Error>,
    ) -> Result<AdoptPlan, Error> {
        let version = self.version(matches, nearest, differences)?;
        let list = &*runner.migrations.list;
        let applied = list.partition_point(|migration| migration.version <= version);
        let (applied, pending) = list.split_at(applied);
        Ok(AdoptPlan {
            version: Some(version),
            versions: applied.iter().map(|migration| migration.version).collect(),
            pending: pending.iter().map(Into::into).collect(),
            from: self.claim.map(|(tool, _)| tool),
        })
    }

    /// The version that the database is at.
    fn version(
        self,
        matches: Vec<Candidate>,
        nearest: Option<i64>,
        differences: impl FnOnce(i64) -> Result<Vec<Difference>, Error>,
    ) -> Result<i64, Error> {
        let said = match (self.named, self.claim) {
            (Some(named), _) => Some((named, Compared::Named)),
            (None, Some((tool, version))) => Some((version, Compared::Claimed(tool))),
            (None, None) => None,
        };
        let (version, compared) = match (said, matches.as_slice()) {
            (Some((said, _)), all) if all.iter().any(|one| one.version == said) => return Ok(said),
            (None, [only]) => return Ok(only.version),
            (None, [_, ..]) => {
                return Err(Error::Ambiguous {
                    candidates: matches,
                });
            }
            (Some((said, compared)), _) => (said, compared),
            (None, []) => (nearest.unwrap_or_default(), Compared::Nearest),
        };
        Err(Error::NotAdoptable {
            version,
            compared,
            matches: matches.iter().map(|found| found.version).collect(),
            differences: differences(version)?,
        })
    }
}

/// How a database without a history stands to the migrations, by what adopting it would record.
pub(crate) fn state(plan: Result<AdoptPlan, Error>) -> Result<State, Error> {
    match plan {
        Ok(plan) => Ok(State::Adoptable {
            versions: plan.version.into_iter().collect(),
            from: plan.from,
        }),
        Err(Error::Ambiguous { candidates }) => Ok(State::Adoptable {
            versions: candidates.iter().map(|found| found.version).collect(),
            from: None,
        }),
        Err(
            error @ (Error::NotAdoptable { .. }
            | Error::ForeignHistory { .. }
            | Error::Replay { .. }),
        ) => Ok(State::Unknown {
            reason: error.to_string(),
        }),
        Err(error) => Err(error),
    }
}
