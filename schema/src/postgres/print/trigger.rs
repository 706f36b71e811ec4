//! Triggers (`pg_get_triggerdef`).

use super::scope::columns_of;
use super::{Printer, Scope};
use crate::postgres::catalog::{Catalog, Trigger, TriggerEvent, TriggerTime};
use tablature_lexer::postgres::quote_name;

/// The statement that makes a trigger. None where its table is not known.
#[must_use]
pub fn trigger_definition(catalog: &Catalog, trigger: &Trigger) -> Option<String> {
    let mut printer = Printer::new(catalog);
    let table = catalog.relation(trigger.table)?;
    let is_constraint = trigger.constraint.is_some();
    let words = match trigger.time {
        TriggerTime::Before => "BEFORE",
        TriggerTime::After => "AFTER",
        TriggerTime::InsteadOf => "INSTEAD OF",
    };
    printer.push(&format!(
        "CREATE {}TRIGGER {} {words}",
        if is_constraint { "CONSTRAINT " } else { "" },
        quote_name(&trigger.name)
    ));
    printer.trigger_events(trigger);
    let name = printer.qualified(table.namespace, &table.name);
    printer.push(&format!(" ON {name} "));
    if is_constraint {
        if let Some(referenced) = trigger.referenced {
            let name = printer.relation_name(referenced);
            printer.push(&format!("FROM {name} "));
        }
        printer.push(match (trigger.timing.deferrable, trigger.timing.deferred) {
            (false, _) => "NOT DEFERRABLE INITIALLY IMMEDIATE ",
            (true, false) => "DEFERRABLE INITIALLY IMMEDIATE ",
            (true, true) => "DEFERRABLE INITIALLY DEFERRED ",
        });
    }
    if trigger.old_table.is_some() || trigger.new_table.is_some() {
        printer.push("REFERENCING ");
    }
    for (word, name) in [("OLD", &trigger.old_table), ("NEW", &trigger.new_table)] {
        if let Some(name) = name {
            printer.push(&format!("{word} TABLE AS {} ", quote_name(name)));
        }
    }
    printer.push(match trigger.for_each_row {
        true => "FOR EACH ROW ",
        false => "FOR EACH STATEMENT ",
    });
    if let Some(condition) = &trigger.condition {
        printer
            .scopes
            .push(Scope::of_changes(catalog, trigger.table));
        printer.push("WHEN (");
        printer.indents = false;
        printer.expression(condition, false);
        printer.push(") ");
    }
    let function = printer.function_name(trigger.function, &[], &[], false);
    printer.push(&format!("EXECUTE FUNCTION {function}("));
    printer.list(&trigger.arguments, |this, argument| this.quoted(argument));
    printer.push(")");
    Some(printer.text)
}

impl Printer<'_> {
    /// In the engine's order, whatever that of the statement was.
    fn trigger_events(&mut self, trigger: &Trigger) {
        let words = [
            (TriggerEvent::Insert, "INSERT"),
            (TriggerEvent::Delete, "DELETE"),
            (TriggerEvent::Update, "UPDATE"),
            (TriggerEvent::Truncate, "TRUNCATE"),
        ];
        let there = words.iter().filter(|(it, _)| trigger.events.contains(it));
        for (position, (event, word)) in there.enumerate() {
            self.push(if position == 0 { " " } else { " OR " });
            self.push(word);
            if *event == TriggerEvent::Update && !trigger.columns.is_empty() {
                let columns = columns_of(self.typing.objects, trigger.table);
                self.push(" OF ");
                self.list(&trigger.columns, |this, number| {
                    if let Some((_, name)) = columns.iter().find(|(its, _)| its == number) {
                        this.push(&quote_name(name));
                    }
                });
            }
        }
    }
}
