//! The triggers that a change of rows fires.
//!
//! The engine compiles them with the statement, so that a trigger whose body names what does not exist stops every
//! statement that fires it.

use super::resolver::{Home, Resolver, TriggerRows};
use super::target::{Change, Target};
use super::view::{first_mistake, home};
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::{CreateTrigger, StatementKind, TriggerEvent};
use crate::sqlite::catalog::{ObjectPath, Trigger, TriggerEventKind};
use crate::text::Span;
use std::sync::Arc;

/// The longest chain of triggers that fire each other.
const DEEPEST: usize = 1000;

impl<'e> Resolver<'e> {
    /// Whether a trigger watches a table or view for a change.
    pub(super) fn has_trigger(&self, path: &ObjectPath, change: Change<'_>) -> bool {
        self.watching(path, change.event)
            .iter()
            .any(|(_, trigger)| {
                change.event != TriggerEventKind::Update
                    || self
                        .parsed_trigger(trigger)
                        .is_none_or(|created| watches(created, change))
            })
    }

    /// Whether a trigger of any kind watches a table or view.
    pub(super) fn has_any_trigger(&self, path: &ObjectPath) -> bool {
        let events = [
            TriggerEventKind::Insert,
            TriggerEventKind::Update,
            TriggerEventKind::Delete,
        ];
        events
            .iter()
            .any(|event| !self.watching(path, *event).is_empty())
    }

    /// Resolves the triggers that a change fires, each once.
    pub(super) fn fire(&mut self, target: &Target<'e>, change: Change<'_>, span: Span) {
        let Some(path) = target.path.as_ref().filter(|_| self.home.fires) else {
            return;
        };
        for (at, trigger) in self.watching(path, change.event) {
            if self.memory.triggers.contains(&at) {
                continue;
            }
            let Some(created) = self.parsed_trigger(&trigger) else {
                continue;
            };
            if !watches(created, change) {
                continue;
            }
            self.memory.triggers.insert(at.clone());
            if self.memory.firing >= DEEPEST {
                self.report(errors::triggers_too_deep(span));
                return;
            }
            self.memory.firing += 1;
            let rows = TriggerRows {
                source: crate::sqlite::resolve::source::Source {
                    alias: None,
                    ..target.source.clone()
                },
                old: change.event != TriggerEventKind::Insert,
                new: change.event != TriggerEventKind::Delete,
            };
            let home = Home {
                rows: Some(rows),
                fires: true,
                ..home(at.database, None)
            };
            let ((), mistakes) = self.elsewhere(home, |other| other.trigger_body(created));
            self.memory.firing -= 1;
            if let Some(reason) = first_mistake(mistakes) {
                self.report(errors::broken_trigger(span, &trigger.name, &reason));
            }
        }
    }

    /// The triggers that watch a table or view for an event, those of `temp` first.
    fn watching(
        &self,
        path: &ObjectPath,
        event: TriggerEventKind,
    ) -> Vec<(ObjectPath, Arc<Trigger>)> {
        let triggers = self.environment.catalog.triggers_on(path);
        triggers
            .filter(|(_, _, trigger)| trigger.event == event)
            .map(|(database, key, trigger)| {
                let key = key.clone();
                (ObjectPath { database, key }, Arc::clone(trigger))
            })
            .collect()
    }

    fn parsed_trigger<'t>(&self, trigger: &'t Trigger) -> Option<&'t CreateTrigger> {
        match &trigger.definition.statement(self.environment.rules)?.kind {
            StatementKind::CreateTrigger(created) => Some(created),
            _ => None,
        }
    }
}

/// Whether an UPDATE sets a column that the trigger watches.
fn watches(trigger: &CreateTrigger, change: Change<'_>) -> bool {
    match &trigger.event {
        TriggerEvent::Insert | TriggerEvent::Delete => true,
        TriggerEvent::Update { of } => {
            of.is_empty()
                || of.iter().any(|watched| {
                    change
                        .columns
                        .iter()
                        .any(|column| column.eq_ignore_ascii_case(&watched.name))
                })
        }
    }
}
