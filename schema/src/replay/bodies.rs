//! Views and triggers: the engine looks into their bodies only when they are used, or when an ALTER TABLE checks the
//! whole schema.
//!
//! A body is resolved again only after something changed that it mentions.

use super::mentions::Mentions;
use super::{Replay, tokens};
use crate::ast::{ConflictAction, CreateTrigger, StatementKind, TriggerEvent};
use crate::catalog::{Catalog, Key, Relation};
use crate::diagnostic::{Code, Diagnostic};
use crate::lints::{self, Lint};
use crate::resolve::{self, Resolution};
use crate::text::{Ident, Span};
use crate::{catalog, parse};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A view or trigger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Body {
    /// The position of its database.
    pub(super) database: usize,
    pub(super) key: Key,
    pub(super) kind: BodyKind,
}

/// What has a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum BodyKind {
    View,
    Trigger,
}

impl BodyKind {
    /// The word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            BodyKind::View => "view",
            BodyKind::Trigger => "trigger",
        }
    }
}

impl Body {
    pub(super) fn new(database: usize, key: Key, kind: BodyKind) -> Body {
        Body {
            database,
            key,
            kind,
        }
    }
}

/// What is known of the bodies.
#[derive(Debug, Clone, Default)]
pub(super) struct Bodies {
    pub(super) mentions: Mentions,
    /// Those that must be resolved before anything is said of them.
    stale: BTreeSet<Body>,
    /// The mistakes of those that are broken.
    broken: BTreeMap<Body, Vec<Diagnostic>>,
    /// What they hold in double quotes that is no name.
    strings: BTreeMap<Body, Vec<Diagnostic>>,
    /// Those that the current migration made, whose lints are not told yet.
    fresh: BTreeSet<Body>,
    /// Those that were said to be broken, and have been since.
    reported: BTreeSet<Body>,
}

impl Bodies {
    pub(super) fn add(&mut self, body: Body) {
        self.fresh.insert(body.clone());
        self.stale.insert(body);
    }

    /// Takes a broken body for one that was complained of.
    pub(super) fn excuse(&mut self, body: Body) {
        self.reported.insert(body);
    }

    /// Whether a broken body was complained of.
    pub(super) fn is_excused(&self, body: &Body) -> bool {
        self.reported.contains(body)
    }

    /// Forgets what is known of a body that was rewritten.
    pub(super) fn renew(&mut self, body: &Body) {
        self.stale.insert(body.clone());
    }

    pub(super) fn remove(&mut self, body: &Body) {
        self.mentions.remove(body);
        self.stale.remove(body);
        self.broken.remove(body);
        self.strings.remove(body);
        self.fresh.remove(body);
        self.reported.remove(body);
    }
}

/// Whether ALTER TABLE comes upon a mistake: it resolves names and compiles nothing.
fn found_by_alter(mistake: &Diagnostic, written: &BTreeSet<Span>) -> bool {
    !written.contains(&mistake.primary.span)
        && !matches!(
            mistake.code,
            Code::WrongValueCount | Code::NotWritable | Code::InvalidConflictTarget
        )
}

fn written_columns(trigger: &CreateTrigger) -> BTreeSet<Span> {
    let mut columns: Vec<&Ident> = Vec::new();
    if let TriggerEvent::Update { of } = &trigger.event {
        columns.extend(of);
    }
    for statement in &trigger.body {
        match &statement.kind {
            StatementKind::Insert(insert) => {
                columns.extend(&insert.columns);
                for upsert in &insert.upserts {
                    if let ConflictAction::Update { assignments, .. } = &upsert.action {
                        columns.extend(assignments.iter().flat_map(|set| &set.columns));
                    }
                }
            }
            StatementKind::Update(update) => {
                columns.extend(update.assignments.iter().flat_map(|set| &set.columns));
            }
            _ => {}
        }
    }
    columns.into_iter().map(|column| column.span).collect()
}

impl Replay {
    /// Forgets what is known of every view and trigger that mentions a name, through other views too.
    pub(super) fn touch(&mut self, key: &Key) {
        let mut names = vec![key.clone()];
        let mut seen = BTreeSet::new();
        while let Some(name) = names.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            for body in self.bodies.mentions.of(&name) {
                self.bodies.stale.insert(body.clone());
                let database = self.catalog.databases.get_mut(body.database);
                if body.kind == BodyKind::View
                    && let Some(database) = database
                    && let Some(Relation::View(view)) = database.relations.get_mut(&body.key)
                {
                    if view.columns.is_some() {
                        Arc::make_mut(view).columns = None;
                    }
                    names.push(body.key.clone());
                }
            }
        }
    }

    /// Resolves the views that something changed under, those that others show first.
    pub(super) fn settle_views(&mut self) {
        let is_view = |body: &&Body| body.kind == BodyKind::View;
        let mut waiting: Vec<Body> = self.bodies.stale.iter().filter(is_view).cloned().collect();
        let mut begun = BTreeSet::new();
        while let Some(body) = waiting.pop() {
            if !self.bodies.stale.contains(&body) {
                continue;
            }
            if begun.insert(body.clone()) {
                let shown = self.stale_views_in(&body);
                if !shown.is_empty() {
                    waiting.push(body);
                    waiting.extend(shown.into_iter().filter(|view| !begun.contains(view)));
                    continue;
                }
            }
            self.settle(&body);
        }
    }

    fn stale_views_in(&self, body: &Body) -> Vec<Body> {
        let relation = self.relation_at(body.database, &body.key);
        if relation.and_then(Relation::view).is_none() {
            return Vec::new();
        }
        let stale = self.bodies.stale.iter();
        stale
            .filter(|other| {
                let is_view = other.kind == BodyKind::View;
                is_view && *other != body && self.bodies.mentions.has(body, &other.key)
            })
            .cloned()
            .collect()
    }

    fn settle_all(&mut self) {
        self.settle_views();
        for body in std::mem::take(&mut self.bodies.stale) {
            self.settle(&body);
        }
    }

    fn settle(&mut self, body: &Body) {
        self.bodies.stale.remove(body);
        let Some(resolution) = self.resolve_body(body) else {
            self.bodies.broken.remove(body);
            self.bodies.strings.remove(body);
            return;
        };
        let (findings, mistakes): (Vec<_>, Vec<_>) = resolution
            .diagnostics
            .into_iter()
            .partition(|diagnostic| Lint::of(diagnostic.code).is_some());
        if findings.is_empty() {
            self.bodies.strings.remove(body);
        } else {
            self.bodies.strings.insert(body.clone(), findings);
        }
        if body.kind == BodyKind::View
            && let Some(database) = self.catalog.databases.get_mut(body.database)
            && let Some(Relation::View(view)) = database.relations.get_mut(&body.key)
        {
            let columns = resolution.columns.filter(|_| mistakes.is_empty());
            Arc::make_mut(view).columns = columns;
        }
        if mistakes.is_empty() {
            self.bodies.broken.remove(body);
        } else {
            self.bodies.broken.insert(body.clone(), mistakes);
        }
    }

    /// Resolves a view or trigger from its definition; nothing if it has none, as its statement could not be read.
    pub(super) fn resolve_body(&self, body: &Body) -> Option<Resolution> {
        let definition = self.definition_of(body)?;
        let statement = parse::statement(&definition.tokens, &self.rules).statement?;
        match &statement.kind {
            StatementKind::CreateView(view) => {
                Some(resolve::view(self.environment(), body.database, view))
            }
            StatementKind::CreateTrigger(trigger) => {
                Some(resolve::trigger(self.environment(), body.database, trigger))
            }
            _ => None,
        }
    }

    /// The definition of a view or trigger, if it has one.
    pub(super) fn definition_of(&self, body: &Body) -> Option<&catalog::Definition> {
        let database = self.catalog.databases.get(body.database)?;
        let definition = match body.kind {
            BodyKind::View => &database.relations.get(&body.key)?.view()?.definition,
            BodyKind::Trigger => &database.triggers.get(&body.key)?.definition,
        };
        (!definition.tokens.is_empty()).then_some(definition)
    }

    /// The views and triggers of a database and of `temp` that ALTER TABLE would find broken, each with its first mistake.
    pub(super) fn unsound_bodies(&mut self, database: usize) -> Vec<(Body, Diagnostic)> {
        self.settle_all();
        let broken = self.bodies.broken.iter();
        broken
            .filter(|(body, _)| body.database == database || body.database == Catalog::TEMP)
            .filter_map(|(body, mistakes)| {
                let written = self.written_columns(body);
                let found = |mistake: &&Diagnostic| found_by_alter(mistake, &written);
                Some((body.clone(), mistakes.iter().find(found)?.clone()))
            })
            .collect()
    }

    /// The places in a trigger where columns are written to: those that INSERT lists, SET assigns and UPDATE OF names.
    /// ALTER TABLE does not look at them.
    pub(super) fn written_columns(&self, body: &Body) -> BTreeSet<Span> {
        let definition = self.definition_of(body);
        let statement = definition
            .filter(|_| body.kind == BodyKind::Trigger)
            .and_then(|it| parse::statement(&it.tokens, &self.rules).statement);
        match statement.map(|statement| statement.kind) {
            Some(StatementKind::CreateTrigger(trigger)) => written_columns(&trigger),
            _ => BTreeSet::new(),
        }
    }

    /// Every view and trigger of a database.
    pub(super) fn bodies_in(&self, database: usize) -> Vec<Body> {
        let Some(content) = self.catalog.databases.get(database) else {
            return Vec::new();
        };
        let views = content.relations.iter();
        let views = views.filter(|(_, relation)| relation.view().is_some());
        let views = views.map(|(key, _)| Body::new(database, key.clone(), BodyKind::View));
        let triggers = content.triggers.keys();
        let triggers = triggers.map(|key| Body::new(database, key.clone(), BodyKind::Trigger));
        views.chain(triggers).collect()
    }

    /// Follows the positions of databases behind one that was detached.
    pub(super) fn bodies_detached(&mut self, position: usize) {
        let follow = |bodies: &BTreeSet<Body>| -> BTreeSet<Body> {
            let rest = bodies.iter().filter(|body| body.database != position);
            rest.map(|body| Body {
                database: body.database - usize::from(body.database > position),
                ..body.clone()
            })
            .collect()
        };
        self.bodies = Bodies {
            mentions: Mentions::default(),
            stale: follow(&self.bodies.stale),
            broken: BTreeMap::new(),
            strings: BTreeMap::new(),
            fresh: follow(&self.bodies.fresh),
            reported: follow(&self.bodies.reported),
        };
        for database in 0..self.catalog.databases.len() {
            for body in self.bodies_in(database) {
                let definition = self.definition_of(&body);
                let tokens = definition.map(|definition| &definition.tokens);
                let names = tokens.map(|tokens| tokens::names(tokens));
                self.bodies
                    .mentions
                    .put(body.clone(), names.unwrap_or_default());
                self.bodies.stale.insert(body);
            }
        }
    }

    /// Says at the end of a migration which views and triggers are broken, and tells the lints of the new ones.
    pub(super) fn judge_bodies(&mut self) {
        self.settle_all();
        for body in std::mem::take(&mut self.bodies.fresh) {
            self.tell_strings_of(&body);
        }
        let broken: BTreeSet<Body> = self.bodies.broken.keys().cloned().collect();
        for (body, mistakes) in self.bodies.broken.clone() {
            let Some(mistake) = mistakes.first() else {
                continue;
            };
            if self.bodies.reported.contains(&body) {
                continue;
            }
            let name = self.name_of(&body);
            let finding = match body.kind {
                BodyKind::View => lints::broken_view(&name, mistake),
                BodyKind::Trigger => lints::broken_trigger(&name, mistake),
            };
            self.report(finding);
        }
        self.bodies.reported = broken;
    }

    /// Tells the strings in double quotes of the views and triggers near a database: of those that the current migration
    /// made, before an ALTER TABLE writes them in single quotes, and of all after it, when what was a column's name has
    /// become a string.
    pub(super) fn tell_strings(&mut self, database: usize, fresh_only: bool) {
        self.settle_all();
        let bodies: Vec<Body> = self.bodies.strings.keys().cloned().collect();
        for body in bodies {
            let is_near = body.database == database || body.database == Catalog::TEMP;
            if is_near && (!fresh_only || self.bodies.fresh.contains(&body)) {
                self.tell_strings_of(&body);
            }
        }
    }

    fn tell_strings_of(&mut self, body: &Body) {
        // One that is told twice is one finding.
        let findings = self.bodies.strings.get(body).into_iter().flatten();
        self.diagnostics.extend(findings.cloned());
    }

    /// The name of a view or trigger as it was written.
    pub(super) fn name_of(&self, body: &Body) -> Arc<str> {
        let database = self.catalog.databases.get(body.database);
        let name = database.and_then(|database| match body.kind {
            BodyKind::View => database.relations.get(&body.key).map(Relation::name),
            BodyKind::Trigger => database.triggers.get(&body.key).map(|it| it.name.as_ref()),
        });
        name.unwrap_or_else(|| body.key.as_str()).into()
    }
}
