//! What is no longer there under its name, and what became of it.

use super::Class;
use crate::postgres::types::Oid;
use crate::text::Span;
use std::sync::Arc;

/// Something that is no longer there under its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departed {
    /// What it was.
    pub class: Class,
    /// Its number, or that of the relation whose column it was.
    pub oid: Oid,
    /// What its name was a name in: a schema, a table, nothing.
    pub container: Option<Oid>,
    /// The name under which it is missed.
    pub name: Arc<str>,
    /// Whether it was a column of the relation of that number.
    pub is_column: bool,
    /// How it left.
    pub departure: Departure,
    /// The place in the statement that removed or renamed it.
    pub span: Span,
}

/// How it left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Departure {
    /// It was dropped.
    Dropped,
    /// It was dropped with something else, which is named as messages name it: `table tales`.
    DroppedWith(Arc<str>),
    /// It was temporary, and its file ended.
    FileEnded,
    /// What had created it was rolled back.
    RolledBack,
    /// It has this name now.
    RenamedTo(Arc<str>),
    /// It is in the schema of this name now.
    MovedTo(Arc<str>),
}
