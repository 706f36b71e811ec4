//! What belongs to a table: triggers, rules, policies, statistics; and publications.

use super::Script;
use crate::postgres::catalog::{
    Enabled, IndexTerm, PolicyCommand, Relation, RuleEvent, Statistics,
};
use crate::postgres::print;
use crate::postgres::types::Oid;

impl Script<'_> {
    pub(super) fn trigger(&mut self, oid: Oid) {
        let catalog = self.catalog;
        let Some(trigger) = catalog.triggers.get(oid) else {
            return;
        };
        if let Some(definition) = print::trigger_definition(catalog, trigger) {
            self.push(definition);
        }
        if let Some(word) = enabled(trigger.enabled) {
            let table = self.relation_name(trigger.table);
            let name = self.name(&trigger.name);
            self.push(format!("ALTER TABLE {table} {word} TRIGGER {name}"));
        }
    }

    pub(super) fn rule(&mut self, oid: Oid) {
        let Some(rule) = self.catalog.rules.get(oid) else {
            return;
        };
        match rule.actions.is_empty() && rule.condition.is_none() && rule.instead {
            true => {
                let event = match rule.event {
                    RuleEvent::Select => "SELECT",
                    RuleEvent::Insert => "INSERT",
                    RuleEvent::Update => "UPDATE",
                    RuleEvent::Delete => "DELETE",
                };
                let name = self.name(&rule.name);
                let table = self.relation_name(rule.table);
                self.push(format!(
                    "CREATE RULE {name} AS ON {event} TO {table} DO INSTEAD NOTHING"
                ));
            }
            // What it does is not printed yet.
            false => self.as_written(rule.provenance.as_ref()),
        }
        if let Some(word) = enabled(rule.enabled) {
            let table = self.relation_name(rule.table);
            let name = self.name(&rule.name);
            self.push(format!("ALTER TABLE {table} {word} RULE {name}"));
        }
    }

    pub(super) fn policy(&mut self, oid: Oid) {
        let catalog = self.catalog;
        let Some(policy) = catalog.policies.get(oid) else {
            return;
        };
        let mut words = format!(
            "CREATE POLICY {} ON {}",
            self.name(&policy.name),
            self.relation_name(policy.table)
        );
        if !policy.permissive {
            words.push_str(" AS RESTRICTIVE");
        }
        words.push_str(match policy.command {
            PolicyCommand::All => "",
            PolicyCommand::Select => " FOR SELECT",
            PolicyCommand::Insert => " FOR INSERT",
            PolicyCommand::Update => " FOR UPDATE",
            PolicyCommand::Delete => " FOR DELETE",
        });
        let roles = policy.roles.iter().flatten();
        let roles = roles.filter_map(|role| catalog.roles.get(*role));
        let roles = self.names(roles.map(|it| &*it.name));
        if !roles.is_empty() && policy.roles.iter().all(Option::is_some) {
            words.push_str(&format!(" TO {roles}"));
        }
        for (word, condition) in [("USING", &policy.using), ("WITH CHECK", &policy.check)] {
            if let Some(condition) = condition {
                let condition = self.expression(condition, policy.table);
                words.push_str(&format!(" {word} ({condition})"));
            }
        }
        self.push(words);
    }

    pub(super) fn extended_statistics(&mut self, oid: Oid) {
        let Some(statistics) = self.catalog.statistics.get(oid) else {
            return;
        };
        let Some(table) = self.catalog.relation(statistics.table) else {
            return;
        };
        let name = self.in_schema(statistics.namespace, &statistics.name);
        let terms = self.statistics_terms(statistics, table);
        // Those of a single expression have no kinds.
        let kinds: Vec<&str> = statistics
            .kinds
            .iter()
            .filter_map(|kind| match kind {
                b'd' => Some("ndistinct"),
                b'f' => Some("dependencies"),
                b'm' => Some("mcv"),
                _ => None,
            })
            .collect();
        let kinds = match kinds.is_empty() {
            true => String::new(),
            false => format!(" ({})", kinds.join(", ")),
        };
        let table = self.relation_name(table.oid);
        self.push(format!(
            "CREATE STATISTICS {name}{kinds} ON {} FROM {table}",
            terms.join(", ")
        ));
    }

    fn statistics_terms(&self, statistics: &Statistics, table: &Relation) -> Vec<String> {
        let columns = statistics.columns.iter().copied().map(IndexTerm::Column);
        let expressions = statistics.expressions.iter().cloned();
        let terms = columns.chain(expressions.map(IndexTerm::Expression));
        terms
            .map(|term| match term {
                IndexTerm::Column(number) => {
                    let column = table.column_at(number);
                    self.name(column.map_or("", |it| &it.name))
                }
                IndexTerm::Expression(expression) => {
                    format!("({})", self.expression(&expression, table.oid))
                }
            })
            .collect()
    }

    pub(super) fn publication(&mut self, oid: Oid) {
        let catalog = self.catalog;
        let Some(publication) = catalog.publications.get(oid) else {
            return;
        };
        let mut members: Vec<String> = Vec::new();
        for published in &publication.tables {
            let Some(table) = catalog.relation(published.table) else {
                continue;
            };
            let columns = published.columns.iter();
            let columns = columns.filter_map(|it| table.column_at(*it));
            let columns = self.names(columns.map(|it| &*it.name));
            let mut member = format!("TABLE ONLY {}", self.relation_name(table.oid));
            if !columns.is_empty() {
                member.push_str(&format!(" ({columns})"));
            }
            if let Some(condition) = &published.condition {
                let condition = self.expression(condition, table.oid);
                member.push_str(&format!(" WHERE ({condition})"));
            }
            members.push(member);
        }
        let schemas = publication.namespaces.iter();
        let schemas = schemas.filter_map(|it| catalog.namespace_name(*it));
        members.extend(schemas.map(|it| format!("TABLES IN SCHEMA {}", self.name(it))));
        let what = match (publication.all_tables, members.is_empty()) {
            (true, _) => " FOR ALL TABLES".to_owned(),
            (false, true) => String::new(),
            (false, false) => format!(" FOR {}", members.join(", ")),
        };
        let verbs = ["insert", "update", "delete", "truncate"];
        let sent = verbs.iter().zip(publication.publishes);
        let sent: Vec<&str> = sent.filter(|it| it.1).map(|it| *it.0).collect();
        let with = match sent.len() == verbs.len() {
            true => String::new(),
            false => format!(" WITH (publish = '{}')", sent.join(", ")),
        };
        let name = self.name(&publication.name);
        self.push(format!("CREATE PUBLICATION {name}{what}{with}"));
    }
}

fn enabled(enabled: Enabled) -> Option<&'static str> {
    match enabled {
        Enabled::Origin => None,
        Enabled::Always => Some("ENABLE ALWAYS"),
        Enabled::Replica => Some("ENABLE REPLICA"),
        Enabled::Disabled => Some("DISABLE"),
    }
}
