//! Views, triggers, rules, policies: what is defined over the rows of a table.

use super::{DataStatement, Expr, Ident, Parameter, Persistence, QualifiedName, Query, RoleName};
use crate::text::Span;

/// CREATE VIEW. `CREATE RECURSIVE VIEW` is one over a query WITH RECURSIVE.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateView {
    /// OR REPLACE.
    pub or_replace: bool,
    /// TEMPORARY or UNLOGGED.
    pub persistence: Persistence,
    /// Whether it is written with RECURSIVE.
    pub recursive: bool,
    /// Its name.
    pub name: QualifiedName,
    /// The names of its columns, if they are listed.
    pub columns: Vec<Ident>,
    /// WITH (…).
    pub options: Vec<Parameter>,
    /// The query.
    pub query: Box<Query>,
    /// WITH CHECK OPTION, and its place.
    pub check: Option<(CheckOption, Span)>,
    /// From its first to its last token.
    pub span: Span,
}

/// WITH CHECK OPTION.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum CheckOption {
    Local,
    Cascaded,
}

/// CREATE MATERIALIZED VIEW.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateMaterializedView {
    /// IF NOT EXISTS.
    pub if_not_exists: bool,
    /// UNLOGGED, which the engine refuses.
    pub unlogged: bool,
    /// Its name.
    pub name: QualifiedName,
    /// The names of its columns, if they are listed.
    pub columns: Vec<Ident>,
    /// USING.
    pub access_method: Option<Ident>,
    /// WITH (…).
    pub options: Vec<Parameter>,
    /// TABLESPACE.
    pub tablespace: Option<Ident>,
    /// The query.
    pub query: Box<Query>,
    /// WITH DATA, which is the default; false is WITH NO DATA.
    pub with_data: bool,
    /// From its first to its last token.
    pub span: Span,
}

/// REFRESH MATERIALIZED VIEW.
#[derive(Debug, Clone, PartialEq)]
pub struct RefreshMaterializedView {
    /// CONCURRENTLY.
    pub concurrently: Option<Span>,
    /// The view.
    pub name: QualifiedName,
    /// WITH DATA, which is the default; false is WITH NO DATA.
    pub with_data: bool,
}

/// CREATE TRIGGER.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateTrigger {
    /// OR REPLACE.
    pub or_replace: bool,
    /// CONSTRAINT.
    pub constraint: bool,
    /// Its name.
    pub name: Ident,
    /// When it fires.
    pub time: TriggerTime,
    /// What it waits for: each of INSERT, DELETE, UPDATE and TRUNCATE once at most.
    pub events: Vec<(TriggerEvent, Span)>,
    /// The columns of UPDATE OF.
    pub columns: Vec<Ident>,
    /// The table or view.
    pub table: QualifiedName,
    /// FROM, of a constraint trigger.
    pub referenced: Option<QualifiedName>,
    /// DEFERRABLE and its kin, of a constraint trigger.
    pub deferrable: bool,
    /// INITIALLY DEFERRED, of a constraint trigger.
    pub deferred: bool,
    /// REFERENCING.
    pub transitions: Vec<Transition>,
    /// FOR EACH ROW; FOR EACH STATEMENT otherwise.
    pub for_each_row: bool,
    /// WHEN.
    pub condition: Option<Box<Expr>>,
    /// The function.
    pub function: QualifiedName,
    /// What it is given.
    pub arguments: Vec<Box<str>>,
    /// From its first to its last token.
    pub span: Span,
}

/// When a trigger fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum TriggerTime {
    Before,
    After,
    InsteadOf,
}

/// What a trigger waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum TriggerEvent {
    Insert,
    Delete,
    Update,
    Truncate,
}

/// A name that REFERENCING gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// NEW; OLD otherwise.
    pub new: bool,
    /// TABLE; ROW otherwise, which the engine refuses.
    pub table: bool,
    /// The name.
    pub name: Ident,
    /// From its first to its last token.
    pub span: Span,
}

/// CREATE EVENT TRIGGER.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateEventTrigger {
    /// Its name.
    pub name: Ident,
    /// ON.
    pub event: Ident,
    /// WHEN: variables and the values that each may have.
    pub filters: Vec<EventFilter>,
    /// The function.
    pub function: QualifiedName,
}

/// A condition of an event trigger.
#[derive(Debug, Clone, PartialEq)]
pub struct EventFilter {
    /// The variable.
    pub variable: Ident,
    /// The values, and where they are.
    pub values: Vec<(Box<str>, Span)>,
}

/// ALTER EVENT TRIGGER … ENABLE or DISABLE.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterEventTrigger {
    /// Its name.
    pub name: Ident,
}

/// CREATE RULE.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateRule {
    /// OR REPLACE.
    pub or_replace: bool,
    /// Its name.
    pub name: Ident,
    /// What it waits for.
    pub event: RuleEvent,
    /// The table or view.
    pub table: QualifiedName,
    /// WHERE.
    pub condition: Option<Box<Expr>>,
    /// INSTEAD; ALSO otherwise.
    pub instead: bool,
    /// What is done; nothing for NOTHING.
    pub actions: Vec<RuleAction>,
    /// From its first to its last token.
    pub span: Span,
}

/// What a rule waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum RuleEvent {
    Select,
    Insert,
    Update,
    Delete,
}

/// What a rule does.
#[derive(Debug, Clone, PartialEq)]
pub enum RuleAction {
    /// A statement that reads or changes rows.
    Data(DataStatement),
    /// NOTIFY.
    Notify(Span),
}

/// CREATE POLICY.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatePolicy {
    /// Its name.
    pub name: Ident,
    /// The table.
    pub table: QualifiedName,
    /// AS: a word, of which the engine knows PERMISSIVE and RESTRICTIVE.
    pub kind: Option<Ident>,
    /// FOR.
    pub command: PolicyCommand,
    /// TO; PUBLIC if there is none.
    pub roles: Vec<RoleName>,
    /// USING.
    pub using: Option<Box<Expr>>,
    /// WITH CHECK.
    pub check: Option<Box<Expr>>,
    /// From its first to its last token.
    pub span: Span,
}

/// What a policy is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum PolicyCommand {
    All,
    Select,
    Insert,
    Update,
    Delete,
}

/// ALTER POLICY, but for RENAME.
#[derive(Debug, Clone, PartialEq)]
pub struct AlterPolicy {
    /// Its name.
    pub name: Ident,
    /// The table.
    pub table: QualifiedName,
    /// TO, if it is written.
    pub roles: Option<Vec<RoleName>>,
    /// USING.
    pub using: Option<Box<Expr>>,
    /// WITH CHECK.
    pub check: Option<Box<Expr>>,
}
