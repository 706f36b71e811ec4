//! Views and triggers: the engine looks into their bodies only when they are used, or when an ALTER TABLE checks the
//! whole schema.
//!
//! A body is resolved again only after something changed that it mentions, and a view only when something looks at it.

use super::mentions::Mentions;
use super::{Replay, tokens};
use crate::catalog::Key;
use crate::diagnostic::{Code, Diagnostic};
use crate::lints::Lint;
use crate::sqlite::ast::{ConflictAction, CreateTrigger, Statement, StatementKind, TriggerEvent};
use crate::sqlite::catalog;
use crate::sqlite::catalog::{Catalog, Relation};
use crate::sqlite::resolve::{self, Resolution};
use crate::text::{Ident, Span, Token};
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
    /// The views that must be resolved before anything is said of them. What shows a stale view is stale too.
    stale_views: BTreeSet<Body>,
    /// The triggers that must be.
    stale_triggers: BTreeSet<Body>,
    /// The mistakes of those that are broken.
    pub(super) broken: BTreeMap<Body, Vec<Diagnostic>>,
    /// The mistakes that ALTER TABLE finds in triggers that it resolves in another way than a statement that fires them.
    altered: BTreeMap<Body, Vec<Diagnostic>>,
    /// What they hold in double quotes that is no name.
    strings: BTreeMap<Body, Vec<Diagnostic>>,
    /// Those that the current migration made, whose lints are not told yet.
    pub(super) fresh: BTreeSet<Body>,
    /// Those that were said to be broken, and have been since.
    pub(super) reported: BTreeSet<Body>,
    /// Those that mention what the current statement changed.
    touched: BTreeSet<Body>,
    /// The last statement of the current migration that changed something that they mention.
    pub(super) changed_by: BTreeMap<Body, Span>,
}

impl Bodies {
    pub(super) fn add(&mut self, body: Body) {
        self.fresh.insert(body.clone());
        self.renew(&body);
    }

    /// Remembers the statement that changed what bodies mention.
    pub(super) fn statement_is_done(&mut self, statement: Span) {
        for body in std::mem::take(&mut self.touched) {
            self.changed_by.insert(body, statement);
        }
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
        self.stale(body.kind).insert(body.clone());
    }

    fn stale(&mut self, kind: BodyKind) -> &mut BTreeSet<Body> {
        match kind {
            BodyKind::View => &mut self.stale_views,
            BodyKind::Trigger => &mut self.stale_triggers,
        }
    }

    pub(super) fn remove(&mut self, body: &Body) {
        self.mentions.remove(body);
        self.stale(body.kind).remove(body);
        self.broken.remove(body);
        self.altered.remove(body);
        self.strings.remove(body);
        self.fresh.remove(body);
        self.reported.remove(body);
        self.touched.remove(body);
        self.changed_by.remove(body);
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

/// Whether ALTER TABLE resolves a trigger in another way than a statement that fires it: it sees ORDER BY, and not the
/// alias of the table that a statement changes.
fn is_resolved_otherwise(trigger: &CreateTrigger) -> bool {
    trigger.body.iter().any(|statement| match &statement.kind {
        StatementKind::Select(query) => !query.order_by.is_empty(),
        StatementKind::Insert(insert) => insert.target.alias.is_some(),
        StatementKind::Update(update) => update.target.alias.is_some(),
        StatementKind::Delete(delete) => delete.target.alias.is_some(),
        _ => false,
    })
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
        while let Some(name) = names.pop() {
            let mentioning: Vec<Body> = self.bodies.mentions.of(&name).cloned().collect();
            for body in mentioning {
                self.bodies.touched.insert(body.clone());
                let is_news = self.bodies.stale(body.kind).insert(body.clone());
                if body.kind == BodyKind::View && is_news {
                    self.forget_columns(&body);
                    names.push(body.key);
                }
            }
        }
    }

    fn forget_columns(&mut self, body: &Body) {
        if let Some(database) = self.catalog.databases.get_mut(body.database)
            && let Some(Relation::View(view)) = database.relations.get_mut(&body.key)
            && (view.columns.is_some() || view.broken.is_some())
        {
            let view = Arc::make_mut(view);
            view.columns = None;
            view.broken = None;
        }
    }

    /// Resolves the views that a statement looks at, as far as something changed under them.
    pub(super) fn settle_for(&mut self, statement: &Statement, tokens: &[Token]) {
        if self.bodies.stale_views.is_empty() {
            return;
        }
        match statement.kind {
            // Those that fire triggers look at what the triggers name.
            StatementKind::Insert(_) | StatementKind::Update(_) | StatementKind::Delete(_) => {
                self.settle_views();
            }
            _ => {
                let named = self.stale_views_among(&tokens::names(tokens));
                self.settle_in_order(named);
            }
        }
    }

    /// Resolves the views that something changed under.
    pub(super) fn settle_views(&mut self) {
        let stale = self.bodies.stale_views.iter().cloned().collect();
        self.settle_in_order(stale);
    }

    /// Resolves views, those that others show first.
    fn settle_in_order(&mut self, mut waiting: Vec<Body>) {
        let mut begun = BTreeSet::new();
        while let Some(body) = waiting.pop() {
            if !self.bodies.stale_views.contains(&body) {
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
        let names = self.bodies.mentions.names(body);
        let mut shown = names.map_or_else(Vec::new, |names| self.stale_views_among(names));
        shown.retain(|other| other != body);
        shown
    }

    fn stale_views_among(&self, names: &BTreeSet<Key>) -> Vec<Body> {
        let stale = &self.bodies.stale_views;
        let databases = 0..self.catalog.databases.len();
        names
            .iter()
            .flat_map(|name| {
                let body = |database| Body::new(database, name.clone(), BodyKind::View);
                databases.clone().map(body)
            })
            .filter(|body| stale.contains(body))
            .collect()
    }

    pub(super) fn settle_all(&mut self) {
        self.settle_views();
        for body in std::mem::take(&mut self.bodies.stale_triggers) {
            self.settle(&body);
        }
    }

    fn settle(&mut self, body: &Body) {
        self.bodies.stale(body.kind).remove(body);
        match self.resolve_altered(body) {
            Some(mistakes) => self.bodies.altered.insert(body.clone(), mistakes),
            None => self.bodies.altered.remove(body),
        };
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
            let view = Arc::make_mut(view);
            view.columns = resolution.columns.filter(|_| mistakes.is_empty());
            view.broken = mistakes.first().cloned().map(Box::new);
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
        let statement = self.parsed(definition)?;
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

    /// The mistakes that ALTER TABLE finds in a trigger; nothing where they are those of a statement that fires it.
    fn resolve_altered(&self, body: &Body) -> Option<Vec<Diagnostic>> {
        if body.kind == BodyKind::View {
            return None;
        }
        let definition = self.definition_of(body)?;
        let statement = self.parsed(definition)?;
        let StatementKind::CreateTrigger(trigger) = &statement.kind else {
            return None;
        };
        if !is_resolved_otherwise(trigger) {
            return None;
        }
        let resolution = resolve::altered_trigger(self.environment(), body.database, trigger);
        let mut mistakes = resolution.diagnostics;
        mistakes.retain(|mistake| Lint::of(mistake.code).is_none());
        Some(mistakes)
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
        let altered = &self.bodies.altered;
        let broken = self.bodies.broken.iter();
        let broken = broken.filter(|(body, _)| !altered.contains_key(body));
        broken
            .chain(altered)
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
            .and_then(|it| self.parsed(it));
        match statement.map(|statement| &statement.kind) {
            Some(StatementKind::CreateTrigger(trigger)) => written_columns(trigger),
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
            fresh: follow(&self.bodies.fresh),
            reported: follow(&self.bodies.reported),
            ..Bodies::default()
        };
        for database in 0..self.catalog.databases.len() {
            for body in self.bodies_in(database) {
                let definition = self.definition_of(&body);
                let tokens = definition.map(|definition| &definition.tokens);
                let names = tokens.map(|tokens| tokens::names(tokens));
                self.bodies
                    .mentions
                    .put(body.clone(), names.unwrap_or_default());
                self.bodies.renew(&body);
            }
        }
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

    pub(super) fn tell_strings_of(&mut self, body: &Body) {
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
