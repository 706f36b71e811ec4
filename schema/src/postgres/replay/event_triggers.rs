//! Event triggers.

use super::Replay;
use crate::errors::postgres::{objects as object_errors, triggers as errors};
use crate::postgres::ast::{AlterEventTrigger, CreateEventTrigger, GlobalWord};

use crate::postgres::catalog::{Address, Class, Dependency};

use crate::postgres::types::well_known;

/// Events of event triggers, and whether they can be filtered by tag; with the version that brought them.
const EVENTS: [(&str, u16); 5] = [
    ("ddl_command_start", 9),
    ("ddl_command_end", 9),
    ("sql_drop", 9),
    ("table_rewrite", 9),
    ("login", 17),
];

impl Replay {
    pub(super) fn create_event_trigger(&mut self, create: &CreateEventTrigger) {
        let name = &create.name;
        let version = self.catalog.version;
        let event = &*create.event.name;
        let mut known = EVENTS.iter();
        if !known.any(|(it, since)| *it == event && *since <= version) {
            return self.report(errors::unknown_event(
                &create.event,
                EVENTS.map(|(it, _)| it),
            ));
        }
        if !self.check_filters(create) {
            return;
        }
        let all = self.catalog.plain.all_named(None, &name.name);
        if let Some(taken) = all.into_iter().find(|it| it.class == Class::EventTrigger) {
            let declared = self.declared(Address::new(Class::EventTrigger, taken.oid));
            let noun = "event trigger";
            let diagnostic = object_errors::exists(noun, &name.name, name.span, declared);
            return self.report(diagnostic);
        }
        let result = well_known::EVENT_TRIGGER;
        let Some(function) = self.trigger_function(&create.function, result, "event_trigger")
        else {
            return;
        };
        let oid = self.make_plain(Class::EventTrigger, name, None);
        let this = Address::new(Class::EventTrigger, oid);
        let function = Address::new(Class::Routine, function);
        self.catalog
            .dependencies
            .add(this, function, Dependency::Normal);
    }

    /// WHEN of an event trigger: `tag` alone, and tags of commands that fire it.
    fn check_filters(&mut self, create: &CreateEventTrigger) -> bool {
        let mut seen = false;
        for filter in &create.filters {
            let variable = &filter.variable;
            if &*variable.name != "tag" {
                let message = format!(
                    "`{}` is nothing that an event can be filtered by",
                    variable.name
                );
                return self.refuse_trigger(message, variable.span);
            }
            if seen {
                return self.refuse_trigger("`tag` is there twice", variable.span);
            }
            seen = true;
            for (value, span) in &filter.values {
                let tag = value.to_ascii_uppercase();
                let is_rewrite = &*create.event.name == "table_rewrite";
                let fires = match is_rewrite {
                    true => matches!(
                        tag.as_str(),
                        "ALTER TABLE" | "ALTER TYPE" | "ALTER MATERIALIZED VIEW"
                    ),
                    false => is_tag(&tag),
                };
                if !fires {
                    let message = format!("no event trigger fires for '{value}'");
                    return self.refuse_trigger(message, *span);
                }
            }
        }
        true
    }

    pub(super) fn alter_event_trigger(&mut self, alter: &AlterEventTrigger) {
        let found = self.search_global(GlobalWord::EventTrigger, &alter.name);
        self.settle(found);
    }
}

/// Whether a command fires event triggers: it begins with a verb of DDL and is not about what all databases share.
fn is_tag(tag: &str) -> bool {
    const ALONE: [&str; 8] = [
        "COMMENT",
        "GRANT",
        "REVOKE",
        "IMPORT FOREIGN SCHEMA",
        "REFRESH MATERIALIZED VIEW",
        "SECURITY LABEL",
        "SELECT INTO",
        "DROP OWNED",
    ];
    const KINDS: [&str; 36] = [
        "ACCESS METHOD",
        "AGGREGATE",
        "CAST",
        "COLLATION",
        "CONSTRAINT",
        "CONVERSION",
        "DEFAULT PRIVILEGES",
        "DOMAIN",
        "EXTENSION",
        "FOREIGN DATA WRAPPER",
        "FOREIGN TABLE",
        "FUNCTION",
        "INDEX",
        "LANGUAGE",
        "MATERIALIZED VIEW",
        "OPERATOR",
        "OPERATOR CLASS",
        "OPERATOR FAMILY",
        "POLICY",
        "PROCEDURE",
        "PUBLICATION",
        "ROUTINE",
        "RULE",
        "SCHEMA",
        "SEQUENCE",
        "SERVER",
        "STATISTICS",
        "SUBSCRIPTION",
        "TABLE",
        "TABLE AS",
        "TEXT SEARCH CONFIGURATION",
        "TEXT SEARCH DICTIONARY",
        "TRIGGER",
        "TYPE",
        "USER MAPPING",
        "VIEW",
    ];
    const MORE: [&str; 4] = [
        "TEXT SEARCH PARSER",
        "TEXT SEARCH TEMPLATE",
        "TRANSFORM",
        "LARGE OBJECT",
    ];
    if ALONE.contains(&tag) {
        return true;
    }
    let kind = ["CREATE ", "ALTER ", "DROP "]
        .iter()
        .find_map(|verb| tag.strip_prefix(verb));
    kind.is_some_and(|kind| KINDS.contains(&kind) || MORE.contains(&kind))
}
