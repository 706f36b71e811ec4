//! CREATE TRIGGER.

use super::Replay;
use crate::catalog::Provenance;
use crate::diagnostic::Code;
use crate::errors::postgres::{objects as object_errors, triggers as errors};
use crate::postgres::ast::{self, CreateTrigger, QualifiedName};

use crate::postgres::catalog::{
    Address, Candidate, Class, Constraint, ConstraintKind, ConstraintOn, Dependency, Enabled,
    Relation, RelationKind, Timing, Trigger, TriggerEvent, TriggerTime,
};
use crate::postgres::replay::Wanted;
use crate::postgres::resolve::{Context, Place, Rows};
use crate::postgres::tree::{self, Visitor, walk_expression};
use crate::postgres::types::{Oid, well_known};
use crate::text::Span;
use std::sync::Arc;

impl Replay {
    pub(super) fn create_trigger(&mut self, create: &CreateTrigger) {
        let Some(table) = self.relation_named(&create.table, Wanted::Relation, false) else {
            return;
        };
        if !self.check_trigger(create, &table) {
            return;
        }
        let Some(columns) = self.trigger_columns(create, &table) else {
            return;
        };
        let referenced = match &create.referenced {
            Some(name) => match self.relation_named(name, Wanted::Relation, false) {
                Some(relation) => Some(relation.oid),
                None => return,
            },
            None => None,
        };
        let condition = match &create.condition {
            Some(condition) => match self.trigger_condition(create, &table, condition) {
                Some(condition) => Some(condition),
                None => return,
            },
            None => None,
        };
        let Some(function) =
            self.trigger_function(&create.function, well_known::TRIGGER, "trigger")
        else {
            return;
        };
        let Some(replaced) = self.name_of_trigger(create, &table) else {
            return;
        };
        let name: Arc<str> = Arc::clone(&create.name.name);
        let timing = Timing {
            deferrable: create.deferrable,
            deferred: create.deferred,
        };
        let oid = replaced.unwrap_or_else(|| self.catalog.next_oid());
        let constraint = create.constraint.then(|| self.catalog.next_oid());
        if let Some(constraint) = constraint {
            self.catalog.create_constraint(Constraint {
                oid: constraint,
                name: Arc::clone(&name),
                namespace: table.namespace,
                on: ConstraintOn::Table(table.oid),
                kind: ConstraintKind::Trigger,
                timing,
                validated: true,
                enforced: true,
                local: true,
                inherited: 0,
                no_inherit: true,
                parent: None,
                provenance: Some(Provenance::new(create.name.span)),
            });
        }
        let transition = |new: bool| {
            let mut all = create.transitions.iter();
            let found = all.find(|it| it.new == new);
            found.map(|it| Arc::clone(&it.name.name))
        };
        let trigger = Trigger {
            oid,
            name,
            table: table.oid,
            function,
            time: match create.time {
                ast::TriggerTime::Before => TriggerTime::Before,
                ast::TriggerTime::After => TriggerTime::After,
                ast::TriggerTime::InsteadOf => TriggerTime::InsteadOf,
            },
            for_each_row: create.for_each_row,
            events: create
                .events
                .iter()
                .map(|(event, _)| event_of(*event))
                .collect(),
            columns,
            condition,
            arguments: create.arguments.iter().map(|it| (**it).into()).collect(),
            old_table: transition(false),
            new_table: transition(true),
            constraint,
            referenced,
            timing,
            enabled: Enabled::Origin,
            parent: None,
            provenance: Some(Provenance::new(create.name.span)),
        };
        self.put_trigger(trigger.clone());
        if create.for_each_row {
            self.copy_trigger(&trigger, &table, create.name.span);
        }
    }

    /// Puts a trigger into the catalog, with what it depends on.
    pub(super) fn put_trigger(&mut self, trigger: Trigger) {
        let this = Address::new(Class::Trigger, trigger.oid);
        let table = Address::relation(trigger.table);
        let (normal, auto) = (Dependency::Normal, Dependency::Auto);
        self.catalog.dependencies.forget(this);
        let function = Address::new(Class::Routine, trigger.function);
        self.catalog.dependencies.add(this, function, normal);
        match (trigger.parent, trigger.constraint) {
            (Some(parent), _) => {
                let parent = Address::new(Class::Trigger, parent);
                let (primary, secondary) =
                    (Dependency::PartitionPrimary, Dependency::PartitionSecondary);
                self.catalog.dependencies.add(this, parent, primary);
                self.catalog.dependencies.add(this, table, secondary);
            }
            (None, _) => self.catalog.dependencies.add(this, table, auto),
        }
        if let Some(constraint) = trigger.constraint {
            let constraint = Address::new(Class::Constraint, constraint);
            self.catalog
                .dependencies
                .add(constraint, this, Dependency::Internal);
        }
        if let Some(referenced) = trigger.referenced {
            let referenced = Address::relation(referenced);
            self.catalog.dependencies.add(this, referenced, auto);
        }
        for column in &trigger.columns {
            let column = Address::column(trigger.table, *column);
            self.catalog.dependencies.add(this, column, normal);
        }
        if let Some(condition) = &trigger.condition {
            let relations = [trigger.table, trigger.table];
            for referenced in self.catalog.references_of(condition, &relations) {
                if referenced != table {
                    self.catalog.dependencies.add(this, referenced, normal);
                }
            }
        }
        self.catalog.triggers.put(trigger);
    }

    /// A trigger for each row of a partitioned table is on its partitions as well.
    pub(super) fn copy_trigger(&mut self, trigger: &Trigger, table: &Relation, span: Span) {
        if !matches!(table.kind, RelationKind::Partitioned(_)) {
            return;
        }
        for child in table.children.clone() {
            let Some(partition) = self.relation_of(child) else {
                continue;
            };
            if let Some(taken) = self.catalog.trigger_of(child, &trigger.name) {
                let declared = self.declared(Address::new(Class::Trigger, taken.oid));
                let diagnostic = errors::exists(&trigger.name, &partition.name, span, declared);
                self.report(diagnostic);
                continue;
            }
            let columns = trigger.columns.iter().filter_map(|number| {
                let name = &table.column_at(*number)?.name;
                partition.column(name).map(|it| it.number)
            });
            let copy = Trigger {
                oid: self.catalog.next_oid(),
                table: child,
                columns: columns.collect(),
                parent: Some(trigger.oid),
                constraint: None,
                ..trigger.clone()
            };
            self.put_trigger(copy.clone());
            self.copy_trigger(&copy, &partition, span);
        }
    }

    /// What a trigger can be on a table of the kind (`CreateTriggerFiringOn`).
    fn check_trigger(&mut self, create: &CreateTrigger, table: &Relation) -> bool {
        let span = create.table.span;
        if table.oid.is_builtin() {
            return self.refuse_trigger(format!("`{}` belongs to the system", table.name), span);
        }
        let declared = self.declared(Address::relation(table.oid));
        let is_truncate = create
            .events
            .iter()
            .any(|(event, _)| *event == ast::TriggerEvent::Truncate);
        let message = match &table.kind {
            RelationKind::Table if create.time == ast::TriggerTime::InsteadOf => {
                Some("a table cannot have INSTEAD OF triggers".to_owned())
            }
            RelationKind::Partitioned(_) if create.time == ast::TriggerTime::InsteadOf => {
                Some("a table cannot have INSTEAD OF triggers".to_owned())
            }
            RelationKind::Partitioned(_)
                if create.for_each_row && !create.transitions.is_empty() =>
            {
                Some(
                    "ROW triggers with transition tables are not supported on partitioned tables"
                        .to_owned(),
                )
            }
            RelationKind::Table | RelationKind::Partitioned(_) => None,
            RelationKind::View(_)
                if create.time != ast::TriggerTime::InsteadOf && create.for_each_row =>
            {
                Some("a view cannot have BEFORE or AFTER triggers for each row".to_owned())
            }
            RelationKind::View(_) if is_truncate => {
                Some("a view cannot have TRUNCATE triggers".to_owned())
            }
            RelationKind::View(_) if create.constraint => {
                Some("a view cannot have constraint triggers".to_owned())
            }
            RelationKind::View(_) => None,
            RelationKind::Foreign(_) if create.time == ast::TriggerTime::InsteadOf => {
                Some("a foreign table cannot have INSTEAD OF triggers".to_owned())
            }
            RelationKind::Foreign(_) if create.constraint => {
                Some("a foreign table cannot have constraint triggers".to_owned())
            }
            RelationKind::Foreign(_) => None,
            kind => Some(format!(
                "{} cannot have triggers",
                object_errors::with_article(kind.noun())
            )),
        };
        if let Some(message) = message {
            self.report(errors::not_there(message, span, declared));
            return false;
        }
        self.check_clauses(create, table, is_truncate)
    }

    pub(super) fn refuse_trigger(&mut self, message: impl Into<String>, span: Span) -> bool {
        self.report(errors::refused(message, span));
        false
    }

    /// What the clauses of a trigger say together.
    fn check_clauses(
        &mut self,
        create: &CreateTrigger,
        table: &Relation,
        is_truncate: bool,
    ) -> bool {
        let span = create.span;
        if create.constraint && create.or_replace {
            return self.refuse_trigger("a constraint trigger cannot be replaced", span);
        }
        if create.deferred && !create.deferrable {
            let message = "what is INITIALLY DEFERRED must be DEFERRABLE";
            return self.refuse_trigger(message, span);
        }
        if is_truncate && create.for_each_row {
            return self.refuse_trigger("a TRUNCATE trigger cannot be for each row", span);
        }
        if create.time == ast::TriggerTime::InsteadOf {
            let message = match create {
                CreateTrigger {
                    for_each_row: false,
                    ..
                } => Some("an INSTEAD OF trigger must be for each row"),
                CreateTrigger {
                    condition: Some(_), ..
                } => Some("an INSTEAD OF trigger cannot have WHEN"),
                CreateTrigger { columns, .. } if !columns.is_empty() => {
                    Some("an INSTEAD OF trigger cannot have a list of columns")
                }
                _ => None,
            };
            if let Some(message) = message {
                return self.refuse_trigger(message, span);
            }
        }
        self.check_transitions(create, table, is_truncate)
    }

    /// REFERENCING.
    fn check_transitions(
        &mut self,
        create: &CreateTrigger,
        table: &Relation,
        is_truncate: bool,
    ) -> bool {
        let has =
            |wanted: ast::TriggerEvent| create.events.iter().any(|(event, _)| *event == wanted);
        let mut seen: Vec<&ast::Transition> = Vec::new();
        for transition in &create.transitions {
            let span = transition.span;
            let word = if transition.new { "NEW" } else { "OLD" };
            let message = if !transition.table {
                Some(
                    "REFERENCING names tables of old and new rows only, not single rows".to_owned(),
                )
            } else if matches!(table.kind, RelationKind::Foreign(_) | RelationKind::View(_)) {
                Some(format!(
                    "a trigger on {} cannot have transition tables",
                    object_errors::with_article(table.kind.noun())
                ))
            } else if create.for_each_row && table.is_partition() {
                Some(
                    "ROW triggers with transition tables are not supported on partitions"
                        .to_owned(),
                )
            } else if create.for_each_row && !table.parents.is_empty() {
                Some(
                    "ROW triggers with transition tables are not supported on inheritance children"
                        .to_owned(),
                )
            } else if create.time != ast::TriggerTime::After {
                Some("only an AFTER trigger can have transition tables".to_owned())
            } else if is_truncate {
                Some("a TRUNCATE trigger cannot have transition tables".to_owned())
            } else if create.events.len() > 1 {
                Some("a trigger with transition tables can be for one event only".to_owned())
            } else if !create.columns.is_empty() {
                Some("a trigger with transition tables cannot have a list of columns".to_owned())
            } else if transition.new
                && !has(ast::TriggerEvent::Insert)
                && !has(ast::TriggerEvent::Update)
            {
                Some("NEW TABLE is for INSERT and UPDATE".to_owned())
            } else if !transition.new
                && !has(ast::TriggerEvent::Delete)
                && !has(ast::TriggerEvent::Update)
            {
                Some("OLD TABLE is for DELETE and UPDATE".to_owned())
            } else if seen.iter().any(|it| it.new == transition.new) {
                Some(format!("{word} TABLE is there twice"))
            } else if seen.iter().any(|it| it.name.name == transition.name.name) {
                Some("the tables of old and new rows cannot have the same name".to_owned())
            } else {
                None
            };
            if let Some(message) = message {
                return self.refuse_trigger(message, span);
            }
            seen.push(transition);
        }
        true
    }

    fn trigger_columns(&mut self, create: &CreateTrigger, table: &Relation) -> Option<Vec<i16>> {
        let mut columns: Vec<i16> = Vec::new();
        let mut is_sound = true;
        for name in &create.columns {
            match self.column_named(table, name) {
                Some(number) if columns.contains(&number) => {
                    let message = format!("column `{}` is there twice", name.name);
                    is_sound = self.refuse_trigger(message, name.span);
                }
                Some(number) => columns.push(number),
                None => is_sound = false,
            }
        }
        is_sound.then_some(columns)
    }

    /// WHEN.
    fn trigger_condition(
        &mut self,
        create: &CreateTrigger,
        table: &Relation,
        condition: &ast::Expr,
    ) -> Option<Arc<tree::Expr>> {
        let place = Place {
            context: Context::TriggerWhen,
            rows: Rows::OldAndNew(table, true, true),
            span: create.table.span,
        };
        let condition_tree = self.condition_at(place, "WHEN", condition)?;
        let has =
            |wanted: ast::TriggerEvent| create.events.iter().any(|(event, _)| *event == wanted);
        let mut columns = Columns::default();
        columns.expression(&condition_tree);
        let span = condition.span;
        let generated = |number: i16| match number {
            0 => table.live_columns().any(|it| it.generated.is_some()),
            number => table
                .column_at(number)
                .is_some_and(|it| it.generated.is_some()),
        };
        for (entry, number) in columns.found {
            let is_before = create.time == ast::TriggerTime::Before;
            let message = match entry {
                _ if !create.for_each_row => {
                    "WHEN of a trigger for each statement cannot read columns"
                }
                0 if has(ast::TriggerEvent::Insert) => "an INSERT trigger has no OLD row",
                1 if has(ast::TriggerEvent::Delete) => "a DELETE trigger has no NEW row",
                1 if is_before && number < 0 => {
                    "a BEFORE trigger's WHEN cannot read system columns of NEW"
                }
                1 if is_before && generated(number) => {
                    "a BEFORE trigger's WHEN cannot read generated columns of NEW"
                }
                _ => continue,
            };
            self.refuse_trigger(message, span);
            return None;
        }
        Some(condition_tree)
    }

    /// The function of a trigger, which takes no arguments and returns a type of its own.
    pub(super) fn trigger_function(
        &mut self,
        name: &QualifiedName,
        result: Oid,
        noun: &str,
    ) -> Option<Oid> {
        let found = self.routine_of(name, |it| it.inputs.is_empty());
        let Some(found) = found else {
            if let Some(diagnostic) = self.missing_schema(name) {
                self.report(diagnostic);
            } else if !self.is_partly_unknown() {
                let fate = self.catalog.fate(Class::Routine, &name.name.name, |_| true);
                let of_noun = self
                    .catalog
                    .routines
                    .iter()
                    .filter(|it| it.object.result == result);
                let others = of_noun.map(|it| Candidate::in_schema(&**it));
                let near = self.catalog.meant(name, others);
                let text = format!("{}()", super::find::text_of(name));
                let it = object_errors::Missing {
                    code: Code::UnknownFunction,
                    noun: "function",
                    name: &text,
                    place: None,
                    span: name.span,
                };
                let diagnostic = object_errors::missing(it, fate, near);
                self.report(diagnostic);
            }
            return None;
        };
        let (oid, returns) = (found.oid, found.result);
        if returns != result {
            let declared = self.declared(Address::new(Class::Routine, oid));
            let diagnostic = errors::wrong_result(&name.name.name, noun, name.span, declared);
            self.report(diagnostic);
            return None;
        }
        Some(oid)
    }

    /// Whether a trigger can have its name; the trigger that it replaces. Nothing if a mistake was reported.
    #[expect(
        clippy::option_option,
        reason = "no mistake, and perhaps nothing to replace"
    )]
    fn name_of_trigger(&mut self, create: &CreateTrigger, table: &Relation) -> Option<Option<Oid>> {
        let name = &create.name;
        let found = self.catalog.trigger_of(table.oid, &name.name);
        let Some(found) = found else {
            if create.constraint
                && let Some(taken) = self.catalog.constraint_of(table.oid, &name.name)
            {
                let declared = self.declared(Address::new(Class::Constraint, taken.oid));
                let noun = "constraint";
                let diagnostic = object_errors::exists(noun, &name.name, name.span, declared);
                self.report(diagnostic);
                return None;
            }
            return Some(None);
        };
        let (oid, is_child, is_constraint) = (
            found.oid,
            found.parent.is_some(),
            found.constraint.is_some(),
        );
        let declared = self.declared(Address::new(Class::Trigger, oid));
        if !create.or_replace || is_child {
            let diagnostic = errors::exists(&name.name, &table.name, name.span, declared);
            self.report(diagnostic);
            return None;
        }
        if is_constraint {
            let message = format!(
                "trigger `{}` is a constraint trigger and cannot be replaced",
                name.name
            );
            self.report(errors::not_there(message, name.span, declared));
            return None;
        }
        Some(Some(oid))
    }
}

fn event_of(event: ast::TriggerEvent) -> TriggerEvent {
    match event {
        ast::TriggerEvent::Insert => TriggerEvent::Insert,
        ast::TriggerEvent::Delete => TriggerEvent::Delete,
        ast::TriggerEvent::Update => TriggerEvent::Update,
        ast::TriggerEvent::Truncate => TriggerEvent::Truncate,
    }
}

/// The columns that an expression reads, by the entry that they are of: 0 for OLD, 1 for NEW.
#[derive(Debug, Default)]
struct Columns {
    found: Vec<(usize, i16)>,
}

impl Visitor for Columns {
    fn expression(&mut self, expression: &tree::Expr) {
        if let tree::Expr::Column(column) = expression {
            self.found.push((column.entry, column.number));
        }
        walk_expression(self, expression);
    }
}
