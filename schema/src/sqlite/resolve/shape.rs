//! Which expressions are the same once their names are resolved.
//!
//! The engine compares expressions to find the column that an ORDER BY term of a compound query means and the index that
//! an ON CONFLICT target means (`sqlite3ExprCompare`). Every resolved expression gets a number here, and two
//! expressions have the same number when they are the same; no tree needs to be kept or walked twice.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The number of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shape(u32);

/// What an expression is made of.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// An operator, function or literal with what it applies to.
    Apply(String, Vec<Shape>),
    /// COLLATE, which some comparisons overlook.
    Collate(String, Shape),
    /// A column of a FROM item; `None` is the rowid.
    Column(u32, Option<usize>),
}

/// The numbers given so far.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    given: u32,
    numbers: BTreeMap<Node, Shape>,
    /// What is inside of those that are COLLATE.
    collated: BTreeMap<Shape, Shape>,
}

impl Shapes {
    /// The number of a node.
    pub(super) fn of(&mut self, node: Node) -> Shape {
        let inner = match node {
            Node::Collate(_, inner) => Some(inner),
            Node::Apply(..) | Node::Column(..) => None,
        };
        match self.numbers.entry(node) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(unknown) => {
                let shape = Shape(self.given);
                unknown.insert(shape);
                self.given = self.given.saturating_add(1);
                if let Some(inner) = inner {
                    self.collated.insert(shape, inner);
                }
                shape
            }
        }
    }

    /// The number of an operator applied to operands.
    pub(super) fn apply(&mut self, operator: impl Into<String>, operands: Vec<Shape>) -> Shape {
        self.of(Node::Apply(operator.into(), operands))
    }

    /// The number of something that equals nothing, itself included.
    pub(super) fn unique(&mut self) -> Shape {
        let shape = Shape(self.given);
        self.given = self.given.saturating_add(1);
        shape
    }

    /// Whether two expressions differ at most by COLLATE around the whole of one of them.
    pub(super) fn same_but_for_collation(&self, left: Shape, right: Shape) -> bool {
        left == right
            || match (self.uncollated(left), self.uncollated(right)) {
                // Two COLLATE operators are compared as they stand.
                (Some(_), Some(_)) | (None, None) => false,
                (Some(inner), None) => self.same_but_for_collation(inner, right),
                (None, Some(inner)) => self.same_but_for_collation(left, inner),
            }
    }

    /// Whether it is COLLATE.
    pub(super) fn is_collated(&self, shape: Shape) -> bool {
        self.uncollated(shape).is_some()
    }

    fn uncollated(&self, shape: Shape) -> Option<Shape> {
        self.collated.get(&shape).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outer_collate_is_overlooked_and_an_inner_one_is_not() {
        let mut shapes = Shapes::default();
        let column = shapes.of(Node::Column(1, Some(0)));
        let collated = shapes.of(Node::Collate("nocase".into(), column));
        assert!(shapes.same_but_for_collation(column, collated));
        let plain = shapes.apply("+", vec![column]);
        let other = shapes.apply("+", vec![collated]);
        assert!(!shapes.same_but_for_collation(plain, other));
        let unique = shapes.unique();
        assert_ne!(unique, shapes.unique());
    }
}
