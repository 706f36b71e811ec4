//! Where things came from, how they changed and where they went.

use super::Key;
use crate::text::Span;
use std::sync::Arc;

/// Where an object or a column was declared and what changed it since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Its name, or its column definition, in the statement that created it.
    pub created: Span,
    /// What changed it, oldest first.
    pub changes: Vec<Change>,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The place in the statement that made it.
    pub span: Span,
    /// What it did.
    pub kind: ChangeKind,
}

/// What a change did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeKind {
    /// It had this name before.
    RenamedFrom(Arc<str>),
    /// A column was added to it.
    ColumnAdded(Arc<str>),
    /// A column of it was dropped.
    ColumnDropped(Arc<str>),
    /// NOT NULL or a CHECK was added or dropped.
    ConstraintChanged,
}

impl Provenance {
    /// Created at a place and never changed.
    #[must_use]
    pub fn new(created: Span) -> Provenance {
        Provenance {
            created,
            changes: Vec::new(),
        }
    }

    /// Records a change.
    #[must_use]
    pub fn with(mut self, span: Span, kind: ChangeKind) -> Provenance {
        self.changes.push(Change { span, kind });
        self
    }
}

/// Something that is no longer there under its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departed {
    /// What it was.
    pub kind: DepartedKind,
    /// The position of its database.
    pub database: usize,
    /// The name under which it is missed.
    pub key: Key,
    /// How it left.
    pub departure: Departure,
    /// The place in the statement that removed or renamed it.
    pub span: Span,
}

/// What has gone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the objects of the language")]
pub enum DepartedKind {
    Table,
    View,
    Index,
    Trigger,
    Column { table: Key },
}

/// How it left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Departure {
    /// It was dropped, alone or with its table.
    Dropped,
    /// It was temporary, or in an attached database, and its file ended.
    FileEnded,
    /// It has this name now.
    RenamedTo(Arc<str>),
}
