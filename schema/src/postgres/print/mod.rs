//! Query trees as text, as `pg_get_expr` and its kin print them.
//!
//! The rules are those of the engine's `ruleutils.c`: every operator in parentheses, conversions that were written in the form
//! `(value)::type`, names qualified only where the search path needs it.

mod call;
mod constant;
mod constraint;
mod expression;
mod index;
mod name;
mod partition;
mod query;
mod routine;
mod scope;
mod select;
mod sublink;
mod trigger;

pub use constraint::constraint_definition;
pub use index::index_definition;
pub use partition::{partition_bound, partition_key_definition};
pub use routine::{arguments, identity_arguments, result as routine_result};
pub use trigger::trigger_definition;

use crate::postgres::tree::{Expr, Query, Target, Window};
use crate::postgres::types::{Objects, Oid, Typing};
use scope::Scope;

/// An expression that belongs to a relation, or to none, as `pg_get_expr` prints it.
#[must_use]
pub fn expression(objects: &dyn Objects, expression: &Expr, relation: Option<Oid>) -> String {
    let mut printer = Printer::new(objects);
    printer.scopes.push(Scope::of_relation(objects, relation));
    printer.expression(expression, false);
    printer.text
}

/// The condition of a trigger on a relation, as `pg_get_triggerdef` prints it: over the old row and the new one.
#[must_use]
pub fn trigger_condition(objects: &dyn Objects, expression: &Expr, relation: Oid) -> String {
    let mut printer = Printer::new(objects);
    printer.scopes.push(Scope::of_trigger(objects, relation));
    printer.expression(expression, false);
    printer.text
}

/// The query of a view, as `pg_get_viewdef` prints it, with a semicolon at its end. `columns` are the names of the view's
/// columns.
#[must_use]
pub fn view_definition(objects: &dyn Objects, query: &Query, columns: &[String]) -> String {
    let mut printer = Printer::new(objects);
    // Until 15 a view's query also had the entries OLD and NEW, so that its columns were always qualified.
    printer.always_prefixed = objects.version() < 16;
    printer.query(query, Some(columns));
    printer.text.push(';');
    printer.text
}

/// Spaces that a part of a query is indented by.
const STANDARD: i32 = 8;
/// Those of CASE.
const VARIABLE: i32 = 4;
/// Those of a join.
const JOIN: i32 = 4;
/// Deeper indentation wraps around.
const LIMIT: i32 = 40;

struct Printer<'a> {
    typing: Typing<'a>,
    text: String,
    /// Whether parts are put on lines of their own.
    indents: bool,
    level: i32,
    /// What columns refer to: the innermost query is last.
    scopes: Vec<Scope>,
    /// Whether even the columns of a query with one table are qualified.
    always_prefixed: bool,
    /// The windows of the innermost query.
    windows: Vec<Window>,
    /// The columns of the queries around, by which windows are partitioned.
    window_targets: Vec<Vec<Target>>,
}

impl<'a> Printer<'a> {
    fn new(objects: &'a dyn Objects) -> Printer<'a> {
        Printer {
            typing: Typing::new(objects),
            text: String::new(),
            indents: true,
            level: 0,
            scopes: Vec::new(),
            always_prefixed: false,
            windows: Vec::new(),
            window_targets: Vec::new(),
        }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// A name.
    fn name(&mut self, name: &str) {
        let quoted = self.typing.quoted(name);
        self.push(&quoted);
    }

    /// A word at the start of a line of its own (`appendContextKeyword`).
    fn keyword(&mut self, word: &str, before: i32, after: i32, plus: i32) {
        if !self.indents {
            self.push(word);
            return;
        }
        self.level += before;
        self.trim();
        self.text.push('\n');
        let indent = if self.level < LIMIT {
            self.level.max(0)
        } else {
            (LIMIT + (self.level - LIMIT) / (STANDARD / 2)) % LIMIT
        };
        let spaces = usize::try_from(indent + plus).unwrap_or_default();
        self.text.extend(std::iter::repeat_n(' ', spaces));
        self.push(word);
        self.level = (self.level + after).max(0);
    }

    /// Takes spaces away from the end.
    fn trim(&mut self) {
        let length = self.text.trim_end_matches(' ').len();
        self.text.truncate(length);
    }

    /// Parts with commas between them.
    fn list<T>(&mut self, items: &[T], mut print: impl FnMut(&mut Self, &T)) {
        for (position, item) in items.iter().enumerate() {
            if position > 0 {
                self.push(", ");
            }
            print(self, item);
        }
    }
}
