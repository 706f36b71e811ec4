//! What is gathered while a statement is resolved.

use super::named::Named;
use super::resolution::{Clause, Environment, Reference, Resolution, Target};
use super::shape::{Node, Shapes};
use super::source::{Source, SourceColumn};
use super::value::Value;
use crate::diagnostic::{Code, Diagnostic};
use crate::errors::sqlite::queries as errors;
use crate::replay::MAX_MISTAKES;
use crate::sqlite::catalog::{ObjectPath, ViewColumn};
use crate::text::{Ident, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Resolves one definition or statement.
///
/// Where that needs another definition (a view whose query is broken, a trigger that fires), a resolver of its own
/// resolves it, and only what is wrong there is brought back.
pub(super) struct Resolver<'e> {
    pub(super) environment: Environment<'e>,
    pub(super) home: Home,
    pub(super) shapes: Shapes,
    pub(super) memory: Memory,
    /// The cursors of the columns that names referred to, in order: what an aggregate function works on.
    pub(super) seen: Vec<u32>,
    /// The depth of the outermost scope that a name referred to.
    pub(super) reached: usize,
    references: Vec<Reference>,
    diagnostics: Vec<Diagnostic>,
    cursors: u32,
    silent: usize,
    dropped: usize,
    tables_only: usize,
    unrecorded: usize,
}

/// What a definition may do, and where its names are looked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Home {
    /// The one database in which tables are looked for; none is the search path.
    pub(super) database: Option<usize>,
    /// What the names NEW and OLD are, within a trigger.
    pub(super) rows: Option<TriggerRows>,
    /// Whether it is kept in a database other than `temp`: functions that only statements may call are refused there.
    pub(super) kept: bool,
    /// The view or trigger that is being defined, where there are no parameters.
    pub(super) definition: Option<DefinitionKind>,
    /// Whether the triggers that its changes fire are resolved as well.
    pub(super) fires: bool,
    /// Whether the engine only looks at names now, and at the rest when the expression is used: in CHECK, and in the
    /// columns of EXISTS.
    pub(super) names_only: bool,
    /// Whether ALTER TABLE looks at the names of a trigger.
    pub(super) altered: bool,
}

/// A definition that the engine keeps without looking at what its names refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DefinitionKind {
    /// CREATE VIEW.
    View,
    /// CREATE TRIGGER.
    Trigger,
}

/// The row that a trigger is about.
#[derive(Debug, Clone)]
pub(super) struct TriggerRows {
    /// The table or view that the trigger watches.
    pub(super) source: Source,
    /// Whether there is a row before the change.
    pub(super) old: bool,
    /// Whether there is a row after the change.
    pub(super) new: bool,
}

/// What was found out about the objects of the catalog.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// The columns of tables and views.
    pub(super) columns: BTreeMap<ObjectPath, Named<SourceColumn>>,
    /// What is wrong with the views whose columns the catalog does not know; none while a view is being resolved.
    pub(super) views: BTreeMap<ObjectPath, Option<BrokenView>>,
    /// The triggers that were resolved already.
    pub(super) triggers: BTreeSet<ObjectPath>,
    /// How many triggers are being resolved, each fired by the one before it.
    pub(super) firing: usize,
    /// The cursors that common tables took, those that were resolved once and used again included.
    pub(super) nested_cursors: usize,
    /// Whether it was said that these are too many.
    pub(super) nested_too_deep: bool,
}

/// A view that cannot be used, or could not before it was renewed.
#[derive(Debug, Clone)]
pub(super) struct BrokenView {
    /// Its columns, as far as they can be known.
    pub(super) columns: Option<Vec<ViewColumn>>,
    /// The first mistake in it.
    pub(super) reason: Option<Diagnostic>,
}

impl<'e> Resolver<'e> {
    /// A resolver that has seen nothing.
    pub(super) fn new(environment: Environment<'e>, home: Home) -> Resolver<'e> {
        Resolver {
            environment,
            home,
            shapes: Shapes::default(),
            memory: Memory::default(),
            seen: Vec::new(),
            reached: usize::MAX,
            references: Vec::new(),
            diagnostics: Vec::new(),
            cursors: 0,
            silent: 0,
            dropped: 0,
            tables_only: 0,
            unrecorded: 0,
        }
    }

    /// Resolves another definition with what is known so far, and returns what is wrong there with the result.
    pub(super) fn elsewhere<T>(
        &mut self,
        home: Home,
        resolve: impl FnOnce(&mut Resolver<'e>) -> T,
    ) -> (T, Vec<Diagnostic>) {
        let mut other = Resolver::new(self.environment, home);
        other.memory = std::mem::take(&mut self.memory);
        let result = resolve(&mut other);
        self.memory = std::mem::take(&mut other.memory);
        (result, other.finish(None).diagnostics)
    }

    /// What was gathered: references once each, diagnostics in the order of the text.
    pub(super) fn finish(mut self, columns: Option<Vec<ViewColumn>>) -> Resolution {
        self.references.sort_by(|one, other| {
            one.token
                .cmp(&other.token)
                .then_with(|| one.target.cmp(&other.target))
                .then_with(|| one.clause.cmp(&other.clause))
        });
        self.references
            .dedup_by(|one, other| one.token == other.token && one.target == other.target);
        let place = |diagnostic: &Diagnostic| {
            let span = diagnostic.primary.span;
            (span.file, span.start, span.end)
        };
        self.diagnostics.sort_by_key(place);
        let mut unique: Vec<Diagnostic> = Vec::with_capacity(self.diagnostics.len());
        for diagnostic in self.diagnostics {
            // A common table or a named window that is used twice is resolved twice, and `*` of two tables of one name is
            // as many ambiguous columns as they have.
            let before = unique.iter().rev();
            let mut here = before.take_while(|other| place(other) == place(&diagnostic));
            let repeats = |other: &Diagnostic| {
                let is_ambiguous = diagnostic.code == Code::AmbiguousColumn;
                other.message == diagnostic.message || is_ambiguous && other.code == diagnostic.code
            };
            if !here.any(repeats) {
                unique.push(diagnostic);
            }
        }
        Resolution {
            references: self.references,
            columns,
            diagnostics: unique,
        }
    }

    /// A number for a new source.
    pub(super) fn cursor(&mut self) -> u32 {
        self.cursors += 1;
        self.cursors
    }

    /// How many sources there are.
    pub(super) fn cursors(&self) -> u32 {
        self.cursors
    }

    /// Whether something is wrong already.
    pub(super) fn mistakes(&self) -> usize {
        self.diagnostics.len()
    }

    /// Records a mistake.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if self.tables_only == 0 {
            self.report_table(diagnostic);
        }
    }

    /// Records a mistake in FROM or in `*`, which the engine looks at before it looks at any other name.
    pub(super) fn report_table(&mut self, diagnostic: Diagnostic) {
        if self.silent == 0 {
            self.push(diagnostic);
        }
    }

    /// Leaves out of the mistakes of a right side that rows of values stand in it, where the left side has that mistake: who
    /// compares two rows of rows makes it once. The sides begin at the positions `left` and `right`.
    pub(super) fn tell_of_rows_once(&mut self, left: usize, right: usize) {
        let mut of_left = self.diagnostics.iter().skip(left).take(right - left);
        if of_left.any(errors::is_about_a_row) {
            let mut of_right = self.diagnostics.split_off(right);
            of_right.retain(|mistake| !errors::is_about_a_row(mistake));
            self.diagnostics.append(&mut of_right);
        }
    }

    /// One more than are told is enough to know that there are too many.
    fn push(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() <= MAX_MISTAKES {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Records a mistake that the engine finds when it generates code for the expression.
    pub(super) fn report_use(&mut self, diagnostic: Diagnostic) {
        if !self.home.names_only {
            self.report(diagnostic);
        }
    }

    /// Records a mistake that the engine finds while it parses, even where it does not look at names: it stops CREATE
    /// VIEW and CREATE TRIGGER themselves.
    pub(super) fn report_always(&mut self, diagnostic: Diagnostic) {
        if self.dropped > 0 {
            return;
        }
        let code = match self.home.definition {
            Some(DefinitionKind::View) => Code::InvalidView,
            Some(DefinitionKind::Trigger) => Code::InvalidTrigger,
            None => diagnostic.code,
        };
        self.push(Diagnostic { code, ..diagnostic });
    }

    /// Resolves something for its references only: the engine does not look at it.
    pub(super) fn unchecked<T>(&mut self, resolve: impl FnOnce(&mut Self) -> T) -> T {
        self.silent += 1;
        let result = resolve(self);
        self.silent -= 1;
        result
    }

    /// Resolves something that the engine's parser throws away, for its references only.
    pub(super) fn thrown_away<T>(&mut self, resolve: impl FnOnce(&mut Self) -> T) -> T {
        self.dropped += 1;
        let result = self.unchecked(resolve);
        self.dropped -= 1;
        result
    }

    /// Records a parameter where there can be none. Those of a view are counted before anything is thrown away.
    pub(super) fn report_parameter(&mut self, span: Span) {
        match self.home.definition {
            Some(kind @ DefinitionKind::View) => {
                self.push(errors::parameter_in_definition(span, kind));
            }
            Some(kind @ DefinitionKind::Trigger) => {
                self.report_always(errors::parameter_in_definition(span, kind));
            }
            None => {}
        }
    }

    /// Resolves something of which the engine only looks at the tables: a window that nothing uses.
    pub(super) fn tables_only<T>(&mut self, resolve: impl FnOnce(&mut Self) -> T) -> T {
        self.tables_only += 1;
        let result = resolve(self);
        self.tables_only -= 1;
        result
    }

    /// Resolves something for its value only, and says whether something is wrong with it.
    pub(super) fn attempt<T>(&mut self, resolve: impl FnOnce(&mut Self) -> T) -> (T, bool) {
        let silent = std::mem::take(&mut self.silent);
        let tables_only = std::mem::take(&mut self.tables_only);
        let mistakes = std::mem::take(&mut self.diagnostics);
        self.unrecorded += 1;
        let result = resolve(self);
        self.unrecorded -= 1;
        let failed = !self.diagnostics.is_empty();
        self.diagnostics = mistakes;
        self.silent = silent;
        self.tables_only = tables_only;
        (result, failed)
    }

    /// Resolves something whose names no ALTER TABLE rewrites.
    pub(super) fn unrecorded<T>(&mut self, resolve: impl FnOnce(&mut Self) -> T) -> T {
        self.unrecorded += 1;
        let result = resolve(self);
        self.unrecorded -= 1;
        result
    }

    /// Records what a name refers to.
    pub(super) fn refer(&mut self, name: &Ident, target: Target, clause: Clause) {
        if self.unrecorded == 0 {
            self.references.push(Reference {
                token: name.token,
                span: name.span,
                target,
                clause,
            });
        }
    }

    /// Records that a name refers to a table or view.
    pub(super) fn refer_to_relation(&mut self, name: &Ident, path: Option<&ObjectPath>) {
        if let Some(path) = path {
            self.refer(name, Target::Relation(path.clone()), Clause::Other);
        }
    }

    /// Records that a name refers to a column.
    pub(super) fn refer_to_column(
        &mut self,
        name: &Ident,
        column: Option<&(ObjectPath, usize)>,
        clause: Clause,
    ) {
        if let Some((relation, column)) = column {
            let target = Target::Column {
                relation: relation.clone(),
                column: *column,
            };
            self.refer(name, target, clause);
        }
    }

    /// A value that a mistake has made unknown.
    pub(super) fn unknown(&mut self) -> Value {
        Value::unknown(self.shapes.unique())
    }

    /// A value of which nothing is known but that it is one.
    pub(super) fn any_value(&mut self) -> Value {
        Value::new(self.shapes.unique())
    }

    /// The value of a literal or a call without operands.
    pub(super) fn leaf(&mut self, text: impl Into<String>) -> Value {
        Value::new(self.shapes.of(Node::Apply(text.into(), Vec::new())))
    }
}
