//! What of a database is the migrations' business.
//!
//! Objects in schemas in which the migrations define nothing are others': a managed server comes with such schemas, and
//! applications share databases. In the schemas that are left, tables and what has names as they have can be named as
//! belonging to others; their indexes, triggers, policies, rules and sequences go with them.

use super::history;
use crate::others;
use std::borrow::Cow;
use std::collections::BTreeSet;
use tablature_model::postgres::{QualifiedName, Schema};

/// The names of the schemas that the migrations define something in.
pub(super) fn schemas(expected: &[&Schema]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for schema in expected {
        names.extend(schema.schemas.iter().map(|it| it.name.to_string()));
        let of_types = schema.enums.iter().map(|it| &it.name);
        let of_types = of_types.chain(schema.domains.iter().map(|it| &it.name));
        let of_types = of_types.chain(schema.composites.iter().map(|it| &it.name));
        let of_types = of_types.chain(schema.ranges.iter().map(|it| &it.name));
        let all = of_types.chain(schema.sequences.iter().map(|it| &it.name));
        let all = all.chain(schema.tables.iter().map(|it| &it.name));
        let all = all.chain(schema.views.iter().map(|it| &it.name));
        let all = all.chain(schema.routines.iter().map(|it| &it.name));
        names.extend(all.map(|name| name.schema.to_string()));
    }
    names
}

/// Takes what is not the migrations' business out of a database's schema; what one of `expected` has stays.
pub(super) fn leave_out(found: &mut Schema, expected: &[&Schema], names: &[String]) {
    let schemas = schemas(expected);
    let known: BTreeSet<QualifiedName> = expected
        .iter()
        .flat_map(|schema| schema.tables.iter())
        .map(|table| table.name.clone())
        .collect();
    let is_others = |name: &QualifiedName| !known.contains(name) && is_ignored(name, names);
    let is_in = |name: &QualifiedName| schemas.contains(&*name.schema);
    let is_left = |name: &QualifiedName| is_in(name) && !is_others(name);
    // Whether there is a `public` is seldom anybody's doing.
    let is_public = |name: &str| name == "public";
    let has_public = expected
        .iter()
        .any(|schema| schema.schemas.iter().any(|it| is_public(&it.name)));
    keep(&mut found.schemas, |it| {
        schemas.contains(&*it.name) && (has_public || !is_public(&it.name))
    });
    // Whoever runs the server may have installed more.
    keep(&mut found.extensions, |it| {
        let mut extensions = expected.iter().flat_map(|schema| schema.extensions.iter());
        extensions.any(|known| known.name == it.name)
    });
    keep(&mut found.enums, |it| is_left(&it.name));
    keep(&mut found.domains, |it| is_left(&it.name));
    keep(&mut found.composites, |it| is_left(&it.name));
    keep(&mut found.ranges, |it| is_left(&it.name));
    keep(&mut found.sequences, |it| match &it.owner {
        Some(owner) => is_in(&it.name) && !is_others(&owner.table),
        None => is_left(&it.name),
    });
    keep(&mut found.tables, |it| is_left(&it.name));
    keep(&mut found.views, |it| is_left(&it.name));
    keep(&mut found.indexes, |it| {
        is_left(&QualifiedName {
            schema: it.name.schema.clone(),
            name: it.table.clone(),
        })
    });
    keep(&mut found.routines, |it| is_left(&it.name));
    keep(&mut found.triggers, |it| is_left(&it.table));
    keep(&mut found.policies, |it| is_left(&it.table));
    keep(&mut found.rules, |it| is_left(&it.table));
}

/// Takes the library's own tables out of a database's schema.
pub(super) fn leave_out_own(found: &mut Schema) {
    let is_own = |name: &str| name == history::TABLE || name == history::PROGRESS;
    keep(&mut found.tables, |it| !is_own(&it.name.name));
    keep(&mut found.indexes, |it| !is_own(&it.table));
}

fn keep<T: Clone>(list: &mut Cow<'static, [T]>, is_kept: impl Fn(&T) -> bool) {
    if !list.iter().all(&is_kept) {
        list.to_mut().retain(is_kept);
    }
}

/// Whether a table that no migration defines may be in the database all the same.
///
/// `names` are those that the application gave, each with a schema, `ops.jobs`, or for all of them, `jobs`.
pub(super) fn is_ignored(table: &QualifiedName, names: &[String]) -> bool {
    let qualified = format!("{}.{}", table.schema, table.name);
    *table.name == *history::TABLE
        || *table.name == *history::PROGRESS
        || others::is_ignored(&table.name, names)
        || others::is_ignored(&qualified, names)
}
