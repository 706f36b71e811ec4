//! Triggers.

use super::Definition;
use crate::catalog::{Key, Provenance};
use crate::sqlite::ast::TriggerTime;
use crate::text::Span;
use std::sync::Arc;

/// A trigger.
#[derive(Debug, Clone, PartialEq)]
pub struct Trigger {
    /// In its creator's letter case.
    pub name: Arc<str>,
    /// The position of the database of its table; a trigger in `temp` may watch a table elsewhere.
    pub database: usize,
    /// The table or view that it watches.
    pub table: Key,
    /// The name of the table or view in the letter case in which the engine keeps it with the trigger.
    pub table_name: Arc<str>,
    /// When it fires.
    pub time: TriggerTime,
    /// What it fires on.
    pub event: TriggerEventKind,
    /// As the engine keeps it.
    pub definition: Definition,
    /// Its name, where it was last written.
    pub span: Span,
    /// Where it came from.
    pub provenance: Provenance,
    /// Its place among the objects of its database by creation.
    pub place: u32,
}

/// What a trigger fires on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum TriggerEventKind {
    Insert,
    Delete,
    Update,
}
