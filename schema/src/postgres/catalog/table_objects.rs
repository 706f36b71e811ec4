//! What belongs to one table and has its name there: triggers, rules, policies.

use super::Timing;
use super::objects::object;
use crate::catalog::Provenance;
use crate::postgres::tree;
use crate::postgres::types::Oid;
use std::sync::Arc;

/// A trigger (`pg_trigger`). Those that keep foreign keys are not among them.
#[derive(Debug, Clone)]
pub struct Trigger {
    /// Its number.
    pub oid: Oid,
    /// Its name.
    pub name: Arc<str>,
    /// The table or view.
    pub table: Oid,
    /// The function that it calls.
    pub function: Oid,
    /// When it does.
    pub time: TriggerTime,
    /// Whether it does so for each row; else once for a statement.
    pub for_each_row: bool,
    /// What it waits for.
    pub events: Vec<TriggerEvent>,
    /// The columns of UPDATE OF, by number.
    pub columns: Vec<i16>,
    /// WHEN.
    pub condition: Option<Arc<tree::Expr>>,
    /// What the function is given.
    pub arguments: Vec<Arc<str>>,
    /// REFERENCING OLD TABLE AS.
    pub old_table: Option<Arc<str>>,
    /// REFERENCING NEW TABLE AS.
    pub new_table: Option<Arc<str>>,
    /// The constraint of CREATE CONSTRAINT TRIGGER.
    pub constraint: Option<Oid>,
    /// The table of FROM.
    pub referenced: Option<Oid>,
    /// When a constraint trigger runs.
    pub timing: Timing,
    /// Whether it fires.
    pub enabled: Enabled,
    /// The one of the partitioned table that it comes from.
    pub parent: Option<Oid>,
    /// Where it came from.
    pub provenance: Option<Provenance>,
}

object!(Trigger, |trigger| Some(trigger.table));

/// When a trigger fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the words of the language")]
pub enum TriggerTime {
    Before,
    After,
    InsteadOf,
}

/// What a trigger waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the variants are the words of the language")]
pub enum TriggerEvent {
    Insert,
    Delete,
    Update,
    Truncate,
}

/// Whether a trigger or rule fires (`tgenabled`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Enabled {
    /// Unless the session replays what another server did.
    #[default]
    Origin,
    /// Always.
    Always,
    /// Only where the session replays.
    Replica,
    /// Never.
    Disabled,
}

/// A rule (`pg_rewrite`). That of a view is its query.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its number.
    pub oid: Oid,
    /// Its name.
    pub name: Arc<str>,
    /// The table or view.
    pub table: Oid,
    /// What it waits for.
    pub event: RuleEvent,
    /// INSTEAD; else ALSO.
    pub instead: bool,
    /// WHERE.
    pub condition: Option<Arc<tree::Expr>>,
    /// What is done; nothing for NOTHING.
    pub actions: Vec<Arc<tree::Query>>,
    /// Whether it is used.
    pub enabled: Enabled,
    /// Where it came from.
    pub provenance: Option<Provenance>,
}

object!(Rule, |rule| Some(rule.table));

/// What a rule waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the words of the language")]
pub enum RuleEvent {
    Select,
    Insert,
    Update,
    Delete,
}

/// A policy of row level security (`pg_policy`).
#[derive(Debug, Clone)]
pub struct Policy {
    /// Its number.
    pub oid: Oid,
    /// Its name.
    pub name: Arc<str>,
    /// The table.
    pub table: Oid,
    /// PERMISSIVE; else RESTRICTIVE.
    pub permissive: bool,
    /// What it is for.
    pub command: PolicyCommand,
    /// The roles; none is PUBLIC.
    pub roles: Vec<Option<Oid>>,
    /// USING.
    pub using: Option<Arc<tree::Expr>>,
    /// WITH CHECK.
    pub check: Option<Arc<tree::Expr>>,
    /// Where it came from.
    pub provenance: Option<Provenance>,
}

object!(Policy, |policy| Some(policy.table));

/// What a policy is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the words of the language")]
pub enum PolicyCommand {
    All,
    Select,
    Insert,
    Update,
    Delete,
}
