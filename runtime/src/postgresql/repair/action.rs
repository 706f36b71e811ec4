//! One step of a repair: what it is for, and the statements that do it.

use crate::difference::{Difference, Object};

/// Statements that are run together or not at all.
#[derive(Debug, Clone)]
pub(super) struct Action {
    /// What it is about: a failure of it is told of this.
    pub(super) object: Object,
    /// What it is for, a line each.
    pub(super) says: Vec<String>,
    /// Ways to do it, the better ones first; each is a list of statements.
    pub(super) ways: Vec<Vec<String>>,
}

impl Action {
    /// What mends a difference.
    pub(super) fn mends(difference: &Difference, statements: Vec<String>) -> Action {
        Action {
            object: difference.object().clone(),
            says: vec![difference.to_string()],
            ways: vec![statements],
        }
    }

    /// What mends a difference by one statement.
    pub(super) fn by(difference: &Difference, statement: String) -> Action {
        Action::mends(difference, vec![statement])
    }

    /// Another way, for where the first one is refused.
    pub(super) fn or(mut self, statements: Vec<String>) -> Action {
        self.ways.push(statements);
        self
    }
}
