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

/// What became of what had a name.
#[derive(Debug, Clone)]
pub struct Fate<'a> {
    /// Step by step, the last one last.
    pub steps: Vec<&'a Departed>,
    /// What has to be written for it now, if it is still there.
    pub now: Option<String>,
}

impl Catalog {
    /// What became of what had a name, if it was where it is looked for.
    pub fn fate(
        &self,
        class: Class,
        name: &str,
        is_there: impl Fn(&Departed) -> bool,
    ) -> Option<Fate<'_>> {
        self.follow(|it| it.class == class && !it.is_column && *it.name == *name && is_there(it))
    }

    /// What became of what had a name in the schema that is named, or else in one of the search path.
    pub fn fate_in_reach<'a>(
        &self,
        class: Class,
        name: impl Into<ObjectName<'a>>,
    ) -> Option<Fate<'_>> {
        let name = name.into();
        let spaces = self.reach(name);
        let is_in_reach = |it: &Departed| it.container.is_some_and(|it| spaces.contains(&it));
        self.fate(class, name.name, is_in_reach)
    }

    /// What became of a column of a relation.
    pub fn fate_of_column(&self, relation: Oid, name: &str) -> Option<Fate<'_>> {
        self.follow(|it| it.is_column && it.oid == relation && *it.name == *name)
    }

    /// The last departure of a kind, and what came of the same object later.
    fn follow(&self, is_first: impl Fn(&Departed) -> bool) -> Option<Fate<'_>> {
        let mut later: Vec<&Departed> = Vec::new();
        let mut all = self.departed.newest_first();
        let first = all.find(|it| {
            later.push(it);
            is_first(it)
        })?;
        let mut steps: Vec<&Departed> = Vec::new();
        let mut name = &first.name;
        for step in later.into_iter().rev() {
            let is_same = step.class == first.class
                && step.oid == first.oid
                && step.is_column == first.is_column;
            if is_same && step.name == *name {
                steps.push(step);
                if let Departure::RenamedTo(now) = &step.departure {
                    name = now;
                }
            }
        }
        let now = steps.last().and_then(|step| self.name_now(step));
        Some(Fate { steps, now })
    }

    /// What has to be written for something that is there under another name, or in another schema.
    fn name_now(&self, step: &Departed) -> Option<String> {
        let (schema, name) = match &step.departure {
            Departure::RenamedTo(now) => {
                let schema = step
                    .container
                    .filter(|it| self.namespaces.get(*it).is_some());
                (schema, now)
            }
            Departure::MovedTo(schema) => (self.namespace_named(schema), &step.name),
            Departure::Dropped
            | Departure::DroppedWith(_)
            | Departure::FileEnded
            | Departure::RolledBack => return None,
        };
        Some(match schema {
            Some(schema) => self.as_written(schema, name),
            None => self.quoted(name),
        })
    }

    /// Whether an extension is there of which nothing is known: what is missed may be one of its objects.
    #[must_use]
    pub fn is_partly_unknown(&self) -> bool {
        self.extensions.iter().any(|it| !it.known)
    }
}
