//! Where things came from and how they changed.

use super::Log;
use crate::text::Span;
use std::sync::Arc;

/// Where an object or a column was declared and what changed it since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Its name, or its column definition, in the statement that created it: no two objects have the same.
    pub created: Span,
    /// Where the first of its name was created, if its migration dropped that one and created it anew: what rebuilds a
    /// table, and the only way to change a view, an index or a trigger.
    pub successor_of: Option<Span>,
    /// What changed it, oldest first; those before it included that it is the successor of.
    pub changes: Log<Change>,
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
    /// A column of it got another name.
    ColumnRenamed {
        /// The old one.
        from: Arc<str>,
        /// The new one.
        to: Arc<str>,
    },
    /// NOT NULL or a CHECK was added or dropped.
    ConstraintChanged,
    /// The engine wrote it anew when it altered a table: the new name of what it refers to, or a string in other quotes.
    Rewritten,
    /// It was dropped and created again.
    CreatedAgain,
}

impl Provenance {
    /// Created at a place and never changed.
    #[must_use]
    pub fn new(created: Span) -> Provenance {
        Provenance {
            created,
            successor_of: None,
            changes: Log::default(),
        }
    }

    /// Records a change.
    #[must_use]
    pub fn with(mut self, span: Span, kind: ChangeKind) -> Provenance {
        self.changes.push(Change { span, kind });
        self
    }

    /// Takes over the history of what had its name when its migration began.
    #[must_use]
    pub(crate) fn following(mut self, old: &Provenance) -> Provenance {
        if old.created == self.created || self.successor_of.is_some() {
            return self;
        }
        let again = Change {
            span: self.created,
            kind: ChangeKind::CreatedAgain,
        };
        let mut changes = old.changes.clone();
        changes.push(again);
        for change in self.changes.oldest_first() {
            changes.push(change.clone());
        }
        self.changes = changes;
        self.successor_of = Some(old.first_created());
        self
    }

    /// Where it was created, or the first of those that it is the successor of.
    #[must_use]
    pub fn first_created(&self) -> Span {
        self.successor_of.unwrap_or(self.created)
    }

    /// The changes since it was created, newest first, those of what it is the successor of left out.
    pub fn own_changes(&self) -> impl Iterator<Item = &Change> {
        let changes = self.changes.newest_first();
        changes.take_while(|change| change.kind != ChangeKind::CreatedAgain)
    }
}

impl ChangeKind {
    /// What it did in words, with names as `quoted` shows them.
    #[must_use]
    pub fn words(&self, quoted: impl Fn(&str) -> String) -> String {
        match self {
            ChangeKind::RenamedFrom(name) => format!("renamed from {}", quoted(name)),
            ChangeKind::ColumnAdded(name) => format!("column {} added", quoted(name)),
            ChangeKind::ColumnDropped(name) => format!("column {} dropped", quoted(name)),
            ChangeKind::ColumnRenamed { from, to } => {
                format!("column {} renamed to {}", quoted(from), quoted(to))
            }
            ChangeKind::ConstraintChanged => "a constraint changed".to_owned(),
            ChangeKind::Rewritten => "rewritten by an ALTER TABLE".to_owned(),
            ChangeKind::CreatedAgain => "created again".to_owned(),
        }
    }
}
