//! What is known while a statement is resolved.

use super::context::Context;
use super::scope::Level;
use super::variables::Variables;
use crate::diagnostic::Diagnostic;
use crate::postgres::catalog::Catalog;
use crate::postgres::tree::{Expr, UNKNOWN};
use crate::postgres::types::{ValueType, well_known};

/// What a statement is resolved in.
#[derive(Clone, Copy)]
pub struct Environment<'a> {
    /// What exists.
    pub catalog: &'a Catalog,
    /// The major version of the engine.
    pub version: u16,
    /// The variables of PL/pgSQL or the parameters of a function of SQL that names can stand for, if any.
    pub variables: Option<&'a Variables>,
}

/// A statement that is being resolved.
pub(super) struct Resolver<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) version: u16,
    pub(super) variables: Option<&'a Variables>,
    /// The queries that are being resolved, the innermost last; never empty.
    levels: Vec<Level<'a>>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The type of VALUE in a domain's CHECK.
    pub(super) domain_value: Option<ValueType>,
    /// Whether the statement is rewritten: then rules and views are looked into.
    pub(super) rewrites: bool,
    /// Whether it is planned as well: then indexes are looked for.
    pub(super) plans: bool,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(environment: Environment<'a>) -> Resolver<'a> {
        Resolver {
            catalog: environment.catalog,
            version: environment.version,
            variables: environment.variables,
            levels: vec![Level::default()],
            diagnostics: Vec::new(),
            domain_value: None,
            rewrites: true,
            // What stands in a function is planned when it runs.
            plans: environment.variables.is_none(),
        }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports a mistake, and gives what it leaves unknown.
    pub(super) fn mistake(&mut self, diagnostic: Diagnostic) -> Expr {
        self.report(diagnostic);
        Expr::Unknown
    }

    /// The innermost query.
    pub(super) fn level(&self) -> &Level<'a> {
        // There is always one: what `enter` adds, `leave` takes away.
        &self.levels[self.levels.len() - 1]
    }

    /// The innermost query.
    pub(super) fn level_mut(&mut self) -> &mut Level<'a> {
        let last = self.levels.len() - 1;
        &mut self.levels[last]
    }

    /// All queries that are being resolved, the outermost first.
    pub(super) fn levels(&self) -> &[Level<'a>] {
        &self.levels
    }

    /// The query so many levels further out.
    pub(super) fn outer(&self, levels_up: usize) -> Option<&Level<'a>> {
        let position = self.levels.len().checked_sub(levels_up + 1)?;
        self.levels.get(position)
    }

    /// The query so many levels further out.
    pub(super) fn outer_mut(&mut self, levels_up: usize) -> Option<&mut Level<'a>> {
        let position = self.levels.len().checked_sub(levels_up + 1)?;
        self.levels.get_mut(position)
    }

    /// Begins a query within the innermost one.
    pub(super) fn enter(&mut self, level: Level<'a>) {
        self.levels.push(level);
    }

    /// Ends the innermost query.
    pub(super) fn leave(&mut self) -> Level<'a> {
        if self.levels.len() == 1 {
            return std::mem::take(self.level_mut());
        }
        self.levels.pop().unwrap_or_default()
    }

    /// Does something where an expression of another kind stands.
    pub(super) fn within<T>(
        &mut self,
        context: Context,
        action: impl FnOnce(&mut Resolver<'a>) -> T,
    ) -> T {
        let before = std::mem::replace(&mut self.level_mut().context, context);
        let result = action(self);
        self.level_mut().context = before;
        result
    }

    pub(super) fn context(&self) -> Context {
        self.level().context
    }
}

/// Whether a mistake has left the type of an expression unknown.
pub(super) fn is_unknown(expression: &Expr) -> bool {
    expression.value_type().oid == UNKNOWN.oid
}

/// Whether an expression is a string or NULL whose type is still to be decided.
pub(super) fn is_untyped(expression: &Expr) -> bool {
    expression.value_type().oid == well_known::UNKNOWN
}
