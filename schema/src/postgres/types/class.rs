//! Operator classes: which one an index has where nothing is said, and by which operators values are sorted and grouped
//! (`GetDefaultOpClass`, `lookup_type_cache`, `get_sort_group_operators`).

use super::{Oid, OperatorClass, TypeKind, Typing, well_known};

/// The parts that operators play in a btree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants are the comparisons")]
pub enum Strategy {
    Less = 1,
    LessOrEqual = 2,
    Equal = 3,
    GreaterOrEqual = 4,
    Greater = 5,
}

/// The operators by which values of a type are compared. A type can have equality alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Comparison {
    /// `<`
    pub less: Option<Oid>,
    /// `=`
    pub equal: Option<Oid>,
    /// `>`
    pub greater: Option<Oid>,
    /// Whether there is a hash function.
    pub hashable: bool,
}

/// Types that hold types, however deep, as the engine's stack allows.
const DEEPEST: u16 = 64;

impl<'a> Typing<'a> {
    /// The operator class of an access method that a column of a type has where nothing is said.
    #[must_use]
    pub fn default_class(self, oid: Oid, method: Oid) -> Option<&'a OperatorClass> {
        let oid = self.base_type(oid);
        let classes = self.objects.operator_classes(method);
        let defaults = || classes.iter().copied().filter(|class| class.is_default);
        if let Some(exact) = defaults().find(|class| class.input == oid) {
            return Some(exact);
        }
        let category = self.category(oid).0;
        let compatible: Vec<&OperatorClass> = defaults()
            .filter(|class| self.is_binary_coercible(oid, class.input))
            .collect();
        let preferred: Vec<&OperatorClass> = compatible
            .iter()
            .copied()
            .filter(|class| self.category(class.input) == (category, true))
            .collect();
        let candidates = if preferred.is_empty() {
            compatible
        } else {
            preferred
        };
        match candidates.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The operator of a family for two types and a part.
    #[must_use]
    pub fn family_operator(self, family: Oid, left: Oid, right: Oid, strategy: i16) -> Option<Oid> {
        let members = self.objects.family_members(family);
        let found = members.iter().find(|member| {
            member.left == left
                && member.right == right
                && member.strategy == strategy
                && !member.orders
        });
        found.map(|member| member.operator)
    }

    /// How values of a type are compared; arrays, rows and ranges by what they hold.
    #[must_use]
    pub fn comparison(self, oid: Oid) -> Comparison {
        self.comparison_within(oid, 0)
    }

    fn comparison_within(self, oid: Oid, depth: u16) -> Comparison {
        let oid = self.base_type(oid);
        if depth > DEEPEST {
            return Comparison::default();
        }
        let hash = self.default_class(oid, well_known::HASH);
        let mut found = Comparison {
            hashable: hash.is_some(),
            ..Comparison::default()
        };
        if let Some(class) = self.default_class(oid, well_known::BTREE) {
            let operator = |strategy: Strategy| {
                self.family_operator(class.family, class.input, class.input, strategy as i16)
            };
            found.less = operator(Strategy::Less);
            found.equal = operator(Strategy::Equal);
            found.greater = operator(Strategy::Greater);
        } else if let Some(class) = hash {
            found.equal = self.family_operator(class.family, class.input, class.input, 1);
        }
        // Arrays, rows and ranges share operators, which work if what they hold can be compared.
        let inner: Vec<Oid> = match self.kind(oid) {
            Some(TypeKind::Composite { relation }) => {
                let columns = self.objects.attributes(relation).into_iter();
                columns.map(|column| column.value.oid).collect()
            }
            Some(TypeKind::Range { subtype, .. }) => vec![subtype],
            Some(TypeKind::Multirange { range }) => self.range_subtype(range).into_iter().collect(),
            _ => self.element_type(oid).into_iter().collect(),
        };
        for part in inner {
            let its = self.comparison_within(part, depth + 1);
            found.hashable &= its.hashable;
            found.equal = found.equal.filter(|_| its.equal.is_some());
            found.less = found.less.filter(|_| its.less.is_some());
            found.greater = found.greater.filter(|_| its.greater.is_some());
        }
        found
    }

    /// Whether an operator is the equality of a default btree or hash family, and its left type can be hashed.
    #[must_use]
    pub fn is_equality(self, operator: Oid) -> bool {
        let Some(operator) = self.objects.operator(operator) else {
            return false;
        };
        let (Some(left), right) = (operator.left, operator.right) else {
            return false;
        };
        let plays = |method, strategy| {
            let class = self.default_class(left, method);
            class.is_some_and(|class| {
                self.family_operator(class.family, left, right, strategy) == Some(operator.oid)
            })
        };
        plays(well_known::BTREE, Strategy::Equal as i16) || plays(well_known::HASH, 1)
    }
}
