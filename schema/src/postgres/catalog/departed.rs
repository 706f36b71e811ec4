//! What is no longer there under its name, and what became of it.

use super::{Catalog, Class, ObjectName};
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

impl Catalog {
    /// What became of what had a name, if it was where it is looked for.
    pub fn fate(
        &self,
        class: Class,
        name: &str,
        is_there: impl Fn(&Departed) -> bool,
    ) -> Option<&Departed> {
        let mut departed = self.departed.newest_first();
        departed.find(|it| it.class == class && !it.is_column && *it.name == *name && is_there(it))
    }

    /// What became of what had a name in the schema that is named, or else in one of the search path.
    pub fn fate_in_reach<'a>(
        &self,
        class: Class,
        name: impl Into<ObjectName<'a>>,
    ) -> Option<&Departed> {
        let name = name.into();
        let spaces = match name.schema {
            Some(schema) => self.namespace_named(schema).into_iter().collect(),
            None => self.search_path().to_vec(),
        };
        let is_in_reach = |it: &Departed| it.container.is_some_and(|it| spaces.contains(&it));
        self.fate(class, name.name, is_in_reach)
    }

    /// What became of a column of a relation.
    pub fn fate_of_column(&self, relation: Oid, name: &str) -> Option<&Departed> {
        let mut departed = self.departed.newest_first();
        departed.find(|it| it.is_column && it.oid == relation && *it.name == *name)
    }

    /// Whether an extension is there of which nothing is known: what is missed may be one of its objects.
    #[must_use]
    pub fn is_partly_unknown(&self) -> bool {
        self.extensions.iter().any(|it| !it.known)
    }
}
