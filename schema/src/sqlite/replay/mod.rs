//! Statements applied to the catalog, in order.
//!
//! The definition of an object, as tokens, is the one source of what the catalog says of it: an ALTER edits tokens and
//! the object is read from them again, as the engine does with the text in `sqlite_schema`.
//!
//! A statement that is wrong leaves the catalog as the engine would, but for one thing: a failed CREATE leaves behind
//! what can be known of its object, so that the statements that use it are not wrong as well.

mod additive;
mod alter;
mod analyze;
mod attach;
mod bodies;
mod broken;
pub(crate) mod changed;
mod connection;
mod copied;
mod create_index;
mod create_table;
mod create_table_as;
mod create_trigger;
mod create_view;
mod defaults;
mod dml;
mod door;
mod drop;
mod foreign_keys;
mod history;
mod keys;
pub(crate) mod left_out;
mod limit;
mod mentions;
mod missed;
mod names;
mod options;
mod pragma;
mod read_only;
pub(crate) mod rows;
mod seeds;
mod stand_in;
mod table;
pub(crate) mod tokens;
pub(crate) mod transaction;
mod types;
mod values;
mod virtual_table;
mod write;

use crate::check::Compatibility;
use crate::config::Rules;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::files;
use crate::errors::sqlite::{alter as alterations, queries};
use crate::lints::Lint;
use crate::replay::MAX_MISTAKES;
use crate::sqlite::ast::{Statement, StatementKind};
use crate::sqlite::catalog::Catalog;
use crate::sqlite::lints;
use crate::sqlite::parse;
use crate::sqlite::resolve::Environment;
use crate::sqlite::split::RawStatement;
use crate::text::{Span, Token};
use additive::Additions;
use bodies::Bodies;
use history::Named;
use missed::Missed;
use pragma::Settings;
use rows::Rows;
use seeds::Seeds;
use std::collections::BTreeSet;
use std::sync::Arc;
use transaction::Transaction;

/// For as many mistakes of one file it is looked for what may have been meant: for each, a name is compared with all.
const MAX_SUGGESTIONS: usize = 100;

/// A history being replayed, migration by migration.
#[derive(Debug, Clone)]
pub struct Replay {
    /// What the migrations so far have built.
    pub catalog: Catalog,
    /// What is wrong with them, in the order in which it was found. Findings of lints are among them with the severity of
    /// the lint's default level.
    pub diagnostics: Vec<Diagnostic>,
    rules: Rules,
    settings: Settings,
    transaction: Transaction,
    bodies: Bodies,
    /// What the current file has done with rows so far.
    pub(crate) rows: Rows,
    seeds: Seeds,
    /// What the current migration is to a program that does not know it.
    pub(crate) additions: Additions,
    /// The catalog as the current migration found it.
    start: Catalog,
    missed: Vec<Missed>,
    /// What was said of broken views and triggers that a statement uses: each is one mistake, used however often.
    told_bodies: BTreeSet<(String, Option<Span>)>,
    /// What was made or renamed in the open transaction of the current file's own.
    named: Vec<Named>,
    /// How many the current file has had so far.
    mistakes: usize,
    /// The temporary objects of the current file of which something was said.
    told_temporary: BTreeSet<Span>,
    /// Whether the current statement is only prepared, as EXPLAIN does: nothing is said of what shows when it runs.
    explained: bool,
}

impl Replay {
    /// Starts on an empty database.
    #[must_use]
    pub fn new(rules: &Rules) -> Replay {
        Replay {
            catalog: Catalog::default(),
            diagnostics: Vec::new(),
            rules: rules.clone(),
            settings: Settings::default(),
            transaction: Transaction::default(),
            bodies: Bodies::default(),
            rows: Rows::default(),
            seeds: Seeds::default(),
            additions: Additions::default(),
            start: Catalog::default(),
            missed: Vec::new(),
            told_bodies: BTreeSet::new(),
            named: Vec::new(),
            mistakes: 0,
            told_temporary: BTreeSet::new(),
            explained: false,
        }
    }

    /// Applies the statements of one file, which begins with the runner's settings and nothing temporary, and judges what
    /// the file leaves behind: broken views and triggers, rows that are lost.
    ///
    /// `transaction` says whether the runner wraps the file in a transaction of its own. A file in such a transaction
    /// never leaves it: what it begins is nested in it. A file without must have none open at its end.
    pub fn migration(&mut self, statements: &[RawStatement], transaction: bool) {
        self.begin_connection();
        self.start = self.catalog.clone();
        self.rows = Rows::default();
        self.additions = Additions::default();
        self.settings = Settings::default();
        self.begin_file(transaction);
        let first = self.diagnostics.len();
        self.mistakes = 0;
        self.named.clear();
        for statement in statements {
            self.statement(statement);
            if self.mistakes > MAX_MISTAKES {
                self.report(files::too_many_mistakes(MAX_MISTAKES, statement.span));
                break;
            }
        }
        self.end_file(first);
        let lost = lints::lost_rows(&self.start, &self.catalog, &self.rows);
        self.diagnostics.extend(lost);
        let gone = lints::gone_with_table(&self.start, &self.catalog, &self.rows);
        self.diagnostics.extend(gone);
        self.judge_bodies(first);
        self.judge_additions(first);
    }

    /// Lets a function of the application, which is named at a place, run after the statements of a file. It changes no
    /// schema, and may change any row.
    pub(crate) fn step(&mut self, span: Span) {
        self.seeds.forget_all();
        if self.additions.compatibility == Compatibility::Additive {
            let reason = "its step may change any row".to_owned();
            self.additions.compatibility = Compatibility::Breaking { reason, span };
        }
    }

    /// Judges what can be judged only when the last migration is done: foreign keys without a parent, primary keys that
    /// may hold NULL; and says of an unknown name where a later statement introduces it.
    pub fn finish(&mut self) {
        let mut findings = lints::judge_head(&self.catalog);
        // A foreign key that stopped a change of rows has been complained of.
        let told = self.diagnostics.iter();
        let told = told.filter(|told| told.code == Code::InvalidForeignKey);
        let told: BTreeSet<Span> = told
            .flat_map(|told| told.secondary.iter().map(|label| label.span))
            .collect();
        findings.retain(|finding| !told.contains(&finding.primary.span));
        self.diagnostics.extend(findings);
        missed::explain(&self.missed, &self.catalog, &mut self.diagnostics);
    }

    fn environment(&self) -> Environment<'_> {
        Environment {
            catalog: &self.catalog,
            rules: &self.rules,
            suggests: self.mistakes < MAX_SUGGESTIONS,
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn statement(&mut self, raw: &RawStatement) {
        let known = self.diagnostics.len();
        let parsed = parse::statement(&raw.tokens, &self.rules);
        self.diagnostics.extend(parsed.diagnostics);
        if let Some(statement) = &parsed.statement {
            self.settle_for(statement, &raw.tokens);
        }
        let stated = parsed.statement.map(Arc::new);
        match &stated {
            Some(statement) if statement.explain.is_some() => self.explain(raw, statement),
            Some(statement) => self.apply(raw, statement),
            None => self.stand_in(&raw.tokens),
        }
        self.judge_parameters(known, stated.as_deref(), &raw.tokens);
        self.judge_connection();
        self.bodies.statement_is_done(raw.span);
        missed::once_each(&mut self.diagnostics, known);
        self.tell_of_bodies_once(known);
        self.count_mistakes(known);
        let news = self.diagnostics.get(known..).unwrap_or_default();
        self.missed
            .extend(missed::collect(news, known, raw, &self.catalog));
    }

    /// Tells of a parameter in a statement whose first diagnostic is at the position `first`, unless the engine refuses
    /// the statement.
    fn judge_parameters(&mut self, first: usize, stated: Option<&Statement>, tokens: &[Token]) {
        let mut news = self.diagnostics.iter().skip(first);
        if news.any(|one| Lint::of(one.code).is_none()) {
            return;
        }
        let found = stated.and_then(|statement| lints::bound_parameter(statement, tokens));
        self.diagnostics.extend(found);
    }

    /// Leaves out of a statement's diagnostics, the first of which is at the position `first`, those of a broken view or
    /// trigger that another statement has used before it.
    fn tell_of_bodies_once(&mut self, first: usize) {
        let mut news = self.diagnostics.split_off(first);
        news.retain(|one| {
            if !queries::is_of_a_body(one) && !alterations::is_of_the_schema(one) {
                return true;
            }
            let place = one.secondary.first().map(|label| label.span);
            self.told_bodies.insert((one.message.clone(), place))
        });
        self.diagnostics.append(&mut news);
    }

    /// Counts the mistakes of a statement, whose first diagnostic is at the position `first`, and leaves out those that
    /// are too many.
    fn count_mistakes(&mut self, first: usize) {
        let found = self.diagnostics.iter().enumerate().skip(first);
        let mistakes = found.filter(|(_, one)| Lint::of(one.code).is_none());
        let mistakes: Vec<usize> = mistakes.map(|(position, _)| position).collect();
        let rest = MAX_MISTAKES.saturating_sub(self.mistakes);
        if let Some(surplus) = mistakes.get(rest) {
            self.diagnostics.truncate(*surplus);
        }
        self.mistakes += mistakes.len();
    }

    /// EXPLAIN prepares the statement and runs nothing of it.
    fn explain(&mut self, raw: &RawStatement, statement: &Arc<Statement>) {
        match statement.kind {
            StatementKind::Begin(_)
            | StatementKind::Commit
            | StatementKind::Rollback { .. }
            | StatementKind::Savepoint(_)
            | StatementKind::Release(_)
            | StatementKind::Attach { .. }
            | StatementKind::Detach { .. } => {}
            _ => {
                let before = self.snapshot();
                let known = self.diagnostics.len();
                self.explained = true;
                self.apply(raw, statement);
                self.explained = false;
                self.restore(before);
                // What is lost or fails on rows when it runs is of no interest.
                let mut found = self.diagnostics.split_off(known);
                found.retain(|one| {
                    one.code == Code::DoubleQuotedString || Lint::of(one.code).is_none()
                });
                self.diagnostics.append(&mut found);
            }
        }
    }

    fn apply(&mut self, raw: &RawStatement, statement: &Arc<Statement>) {
        if !self.refuse_to_write(raw, statement) {
            self.run(raw, statement);
        }
    }

    fn run(&mut self, raw: &RawStatement, statement: &Arc<Statement>) {
        self.judge_addition(statement);
        match &statement.kind {
            StatementKind::Begin(_) => self.begin(raw.span),
            StatementKind::Commit => self.commit(raw.span),
            StatementKind::Rollback { to: None } => self.rollback(raw.span),
            StatementKind::Rollback { to: Some(name) } => self.rollback_to(name, raw.span),
            StatementKind::Savepoint(name) => self.savepoint(name, raw.span),
            StatementKind::Release(name) => self.release(name, raw.span),
            StatementKind::CreateTable(create) => self.create_table(raw, create, statement),
            StatementKind::CreateVirtualTable(create) => self.create_virtual_table(raw, create),
            StatementKind::CreateView(create) => self.create_view(raw, create, statement),
            StatementKind::CreateIndex(create) => self.create_index(raw, create, statement),
            StatementKind::CreateTrigger(create) => self.create_trigger(raw, create, statement),
            StatementKind::AlterTable(alter) => self.alter_table(raw, alter),
            StatementKind::Drop(drop) => self.drop(raw, drop),
            StatementKind::Select(_)
            | StatementKind::Insert(_)
            | StatementKind::Update(_)
            | StatementKind::Delete(_) => self.query(statement),
            StatementKind::Pragma { name, value } => self.pragma(name, value.as_ref(), raw.span),
            StatementKind::Attach { file, name, key } => {
                self.attach(file, name, key.as_ref(), raw.span);
            }
            StatementKind::Detach { name } => self.detach(name),
            StatementKind::Reindex { name } => self.reindex(name.as_ref()),
            StatementKind::Analyze { name } => self.analyze(name.as_ref(), raw.span),
            StatementKind::Vacuum { database, into } => {
                self.vacuum(database.as_ref(), into.as_ref(), raw.span);
            }
        }
    }
}
