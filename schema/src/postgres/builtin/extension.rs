//! What `CREATE EXTENSION` brings, for the extensions that ship with PostgreSQL.

use super::row::Row;
use super::{SystemRelation, TextSearchObject, read, row};
use crate::postgres::types::{
    AccessMethod, Cast, Collation, FamilyMember, Function, Language, Oid, Operator, OperatorClass,
    OperatorFamily, Type,
};

const TEXT: &str = include_str!("data/extensions.tsv");

/// An extension that a server of the version can create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// Its name.
    pub name: &'static str,
    /// The version that is created where none is named.
    pub version: &'static str,
    /// Other extensions that it needs.
    pub requires: Vec<&'static str>,
    /// The schema that its objects are always in.
    pub schema: Option<&'static str>,
    /// Whether its objects can be moved to another schema.
    pub relocatable: bool,
    /// Whether those who are no superusers can create it.
    pub trusted: bool,
    lines: &'static str,
}

/// The objects of an extension.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct Brought {
    pub types: Vec<Type>,
    pub functions: Vec<Function>,
    pub operators: Vec<Operator>,
    pub casts: Vec<Cast>,
    pub access_methods: Vec<AccessMethod>,
    pub operator_families: Vec<OperatorFamily>,
    pub operator_classes: Vec<OperatorClass>,
    pub family_members: Vec<FamilyMember>,
    pub collations: Vec<Collation>,
    pub languages: Vec<Language>,
    pub relations: Vec<SystemRelation>,
    pub text_search: Vec<TextSearchObject>,
    /// Numbers and names of foreign data wrappers.
    pub foreign_data_wrappers: Vec<(Oid, &'static str)>,
}

/// An extension by its name.
#[must_use]
pub fn extension(version: u16, name: &str) -> Option<Extension> {
    extensions(version).find(|extension| extension.name == name)
}

/// The extensions that ship with a version, in the order of their names.
pub fn extensions(version: u16) -> impl Iterator<Item = Extension> {
    let mut rest = TEXT;
    std::iter::from_fn(move || {
        let (heads, lines, following) = next_block(rest)?;
        rest = following;
        Some((heads, lines))
    })
    .filter_map(move |(heads, lines)| {
        let mut row = row::of_version(heads, version).next()?;
        let _ = row.text();
        Some(Extension::read(row, lines))
    })
}

/// The lines that describe an extension in different versions, those of what it brings, and what follows.
fn next_block(text: &'static str) -> Option<(&'static str, &'static str, &'static str)> {
    const HEAD: &str = "\textension\t";
    if text.is_empty() {
        return None;
    }
    let lines = || text.split_inclusive('\n');
    let heads: usize = lines()
        .take_while(|line| line.contains(HEAD))
        .map(str::len)
        .sum();
    let body = text.get(heads..)?.split_inclusive('\n');
    let body: usize = body
        .take_while(|line| !line.contains(HEAD))
        .map(str::len)
        .sum();
    let (text, following) = text.split_at_checked(heads + body)?;
    let (heads, lines) = text.split_at_checked(heads)?;
    Some((heads, lines, following))
}

impl Extension {
    fn read(mut row: Row, lines: &'static str) -> Extension {
        let name = row.text();
        let version = row.text();
        let requires = row.text().split(' ').filter(|it| !it.is_empty()).collect();
        let schema = Some(row.text()).filter(|schema| !schema.is_empty());
        let flags = row.text();
        Extension {
            name,
            version,
            requires,
            schema,
            relocatable: flags.contains('r'),
            trusted: flags.contains('t'),
            lines,
        }
    }

    /// What it brings to a server of a version where it is created in a schema.
    #[must_use]
    pub fn objects(&self, version: u16, namespace: Oid) -> Brought {
        let mut all = Brought::default();
        for mut row in row::of_version(self.lines, version) {
            match row.text() {
                "types" => all.types.push(read::read_type(row, namespace)),
                "functions" => all.functions.push(read::read_function(row, namespace)),
                "operators" => all.operators.push(read::read_operator(row, namespace)),
                "casts" => all.casts.push(read::read_cast(row)),
                "access_methods" => all.access_methods.push(read::read_access_method(row)),
                "operator_families" => all
                    .operator_families
                    .push(read::read_family(row, namespace)),
                "operator_classes" => all.operator_classes.push(read::read_class(row, namespace)),
                "family_members" => all.family_members.push(read::read_member(row)),
                "collations" => all.collations.push(read::read_collation(row, namespace)),
                "languages" => all.languages.push(read::read_language(row)),
                "relations" => all.relations.push(read::read_relation(row, namespace)),
                "text_search" => all.text_search.push(read::read_text_search(row, namespace)),
                "foreign_data_wrappers" => {
                    let oid = row.oid();
                    all.foreign_data_wrappers.push((oid, row.text()));
                }
                _ => {}
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postgres::types::well_known;

    #[test]
    fn extensions_bring_types_and_operators() {
        let hstore =
            extension(15, "hstore").unwrap_or_else(|| unreachable!("hstore ships with 15"));
        let objects = hstore.objects(15, well_known::PUBLIC);
        assert!(
            objects
                .types
                .iter()
                .any(|it| it.name == "hstore" && it.namespace == well_known::PUBLIC)
        );
        assert!(
            objects
                .types
                .iter()
                .any(|it| it.name == "_hstore" && it.is_array)
        );
        assert!(objects.operators.iter().any(|it| it.name == "->"));
        assert!(objects.casts.len() == 3);
        let earthdistance = extension(15, "earthdistance").map(|it| it.requires);
        assert_eq!(earthdistance, Some(vec!["cube"]));
        let version = |version| extension(version, "citext").map(|it| it.version);
        assert_eq!((version(17), version(18)), (Some("1.6"), Some("1.8")));
        assert!(extension(17, "adminpack").is_none() && extension(15, "adminpack").is_some());
    }
}
