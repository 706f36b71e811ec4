//! Triggers, policies and rules, of tables that are there on both sides.

use super::super::Property;
use super::{Comparison, or_none};
use tablature_model::postgres::{Policy, QualifiedName, Schema};

impl Comparison<'_> {
    pub(super) fn on_tables(&mut self) {
        let (expected, found) = (self.expected, self.found);
        let has = |schema: &Schema, name: &QualifiedName| {
            schema.tables.iter().any(|table| table.name == *name)
                || schema.views.iter().any(|view| view.name == *name)
        };
        let both = |name: &QualifiedName| has(expected, name) && has(found, name);
        let triggers = |schema: &Schema| {
            let mut triggers = schema.triggers.to_vec();
            triggers.retain(|trigger| both(&trigger.table));
            triggers
        };
        for (one, other) in self.both(&triggers(expected), &triggers(found)) {
            self.changed(
                one,
                Property::Definition,
                &one.definition,
                &other.definition,
            );
            self.changed(one, Property::Enabled, &one.enabled, &other.enabled);
        }
        let policies = |schema: &Schema| {
            let mut policies = schema.policies.to_vec();
            policies.retain(|policy| both(&policy.table));
            policies
        };
        for (one, other) in self.both(&policies(expected), &policies(found)) {
            let command = |it: &Policy| {
                let kind = if it.permissive {
                    "permissive"
                } else {
                    "restrictive"
                };
                let command = match &*it.command {
                    "r" => "SELECT",
                    "a" => "INSERT",
                    "w" => "UPDATE",
                    "d" => "DELETE",
                    _ => "ALL",
                };
                format!("{kind} for {command}")
            };
            self.changed(one, Property::Command, &command(one), &command(other));
            self.changed(
                one,
                Property::Roles,
                &one.roles.join(", "),
                &other.roles.join(", "),
            );
            let conditions =
                |it: &Policy| format!("using {} check {}", or_none(&it.using), or_none(&it.check));
            self.changed(
                one,
                Property::Conditions,
                &conditions(one),
                &conditions(other),
            );
        }
        let rules = |schema: &Schema| {
            let mut rules = schema.rules.to_vec();
            rules.retain(|rule| both(&rule.table));
            rules
        };
        for (one, other) in self.both(&rules(expected), &rules(found)) {
            self.changed(one, Property::Command, &one.event, &other.event);
        }
    }
}
