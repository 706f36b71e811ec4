//! What two catalogs differ in.

use super::{Catalog, Persistence, Relation, RelationKind, TypeDetails};
use crate::postgres::print;
use crate::postgres::types::{Oid, TypeKind, Typing};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Says what one catalog has otherwise than another one that it should be equal to, a line for each object or column.
#[must_use]
pub fn differences(wanted: &Catalog, found: &Catalog) -> Vec<String> {
    let (wanted, found) = (facts(wanted), facts(found));
    let mut lines = Vec::new();
    for (name, text) in &wanted {
        match found.get(name) {
            None => lines.push(format!("{name} is missing")),
            Some(other) if other != text => {
                lines.push(format!("{name} is `{other}`, and was `{text}`"));
            }
            Some(_) => {}
        }
    }
    let more = found.keys().filter(|name| !wanted.contains_key(*name));
    lines.extend(more.map(|name| format!("{name} is left over")));
    lines
}

/// What each object is, by what it is called.
fn facts(catalog: &Catalog) -> BTreeMap<String, String> {
    // Names are all qualified, whatever a file has done to the search path.
    let mut catalog = catalog.clone();
    catalog.set_search_path(Arc::from([]));
    let catalog = &catalog;
    let mut facts = BTreeMap::new();
    for namespace in catalog.namespaces.iter() {
        facts.insert(format!("schema `{}`", namespace.name), String::new());
    }
    for extension in catalog.extensions.iter() {
        facts.insert(format!("extension `{}`", extension.name), String::new());
    }
    for made in catalog.types.iter().filter(|it| it.provenance.is_some()) {
        if let Some(text) = type_text(catalog, made) {
            let name = catalog.qualified_unless(false, made.object.namespace, &made.object.name);
            facts.insert(format!("type `{name}`"), text);
        }
    }
    for relation in catalog.relations.iter() {
        let is_own = relation.provenance.is_some();
        if is_own && relation.persistence != Persistence::Temporary {
            relation_facts(catalog, relation, &mut facts);
        }
    }
    for made in catalog.routines.iter().filter(|it| it.provenance.is_some()) {
        let name = catalog.signature_text(made.object.oid);
        let result = print::routine_result(catalog, &made.object).unwrap_or_default();
        facts.insert(
            format!("routine `{name}`"),
            format!("{result} {:?}", made.more.body),
        );
    }
    for trigger in catalog.triggers.iter() {
        let name = format!(
            "trigger `{}` of `{}`",
            trigger.name,
            name_of(catalog, trigger.table)
        );
        let text = print::trigger_definition(catalog, trigger).unwrap_or_default();
        facts.insert(name, format!("{text} {:?}", trigger.enabled));
    }
    for policy in catalog.policies.iter() {
        let name = format!(
            "policy `{}` of `{}`",
            policy.name,
            name_of(catalog, policy.table)
        );
        let print = |it: &Arc<_>| print::expression(catalog, it, Some(policy.table));
        let using = policy.using.as_ref().map(print);
        let check = policy.check.as_ref().map(print);
        let (command, roles) = (policy.command, &policy.roles);
        facts.insert(
            name,
            format!(
                "{command:?} {roles:?} {using:?} {check:?} {}",
                policy.permissive
            ),
        );
    }
    for rule in catalog.rules.iter() {
        let name = format!("rule `{}` of `{}`", rule.name, name_of(catalog, rule.table));
        facts.insert(name, format!("{:?}", rule.event));
    }
    facts
}

fn name_of(catalog: &Catalog, relation: Oid) -> String {
    catalog
        .relation(relation)
        .map(|relation| catalog.relation_text(relation))
        .unwrap_or_default()
}

/// What a type is; nothing for those that come with tables and arrays.
fn type_text(catalog: &Catalog, made: &super::Type) -> Option<String> {
    match (&made.more, made.object.kind) {
        (TypeDetails::Enum(labels), _) => {
            let labels: Vec<&str> = labels.iter().map(|label| &*label.label).collect();
            Some(format!("ENUM ({})", labels.join(", ")))
        }
        (TypeDetails::Domain(domain), TypeKind::Domain { base }) => {
            let base = Typing::new(catalog).format(base.oid, base.typmod);
            let default = domain.default.as_ref();
            let default = default.map(|it| print::expression(catalog, it, None));
            let checks = catalog.constraints.inside(Some(made.object.oid));
            let checks: Vec<String> = checks
                .filter_map(|it| print::constraint_definition(catalog, it))
                .collect();
            let not_null = domain.not_null;
            Some(format!("{base} {not_null} {default:?} {checks:?}"))
        }
        (TypeDetails::Range(_), TypeKind::Range { subtype, .. }) => {
            Some(format!("RANGE ({})", Typing::new(catalog).name(subtype)))
        }
        _ => None,
    }
}

fn relation_facts(catalog: &Catalog, relation: &Relation, facts: &mut BTreeMap<String, String>) {
    let name = catalog.relation_text(relation);
    let text = match &relation.kind {
        RelationKind::Index(_) | RelationKind::PartitionedIndex(_) => {
            print::index_definition(catalog, relation.oid).unwrap_or_default()
        }
        RelationKind::Sequence(sequence) => format!("{sequence:?}"),
        RelationKind::View(view) | RelationKind::MaterializedView(view) => view
            .query
            .as_ref()
            .map(|query| print::view_definition(catalog, query, &[]))
            .unwrap_or_default(),
        RelationKind::Partitioned(key) => {
            print::partition_key_definition(catalog, relation.oid, key)
        }
        RelationKind::Table | RelationKind::Foreign(_) | RelationKind::Composite => String::new(),
    };
    let bound = relation.bound.as_ref();
    let bound = bound.map(|bound| print::partition_bound(catalog, bound));
    let parents: Vec<String> = relation
        .parents
        .iter()
        .map(|parent| name_of(catalog, *parent))
        .collect();
    let security = relation.row_security;
    facts.insert(
        format!("{} `{name}`", relation.kind.noun()),
        format!(
            "{text} {bound:?} {parents:?} {security:?} {:?}",
            relation.options
        ),
    );
    if relation.index().is_some() || relation.sequence().is_some() {
        return;
    }
    for column in relation.live_columns() {
        let typed = Typing::new(catalog).format(column.typed.oid, column.typed.typmod);
        let default = column.default.as_ref();
        let default = default.map(|it| print::expression(catalog, it, Some(relation.oid)));
        let mut text = typed;
        if column.not_null {
            text.push_str(" NOT NULL");
        }
        if let Some(default) = default {
            text.push_str(&format!(" DEFAULT {default}"));
        }
        if let Some(generated) = column.generated {
            text.push_str(&format!(" GENERATED {generated:?}"));
        }
        if let Some(identity) = column.identity {
            text.push_str(&format!(" IDENTITY {identity:?}"));
        }
        facts.insert(format!("column `{}` of `{name}`", column.name), text);
    }
    for constraint in catalog.constraints.inside(Some(relation.oid)) {
        let text = print::constraint_definition(catalog, constraint).unwrap_or_default();
        facts.insert(
            format!("constraint `{}` of `{name}`", constraint.name),
            text,
        );
    }
}
