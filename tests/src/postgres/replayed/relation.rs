//! Tables, views, sequences, and what belongs to them.

use super::quote_name;
use super::{Describer, when, words};
use crate::postgres::describe::Part;
use tablature_schema::postgres::catalog::{
    Address, BoundDatum, Class, Column, ConstraintKind, Dependency, Enabled, Generated, Identity,
    Index, IndexTerm, PartitionBound, PartitionKey, PartitionStrategy, Persistence, Policy,
    PolicyCommand, Relation, RelationKind, ReplicaIdentity, Rule, RuleEvent, Sequence, Trigger,
    TriggerEvent, TriggerTime,
};
use tablature_schema::postgres::print;
use tablature_schema::postgres::tree::Expr;

impl Describer<'_> {
    pub(super) fn relations(&mut self) {
        for relation in self.catalog.relations.iter() {
            if relation.persistence == Persistence::Temporary
                || self.is_brought(Class::Relation, relation.oid)
            {
                continue;
            }
            let Some(name) = self.name_in(relation.namespace, &relation.name) else {
                continue;
            };
            let kind = match &relation.kind {
                RelationKind::Table | RelationKind::Partitioned(_) => "table",
                RelationKind::Foreign(_) => "foreign table",
                RelationKind::View(_) => "view",
                RelationKind::MaterializedView(_) => "materialized view",
                RelationKind::Sequence(_) => "sequence",
                RelationKind::Composite => "type",
                RelationKind::Index(_) | RelationKind::PartitionedIndex(_) => continue,
            };
            self.relation(&format!("{kind} {name}"), relation);
        }
    }

    fn relation(&mut self, object: &str, relation: &Relation) {
        let address = Address::relation(relation.oid);
        match &relation.kind {
            RelationKind::Sequence(sequence) => {
                let line = self.sequence(relation, sequence);
                self.fact(object, Part::Head, 0, line);
                self.comment_fact(object, address);
                return;
            }
            RelationKind::Composite => {
                if let Some(row) = relation.row_type {
                    self.comment_fact(object, Address::new(Class::Type, row));
                }
            }
            _ => {}
        }
        let head = self.head(relation);
        self.fact(object, Part::Head, 0, head);
        self.comment_fact(object, address);
        for column in relation.live_columns() {
            let line = self.column(relation, column);
            let position = u32::try_from(column.number).unwrap_or_default();
            self.fact(object, Part::Members, position, line);
            let comment = self.comment(Address::column(relation.oid, column.number));
            if let Some(comment) = comment {
                let line = format!("column {} {comment}", quote_name(&column.name));
                self.fact(object, Part::Members, position, line);
            }
        }
        self.constraints(object, relation);
        self.indexes(object, relation);
        let catalog = self.catalog;
        for trigger in catalog.triggers.inside(Some(relation.oid)) {
            let line = words([
                Some(format!("trigger {}", self.trigger(trigger))),
                enabled(trigger.enabled),
                self.comment(Address::new(Class::Trigger, trigger.oid)),
            ]);
            self.fact(object, Part::Triggers, 0, line);
        }
        for rule in catalog.rules.inside(Some(relation.oid)) {
            let line = self.rule(rule);
            self.fact(object, Part::Rules, 0, line);
        }
        for policy in catalog.policies.inside(Some(relation.oid)) {
            let line = self.policy(policy);
            self.fact(object, Part::Policies, 0, line);
        }
    }

    fn head(&self, relation: &Relation) -> String {
        let parents = || -> String {
            let parents = relation.parents.iter();
            let parents: Vec<String> = parents.map(|it| self.relation_name(*it)).collect();
            parents.join(", ")
        };
        let is_partition = relation.bound.is_some();
        let populated = match &relation.kind {
            RelationKind::MaterializedView(view) => view.populated,
            _ => true,
        };
        let mut options: Vec<String> = relation
            .options
            .iter()
            .filter(|option| !option.name.starts_with("toast."))
            .map(|option| format!("{}={}", option.name, option.value))
            .collect();
        options.sort();
        words([
            when(
                matches!(relation.kind, RelationKind::Composite),
                "composite",
            ),
            when(relation.persistence == Persistence::Unlogged, "unlogged"),
            relation
                .of_type
                .map(|oid| format!("of {}", self.type_name(oid))),
            relation
                .partition_key()
                .map(|key| format!("partition by {}", self.partition_key(relation, key))),
            relation
                .bound
                .as_ref()
                .map(|bound| format!("partition of {} {}", parents(), self.bound(bound, relation))),
            (!is_partition && !relation.parents.is_empty())
                .then(|| format!("inherits {}", parents())),
            when(relation.row_security.enabled, "row security"),
            when(relation.row_security.forced, "force row security"),
            match relation.replica_identity {
                ReplicaIdentity::Full => when(true, "replica identity full"),
                ReplicaIdentity::Nothing => when(true, "replica identity nothing"),
                ReplicaIdentity::Default | ReplicaIdentity::Index(_) => None,
            },
            when(!populated, "with no data"),
            (!options.is_empty()).then(|| format!("with ({})", options.join(", "))),
        ])
    }

    fn column(&self, relation: &Relation, column: &Column) -> String {
        let of_type = self
            .catalog
            .type_of(column.typed.oid)
            .and_then(|found| found.collation);
        let default = column.default.as_ref().map(|default| {
            let word = match column.generated {
                Some(Generated::Stored | Generated::Virtual) => "generated",
                None => "default",
            };
            format!("{word} {}", self.expression(default, Some(relation.oid)))
        });
        words([
            Some(format!("column {}", quote_name(&column.name))),
            Some(self.value_type(column.typed)),
            when(column.not_null, "not null"),
            column.identity.map(|identity| match identity {
                Identity::Always => "identity always".to_owned(),
                Identity::ByDefault => "identity by default".to_owned(),
            }),
            default,
            column
                .typed
                .collation
                .filter(|own| of_type != Some(*own))
                .map(|own| format!("collate {}", self.collation(own))),
            (column.inherited > 0).then(|| inherited(column.local)),
        ])
    }

    fn constraints(&mut self, object: &str, relation: &Relation) {
        let catalog = self.catalog;
        for constraint in catalog.constraints.inside(Some(relation.oid)) {
            if matches!(
                constraint.kind,
                ConstraintKind::Trigger | ConstraintKind::NotNull { .. }
            ) {
                continue;
            }
            let line = words([
                Some(format!("constraint {}", quote_name(&constraint.name))),
                Some(print::constraint_definition(catalog, constraint).unwrap_or_default()),
                (constraint.inherited > 0).then(|| inherited(constraint.local)),
                self.comment(Address::new(Class::Constraint, constraint.oid)),
            ]);
            self.fact(object, Part::Constraints, 0, line);
        }
    }

    fn indexes(&mut self, object: &str, relation: &Relation) {
        for oid in &relation.indexes {
            let found = self.catalog.relation(*oid);
            let Some(index) = found.and_then(Relation::index) else {
                self.fact(object, Part::Indexes, 0, "index ?".to_owned());
                continue;
            };
            let Index {
                valid, clustered, ..
            } = index;
            let is_identity = relation.replica_identity == ReplicaIdentity::Index(*oid);
            let line = words([
                Some("index".to_owned()),
                print::index_definition(self.catalog, *oid),
                when(!valid, "invalid"),
                when(*clustered, "clustered"),
                when(is_identity, "replica identity"),
                self.comment(Address::relation(*oid)),
            ]);
            self.fact(object, Part::Indexes, 0, line);
        }
    }

    /// As `pg_get_triggerdef` prints it.
    fn trigger(&self, trigger: &Trigger) -> String {
        let table = self.catalog.relation(trigger.table);
        let events: Vec<String> = [
            (TriggerEvent::Insert, "INSERT"),
            (TriggerEvent::Delete, "DELETE"),
            (TriggerEvent::Update, "UPDATE"),
            (TriggerEvent::Truncate, "TRUNCATE"),
        ]
        .into_iter()
        .filter(|(event, _)| trigger.events.contains(event))
        .map(|(event, word)| {
            let columns: Vec<String> = trigger
                .columns
                .iter()
                .filter_map(|number| table?.column_at(*number))
                .map(|column| quote_name(&column.name))
                .collect();
            match event == TriggerEvent::Update && !columns.is_empty() {
                true => format!("{word} OF {}", columns.join(", ")),
                false => word.to_owned(),
            }
        })
        .collect();
        let transitions: Vec<String> = [("OLD", &trigger.old_table), ("NEW", &trigger.new_table)]
            .into_iter()
            .filter_map(|(word, name)| Some((word, name.as_ref()?)))
            .map(|(word, name)| format!("{word} TABLE AS {}", quote_name(name)))
            .collect();
        let timing = trigger.timing;
        let arguments: Vec<String> = trigger
            .arguments
            .iter()
            .map(|argument| format!("'{}'", argument.replace('\'', "''")))
            .collect();
        words([
            Some("CREATE".to_owned()),
            when(trigger.constraint.is_some(), "CONSTRAINT"),
            Some(format!("TRIGGER {}", quote_name(&trigger.name))),
            Some(
                match trigger.time {
                    TriggerTime::Before => "BEFORE",
                    TriggerTime::After => "AFTER",
                    TriggerTime::InsteadOf => "INSTEAD OF",
                }
                .to_owned(),
            ),
            Some(events.join(" OR ")),
            table.map(|table| {
                let name = self.name_in(table.namespace, &table.name);
                format!("ON {}", name.unwrap_or_default())
            }),
            trigger
                .referenced
                .map(|oid| format!("FROM {}", self.relation_name(oid))),
            trigger.constraint.map(|_| {
                match (timing.deferrable, timing.deferred) {
                    (false, _) => "NOT DEFERRABLE INITIALLY IMMEDIATE",
                    (true, true) => "DEFERRABLE INITIALLY DEFERRED",
                    (true, false) => "DEFERRABLE INITIALLY IMMEDIATE",
                }
                .to_owned()
            }),
            (!transitions.is_empty()).then(|| format!("REFERENCING {}", transitions.join(" "))),
            Some(match trigger.for_each_row {
                true => "FOR EACH ROW".to_owned(),
                false => "FOR EACH STATEMENT".to_owned(),
            }),
            trigger.condition.as_ref().map(|condition| {
                format!(
                    "WHEN ({})",
                    print::trigger_condition(self.catalog, condition, trigger.table)
                )
            }),
            Some(format!(
                "EXECUTE FUNCTION {}({})",
                self.function_name(trigger.function),
                arguments.join(", ")
            )),
        ])
    }

    fn rule(&self, rule: &Rule) -> String {
        words([
            Some(format!("rule {} on", quote_name(&rule.name))),
            Some(
                match rule.event {
                    RuleEvent::Select => "select",
                    RuleEvent::Insert => "insert",
                    RuleEvent::Update => "update",
                    RuleEvent::Delete => "delete",
                }
                .to_owned(),
            ),
            when(rule.instead, "instead"),
            enabled(rule.enabled),
            self.comment(Address::new(Class::Rule, rule.oid)),
        ])
    }

    fn policy(&self, policy: &Policy) -> String {
        let mut roles: Vec<String> = policy
            .roles
            .iter()
            .map(|role| role.map_or_else(|| "public".to_owned(), |role| self.role(role)))
            .collect();
        roles.sort();
        let condition = |word: &str, condition: &Option<std::sync::Arc<Expr>>| {
            let condition = condition.as_ref()?;
            let text = self.expression(condition, Some(policy.table));
            Some(format!("{word} ({text})"))
        };
        words([
            Some(format!("policy {}", quote_name(&policy.name))),
            when(!policy.permissive, "restrictive"),
            Some(
                match policy.command {
                    PolicyCommand::All => "for all to",
                    PolicyCommand::Select => "for select to",
                    PolicyCommand::Insert => "for insert to",
                    PolicyCommand::Update => "for update to",
                    PolicyCommand::Delete => "for delete to",
                }
                .to_owned(),
            ),
            Some(roles.join(", ")),
            condition("using", &policy.using),
            condition("with check", &policy.check),
            self.comment(Address::new(Class::Policy, policy.oid)),
        ])
    }

    fn sequence(&self, relation: &Relation, sequence: &Sequence) -> String {
        let owner = self
            .catalog
            .dependencies
            .of(Address::relation(relation.oid))
            .find_map(|(_, on, kind)| {
                let word = match kind {
                    Dependency::Internal => "identity of",
                    Dependency::Auto => "owned by",
                    _ => return None,
                };
                let table = self.catalog.relation(on.oid).filter(|_| on.part > 0)?;
                let column = table.column_at(on.part)?;
                let table = self.catalog.relation_text(table);
                Some(format!("{word} {table}.{}", quote_name(&column.name)))
            });
        words([
            Some(format!(
                "as {} start {} increment {} from {} to {} cache {}",
                self.type_name(sequence.type_oid),
                sequence.start,
                sequence.increment,
                sequence.minimum,
                sequence.maximum,
                sequence.cache
            )),
            when(sequence.cycle, "cycle"),
            owner,
        ])
    }

    /// As `pg_get_partkeydef` prints it.
    fn partition_key(&self, relation: &Relation, key: &PartitionKey) -> String {
        use tablature_schema::postgres::types::Objects;
        let strategy = match key.strategy {
            PartitionStrategy::List => "LIST",
            PartitionStrategy::Range => "RANGE",
            PartitionStrategy::Hash => "HASH",
        };
        let terms: Vec<String> = key
            .terms
            .iter()
            .map(|term| {
                let text = match &term.term {
                    IndexTerm::Column(number) => relation
                        .column_at(*number)
                        .map(|column| quote_name(&column.name))
                        .unwrap_or_default(),
                    IndexTerm::Expression(expression) => {
                        let text = self.expression(expression, Some(relation.oid));
                        match **expression {
                            Expr::Function(_) => text,
                            _ => format!("({text})"),
                        }
                    }
                };
                let of_type = self
                    .catalog
                    .type_of(term.typed.oid)
                    .and_then(|found| found.collation);
                let collation = term.typed.collation.filter(|own| of_type != Some(*own));
                let class = self.catalog.operator_class(term.class);
                words([
                    Some(text),
                    collation.map(|own| format!("COLLATE {}", self.collation(own))),
                    class
                        .filter(|class| !class.is_default)
                        .map(|class| quote_name(&class.name)),
                ])
            })
            .collect();
        format!("{strategy} ({})", terms.join(", "))
    }

    /// As `pg_get_expr` prints it.
    fn bound(&self, bound: &PartitionBound, relation: &Relation) -> String {
        // Constants are printed without their type.
        let value = |expression: &Expr| -> String {
            let text = self.expression(expression, Some(relation.oid));
            let end = text.rfind('\'').unwrap_or_default();
            match text.get(end..).and_then(|rest| rest.find("::")) {
                Some(at) => text.get(..end + at).unwrap_or_default().to_owned(),
                None => text,
            }
        };
        let datum = |datum: &BoundDatum| match datum {
            BoundDatum::Minimum => "MINVALUE".to_owned(),
            BoundDatum::Maximum => "MAXVALUE".to_owned(),
            BoundDatum::Value(expression) => value(expression),
        };
        let data = |data: &[BoundDatum]| -> String {
            let data: Vec<String> = data.iter().map(datum).collect();
            data.join(", ")
        };
        match bound {
            PartitionBound::Default => "DEFAULT".to_owned(),
            PartitionBound::List(values) => {
                let values: Vec<String> = values.iter().map(|it| value(it)).collect();
                format!("FOR VALUES IN ({})", values.join(", "))
            }
            PartitionBound::Range { from, to } => {
                format!("FOR VALUES FROM ({}) TO ({})", data(from), data(to))
            }
            PartitionBound::Hash { modulus, remainder } => {
                format!("FOR VALUES WITH (modulus {modulus}, remainder {remainder})")
            }
        }
    }
}

fn inherited(local: bool) -> String {
    match local {
        true => "inherited and local".to_owned(),
        false => "inherited".to_owned(),
    }
}

fn enabled(enabled: Enabled) -> Option<String> {
    match enabled {
        Enabled::Origin => None,
        Enabled::Always => when(true, "always"),
        Enabled::Replica => when(true, "on replicas"),
        Enabled::Disabled => when(true, "disabled"),
    }
}
