//! What may have been meant by a name that stands for nothing, as it would have to be written.

use super::{Catalog, Column, Object, ObjectName, Relation};
use crate::catalog::{ChangeKind, Provenance};
use crate::diagnostic::nearest;
use crate::postgres::builtin::{Brought, extensions};
use crate::postgres::types::{Oid, well_known};
use crate::text::Span;
use tablature_lexer::postgres::quote_name;

/// Something that could have been meant.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The schema that it is in; nothing for what is in none, or where there is only one place to look.
    space: Option<Oid>,
    name: &'a str,
    provenance: Option<&'a Provenance>,
}

impl<'a> Candidate<'a> {
    /// What is in a schema.
    pub fn in_schema(object: &'a impl Object) -> Candidate<'a> {
        Candidate {
            space: object.container(),
            name: object.name(),
            provenance: object.provenance(),
        }
    }

    /// What every new database has in a schema.
    #[must_use]
    pub fn of_system(space: Oid, name: &'a str) -> Candidate<'a> {
        Candidate {
            space: Some(space),
            name,
            provenance: None,
        }
    }

    /// What is in no schema, or in a table.
    pub fn alone(object: &'a impl Object) -> Candidate<'a> {
        Candidate {
            space: None,
            ..Candidate::in_schema(object)
        }
    }

    /// Only a name.
    #[must_use]
    pub fn named(name: &'a str) -> Candidate<'a> {
        Candidate {
            space: None,
            name,
            provenance: None,
        }
    }

    /// The columns of a relation.
    pub fn columns(relation: &'a Relation) -> impl Iterator<Item = Candidate<'a>> {
        relation.live_columns().map(Candidate::column)
    }

    /// A column of a relation.
    #[must_use]
    pub fn column(column: &'a Column) -> Candidate<'a> {
        Candidate {
            space: None,
            name: &column.name,
            provenance: column.provenance.as_ref(),
        }
    }

    /// What is told of it.
    fn near(self, written: String) -> Near {
        Near {
            written,
            declared: self.provenance.map(named_at),
        }
    }
}

/// Where something got the name that it has.
fn named_at(provenance: &Provenance) -> Span {
    let mut changes = provenance.own_changes();
    let renamed = changes.find(|it| matches!(it.kind, ChangeKind::RenamedFrom(_)));
    renamed.map_or(provenance.created, |it| it.span)
}

/// What was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// What has to be written.
    pub written: String,
    /// Where it is declared.
    pub declared: Option<Span>,
}

impl Near {
    /// What has to be written, of which nothing more is known.
    #[must_use]
    pub fn written(written: String) -> Near {
        Near {
            written,
            declared: None,
        }
    }

    /// What has a similar name.
    pub fn of<'a>(name: &str, others: impl IntoIterator<Item = Candidate<'a>>) -> Option<Near> {
        let others: Vec<Candidate<'_>> = others.into_iter().collect();
        let found = similar(name, &others)?;
        Some(found.near(quote_name(found.name)))
    }

    /// What has a similar name, of which nothing more is known.
    pub fn named<'a>(name: &str, others: impl IntoIterator<Item = &'a str>) -> Option<Near> {
        Near::of(name, others.into_iter().map(Candidate::named))
    }
}

fn similar<'a>(name: &str, others: &[Candidate<'a>]) -> Option<Candidate<'a>> {
    let found = nearest(name, others.iter().map(|other| other.name))?;
    others.iter().find(|other| other.name == found).copied()
}

impl Catalog {
    /// The schemas in which a name is looked for.
    #[must_use]
    pub fn reach(&self, name: ObjectName<'_>) -> Vec<Oid> {
        match name.schema {
            Some(schema) => self.namespace_named(schema).into_iter().collect(),
            None => self.search_path().to_vec(),
        }
    }

    /// What was meant by a name in a schema: what has the very name in another one, or else a similar one where it was looked
    /// for, or at last a similar one elsewhere.
    pub fn meant<'a, 'n>(
        &self,
        name: impl Into<ObjectName<'n>>,
        others: impl IntoIterator<Item = Candidate<'a>>,
    ) -> Option<Near> {
        let name = name.into();
        let spaces = self.reach(name);
        let is_here = |it: &Candidate<'_>| it.space.is_none_or(|space| spaces.contains(&space));
        let (here, elsewhere): (Vec<_>, Vec<_>) = others.into_iter().partition(is_here);
        let mut of_the_name = elsewhere.iter().copied();
        let found = of_the_name
            .find(|it| it.name == name.name)
            .or_else(|| similar(name.name, &here))
            .or_else(|| similar(name.name, &elsewhere))?;
        Some(found.near(match found.space {
            Some(space) => self.as_written(space, found.name),
            None => self.quoted(found.name),
        }))
    }

    /// The extension, not created yet, that brings something.
    #[must_use]
    pub fn extension_bringing(&self, is_it: impl Fn(&Brought) -> bool) -> Option<&'static str> {
        let version = self.version;
        let mut known = extensions(version)
            .filter(|extension| self.extensions.named(None, extension.name).is_none());
        let found = known.find(|it| is_it(&it.objects(version, well_known::PUBLIC)))?;
        Some(found.name)
    }

    /// A name with its schema, unless it is found without. The system's are written bare, whatever words they are.
    #[must_use]
    pub fn as_written(&self, schema: Oid, name: &str) -> String {
        let is_reached = self.search_path().contains(&schema);
        match schema {
            well_known::PG_CATALOG => name.to_owned(),
            _ => self.qualified_unless(is_reached, schema, name),
        }
    }
}
