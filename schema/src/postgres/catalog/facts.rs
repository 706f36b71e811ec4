//! What each object of a catalog is, in words: what two catalogs are compared by.
//!
//! Comments, owners and privileges are left out, as the live schema is not held to them either.

use super::{
    Catalog, Column, Enabled, Identity, Persistence, Policy, PolicyCommand, Relation, RelationKind,
    ReplicaIdentity, Routine, RoutineBody, Rule, RuleEvent, Sequence, Trigger, TypeDetails,
    ViewCheck,
};
use crate::postgres::print;
use crate::postgres::tree;
use crate::postgres::types::{Oid, TypeKind, Typing, Volatility};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What an object has, by what that is called. What is as it is where nothing is said is left out.
pub(super) type Aspects = BTreeMap<&'static str, String>;

/// The objects that migrations have made, by what they are called.
pub(super) fn facts(catalog: &Catalog) -> BTreeMap<String, Aspects> {
    // Names are all qualified, whatever a file has done to the search path.
    let mut catalog = catalog.clone();
    catalog.set_search_path(Arc::from([]));
    let mut facts = Facts {
        catalog: &catalog,
        found: BTreeMap::new(),
    };
    facts.all();
    facts.found
}

struct Facts<'a> {
    catalog: &'a Catalog,
    found: BTreeMap<String, Aspects>,
}

impl Facts<'_> {
    fn all(&mut self) {
        let catalog = self.catalog;
        for namespace in catalog.namespaces.iter() {
            self.add(format!("schema `{}`", namespace.name), []);
        }
        for extension in catalog.extensions.iter() {
            self.add(format!("extension `{}`", extension.name), []);
        }
        for made in catalog.types.iter().filter(|it| it.provenance.is_some()) {
            self.made_type(made);
        }
        for relation in catalog.relations.iter() {
            let is_own = relation.provenance.is_some();
            if is_own && relation.persistence != Persistence::Temporary {
                self.relation(relation);
            }
        }
        for made in catalog.routines.iter().filter(|it| it.provenance.is_some()) {
            self.routine(made);
        }
        for trigger in catalog.triggers.iter() {
            self.trigger(trigger);
        }
        for policy in catalog.policies.iter() {
            self.policy(policy);
        }
        for rule in catalog.rules.iter() {
            self.rule(rule);
        }
    }

    fn add(
        &mut self,
        object: String,
        aspects: impl IntoIterator<Item = (&'static str, Option<String>)>,
    ) {
        let aspects = aspects.into_iter();
        let aspects = aspects.filter_map(|(name, value)| Some((name, value?)));
        self.found.insert(object, aspects.collect());
    }

    fn name_of(&self, relation: Oid) -> String {
        let relation = self.catalog.relation(relation);
        relation.map_or_else(String::new, |it| self.catalog.relation_text(it))
    }

    fn expression(
        &self,
        expression: Option<&Arc<tree::Expr>>,
        relation: Option<Oid>,
    ) -> Option<String> {
        expression.map(|it| print::expression(self.catalog, it, relation))
    }

    /// Nothing for types that come with tables and arrays.
    fn made_type(&mut self, made: &super::Type) {
        let catalog = self.catalog;
        let typing = Typing::new(catalog);
        let name = catalog.qualified_unless(false, made.object.namespace, &made.object.name);
        match (&made.more, made.object.kind) {
            (TypeDetails::Enum(labels), _) => {
                let labels: Vec<&str> = labels.iter().map(|label| &*label.label).collect();
                let labels = Some(labels.join(", "));
                self.add(format!("enum `{name}`"), [("the values", labels)]);
            }
            (TypeDetails::Domain(domain), TypeKind::Domain { base }) => {
                let aspects = [
                    ("the type", Some(typing.format(base.oid, base.typmod))),
                    ("the constraint", domain.not_null.then(|| "NOT NULL".into())),
                    (
                        "the default",
                        self.expression(domain.default.as_ref(), None),
                    ),
                ];
                self.add(format!("domain `{name}`"), aspects);
                self.constraints(made.object.oid, &format!("domain `{name}`"));
            }
            (TypeDetails::Range(_), TypeKind::Range { subtype, .. }) => {
                let subtype = Some(typing.name(subtype));
                self.add(format!("range type `{name}`"), [("the subtype", subtype)]);
            }
            _ => {}
        }
    }

    fn constraints(&mut self, of: Oid, owner: &str) {
        for constraint in self.catalog.constraints.inside(Some(of)) {
            let definition = print::constraint_definition(self.catalog, constraint);
            let object = format!("constraint `{}` of {owner}", constraint.name);
            self.add(object, [("the definition", definition)]);
        }
    }

    fn relation(&mut self, relation: &Relation) {
        let object = format!(
            "{} `{}`",
            relation.kind.noun(),
            self.catalog.relation_text(relation)
        );
        let parents: Vec<String> = relation
            .parents
            .iter()
            .map(|it| self.name_of(*it))
            .collect();
        let bound = relation.bound.as_ref();
        let options = relation.options.iter();
        let options: Vec<String> = options
            .map(|it| format!("{} = {}", it.name, it.value))
            .collect();
        let security = match (relation.row_security.enabled, relation.row_security.forced) {
            (false, false) => None,
            (true, false) => Some("ENABLE"),
            (false, true) => Some("FORCE"),
            (true, true) => Some("ENABLE, FORCE"),
        };
        let unlogged = relation.persistence == Persistence::Unlogged;
        let mut aspects = vec![
            ("the parents", listed(&parents)),
            (
                "the bound",
                bound.map(|it| print::partition_bound(self.catalog, it)),
            ),
            ("the options", listed(&options)),
            ("row level security", security.map(Into::into)),
            ("the mark", unlogged.then(|| "UNLOGGED".into())),
            (
                "the replica identity",
                self.replica_identity(relation.replica_identity),
            ),
        ];
        aspects.extend(self.of_kind(relation));
        self.add(object.clone(), aspects);
        if relation.index().is_some() || relation.sequence().is_some() {
            return;
        }
        for column in relation.live_columns() {
            self.column(column, relation.oid, &object);
        }
        self.constraints(relation.oid, &object);
    }

    fn of_kind(&self, relation: &Relation) -> Vec<(&'static str, Option<String>)> {
        let catalog = self.catalog;
        match &relation.kind {
            RelationKind::Index(index) | RelationKind::PartitionedIndex(index) => {
                let invalid = (!index.valid).then(|| "INVALID".into());
                let definition = print::index_definition(catalog, relation.oid);
                vec![("the definition", definition), ("the state", invalid)]
            }
            RelationKind::Sequence(sequence) => numbers(catalog, sequence),
            RelationKind::View(view) | RelationKind::MaterializedView(view) => {
                let query = view.query.as_ref();
                let query = query.map(|it| print::view_definition(catalog, it, &[]));
                let check = view.check.map(|check| match check {
                    ViewCheck::Local => "LOCAL",
                    ViewCheck::Cascaded => "CASCADED",
                });
                vec![
                    ("the query", query),
                    ("the check option", check.map(Into::into)),
                ]
            }
            RelationKind::Partitioned(key) => {
                let key = print::partition_key_definition(catalog, relation.oid, key);
                vec![("the partition key", Some(key))]
            }
            RelationKind::Foreign(foreign) => {
                let options = foreign.options.iter();
                let options: Vec<String> = options
                    .map(|(name, value)| format!("{name} {value}"))
                    .collect();
                vec![("the foreign options", listed(&options))]
            }
            RelationKind::Table | RelationKind::Composite => Vec::new(),
        }
    }

    fn replica_identity(&self, identity: ReplicaIdentity) -> Option<String> {
        match identity {
            ReplicaIdentity::Default => None,
            ReplicaIdentity::Nothing => Some("NOTHING".into()),
            ReplicaIdentity::Full => Some("FULL".into()),
            ReplicaIdentity::Index(index) => Some(format!("INDEX {}", self.name_of(index))),
        }
    }

    fn column(&mut self, column: &Column, relation: Oid, owner: &str) {
        let typed = Typing::new(self.catalog).format(column.typed.oid, column.typed.typmod);
        let value = self.expression(column.default.as_ref(), Some(relation));
        let (default, generated) = match column.generated {
            None => (value, None),
            Some(_) => (None, value),
        };
        let identity = column.identity.map(|identity| match identity {
            Identity::Always => "ALWAYS",
            Identity::ByDefault => "BY DEFAULT",
        });
        let options = column.options.iter();
        let options: Vec<String> = options
            .map(|(name, value)| format!("{name} = {value}"))
            .collect();
        let aspects = [
            ("the type", Some(typed)),
            ("the constraint", column.not_null.then(|| "NOT NULL".into())),
            ("the default", default),
            ("the expression", generated),
            ("the identity", identity.map(Into::into)),
            (
                "the compression",
                column.compression.as_ref().map(ToString::to_string),
            ),
            (
                "the statistics target",
                column.statistics.map(|it| it.to_string()),
            ),
            ("the options", listed(&options)),
        ];
        self.add(format!("column `{}` of {owner}", column.name), aspects);
    }

    fn routine(&mut self, routine: &Routine) {
        let catalog = self.catalog;
        let function = &routine.object;
        let more = &routine.more;
        let body = more.body.as_deref().map(|body| match body {
            RoutineBody::Text(body) => body.text.to_string(),
            RoutineBody::Parsed(queries) => {
                let queries = queries.iter();
                let queries: Vec<String> = queries
                    .map(|it| print::view_definition(catalog, it, &[]))
                    .collect();
                queries.join(";\n")
            }
        });
        let volatility = match function.volatility {
            Volatility::Volatile => None,
            Volatility::Stable => Some("STABLE"),
            Volatility::Immutable => Some("IMMUTABLE"),
        };
        let marks = [
            (function.strict, "STRICT"),
            (more.security_definer, "SECURITY DEFINER"),
            (more.leakproof, "LEAKPROOF"),
        ];
        let marks: Vec<String> = marks
            .into_iter()
            .filter(|(is_set, _)| *is_set)
            .map(|(_, word)| word.to_owned())
            .collect();
        let settings = more.settings.iter();
        let settings: Vec<String> = settings
            .map(|(name, value)| format!("{name} = {value}"))
            .collect();
        let aspects = [
            ("the parameters", Some(print::arguments(catalog, routine))),
            ("the result", print::routine_result(catalog, function)),
            ("the body", body),
            ("the volatility", volatility.map(Into::into)),
            ("the marks", listed(&marks)),
            ("the settings", listed(&settings)),
        ];
        let name = catalog.signature_text(function.oid);
        self.add(format!("routine `{name}`"), aspects);
    }

    fn trigger(&mut self, trigger: &Trigger) {
        let table = self.name_of(trigger.table);
        let aspects = [
            (
                "the definition",
                print::trigger_definition(self.catalog, trigger),
            ),
            ("the state", state(trigger.enabled)),
        ];
        self.add(format!("trigger `{}` of `{table}`", trigger.name), aspects);
    }

    fn policy(&mut self, policy: &Policy) {
        let table = Some(policy.table);
        let command = match policy.command {
            PolicyCommand::All => None,
            PolicyCommand::Select => Some("SELECT"),
            PolicyCommand::Insert => Some("INSERT"),
            PolicyCommand::Update => Some("UPDATE"),
            PolicyCommand::Delete => Some("DELETE"),
        };
        let roles = policy.roles.iter().map(|role| match role {
            Some(role) => {
                let role = self.catalog.roles.get(*role);
                role.map_or_else(String::new, |it| it.name.to_string())
            }
            None => "PUBLIC".to_owned(),
        });
        let roles: Vec<String> = roles.collect();
        let aspects = [
            ("the command", command.map(Into::into)),
            ("the roles", listed(&roles)),
            ("USING", self.expression(policy.using.as_ref(), table)),
            ("WITH CHECK", self.expression(policy.check.as_ref(), table)),
            (
                "the mark",
                (!policy.permissive).then(|| "RESTRICTIVE".into()),
            ),
        ];
        let table = self.name_of(policy.table);
        self.add(format!("policy `{}` of `{table}`", policy.name), aspects);
    }

    fn rule(&mut self, rule: &Rule) {
        let event = match rule.event {
            RuleEvent::Select => "SELECT",
            RuleEvent::Insert => "INSERT",
            RuleEvent::Update => "UPDATE",
            RuleEvent::Delete => "DELETE",
        };
        // What a rule does is not printed.
        let aspects = [
            ("the event", Some(event.to_owned())),
            ("the mark", rule.instead.then(|| "INSTEAD".into())),
            ("the state", state(rule.enabled)),
        ];
        let table = self.name_of(rule.table);
        self.add(format!("rule `{}` of `{table}`", rule.name), aspects);
    }
}

fn listed(parts: &[String]) -> Option<String> {
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn state(enabled: Enabled) -> Option<String> {
    match enabled {
        Enabled::Origin => None,
        Enabled::Always => Some("ENABLE ALWAYS".into()),
        Enabled::Replica => Some("ENABLE REPLICA".into()),
        Enabled::Disabled => Some("DISABLE".into()),
    }
}

fn numbers(catalog: &Catalog, sequence: &Sequence) -> Vec<(&'static str, Option<String>)> {
    vec![
        (
            "the type",
            Some(Typing::new(catalog).name(sequence.type_oid)),
        ),
        ("the start", Some(sequence.start.to_string())),
        ("the increment", Some(sequence.increment.to_string())),
        ("the minimum", Some(sequence.minimum.to_string())),
        ("the maximum", Some(sequence.maximum.to_string())),
        ("the cache", Some(sequence.cache.to_string())),
        ("the mark", sequence.cycle.then(|| "CYCLE".into())),
    ]
}
