//! Which views and triggers a migration leaves broken, and what is said of them.

use super::Replay;
use super::bodies::{Body, BodyKind};
use crate::diagnostic::{Code, Diagnostic, Label};
use crate::errors::sqlite::lints as errors;
use crate::lints::Lint;
use crate::sqlite::ast::{StatementKind, TriggerEvent};
use crate::sqlite::catalog::Relation;
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

impl Replay {
    /// Says at the end of a migration which views and triggers are broken, and tells the lints of the new ones. `first` is
    /// the position of the migration's first diagnostic.
    pub(super) fn judge_bodies(&mut self, first: usize) {
        self.settle_all();
        let fresh = std::mem::take(&mut self.bodies.fresh);
        for body in &fresh {
            self.tell_strings_of(body);
        }
        let changed_by = std::mem::take(&mut self.bodies.changed_by);
        let told = self.told_since(first);
        let places = places(&self.bodies.broken);
        let bodies = self.bodies.broken.keys();
        let idle: BTreeSet<Body> = bodies.filter(|it| self.never_fires(it)).cloned().collect();
        let broken = self.bodies.broken.iter();
        let broken = broken.filter(|(body, _)| !self.bodies.reported.contains(body));
        let broken = broken.filter(|(body, _)| !idle.contains(body));
        let mut findings = Vec::new();
        for (body, mistakes) in broken {
            let is_told = |mistake: &Diagnostic| told.contains(&mistake.primary.span);
            let own: Vec<&Diagnostic> = mistakes
                .iter()
                .filter(|mistake| !follows(mistake, body, &places))
                .collect();
            if mistakes.iter().any(is_told) {
                continue;
            }
            let name = self.name_of(body);
            let (code, what) = match body.kind {
                BodyKind::View => (Code::BrokenView, "view"),
                BodyKind::Trigger => (Code::BrokenTrigger, "trigger"),
            };
            match changed_by.get(body).filter(|_| !fresh.contains(body)) {
                // The user cannot correct what was applied already, only the statement that does not go with it.
                Some(statement) => findings.extend(own.first().map(|mistake| {
                    let cause = cause(mistake, *statement);
                    errors::body_broken_by(code, what, &name, mistake, cause)
                })),
                None => {
                    let mut messages = BTreeSet::new();
                    let own = own
                        .iter()
                        .filter(|mistake| messages.insert(&mistake.message));
                    findings.extend(own.map(|it| errors::broken_body(code, what, &name, it)));
                }
            }
        }
        self.diagnostics.extend(findings);
        let broken = self.bodies.broken.keys();
        self.bodies.reported = broken.filter(|it| !idle.contains(it)).cloned().collect();
    }

    /// Whether a trigger is on UPDATE OF columns none of which can be set: those that are not there the engine does not
    /// mind (`checkColumnOverlap`), and never compiles what no statement fires.
    fn never_fires(&self, body: &Body) -> bool {
        let created = match body.kind {
            BodyKind::View => None,
            BodyKind::Trigger => self.definition_of(body).and_then(|it| self.parsed(it)),
        };
        let of = match created.as_ref().map(|statement| &statement.kind) {
            Some(StatementKind::CreateTrigger(trigger)) => match &trigger.event {
                TriggerEvent::Update { of } => of.as_slice(),
                TriggerEvent::Insert | TriggerEvent::Delete => &[],
            },
            _ => &[],
        };
        let database = self.catalog.databases.get(body.database);
        let trigger = database.and_then(|content| content.triggers.get(&body.key));
        let watched = trigger.and_then(|it| self.relation_at(it.database, &it.table));
        let is_set = |name: &str| match watched {
            Some(Relation::Table(table)) => {
                let position = table.column_index(name);
                let column = position.and_then(|position| table.columns.get(position));
                column.is_some_and(|column| column.generated.is_none())
            }
            Some(Relation::View(view)) => view.columns.as_ref().is_none_or(|columns| {
                let mut columns = columns.iter();
                columns.any(|column| column.name.eq_ignore_ascii_case(name))
            }),
            None => true,
        };
        !of.is_empty() && !of.iter().any(|column| is_set(&column.name))
    }

    /// The places that errors since then point at besides their own: a statement that uses a broken view shows what is
    /// wrong in the view.
    fn told_since(&self, first: usize) -> BTreeSet<Span> {
        let news = self.diagnostics.get(first..).unwrap_or_default().iter();
        let errors = news.filter(|diagnostic| Lint::of(diagnostic.code).is_none());
        errors
            .flat_map(|error| error.secondary.iter().map(|label| label.span))
            .collect()
    }
}

/// The bodies and mistakes at each place.
fn places(broken: &BTreeMap<Body, Vec<Diagnostic>>) -> BTreeMap<Span, (&Body, &Diagnostic)> {
    let mistakes = broken.iter();
    let mistakes = mistakes.flat_map(|(body, mistakes)| mistakes.iter().map(move |it| (body, it)));
    mistakes
        .map(|(body, mistake)| (mistake.primary.span, (body, mistake)))
        .collect()
}

/// Whether a mistake is only that another view, of which as much is said, cannot be used.
fn follows(
    mistake: &Diagnostic,
    body: &Body,
    places: &BTreeMap<Span, (&Body, &Diagnostic)>,
) -> bool {
    let shows = |one: &Diagnostic, other: &Diagnostic| {
        let mut labels = one.secondary.iter();
        labels.any(|label| label.span == other.primary.span)
    };
    mistake.secondary.iter().any(|label| {
        let found = places.get(&label.span);
        found.is_some_and(|(other, reason)| *other != body && !shows(reason, mistake))
    })
}

/// The place in the current migration that explains the mistake.
fn cause(mistake: &Diagnostic, statement: Span) -> Label {
    let mut labels = mistake.secondary.iter();
    match labels.find(|label| label.span.file == statement.file) {
        Some(label) => label.clone(),
        None => Label {
            span: statement,
            text: "this breaks it".to_owned(),
        },
    }
}
