//! Which operator is meant (`parse_oper.c`).

use super::candidate::Candidate;
use super::{Oid, Operator, Typing, well_known};

/// Why no operator was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OperatorMistake {
    /// There is none for these types; these operators of the name there are.
    NotFound(Vec<Oid>),
    /// More than one is as close: these.
    Ambiguous(Vec<Oid>),
}

struct OperatorCandidate<'a> {
    operator: &'a Operator,
    arguments: Vec<Oid>,
}

impl Candidate for OperatorCandidate<'_> {
    fn arguments(&self) -> &[Oid] {
        &self.arguments
    }
}

impl<'a> Typing<'a> {
    /// The operator that a use of a name with one operand or two means (`oper`, `left_oper`). One that was only announced is
    /// given as well: its `function` is none.
    ///
    /// # Errors
    ///
    /// Says whether there is none, or more than one.
    pub fn find_operator(
        self,
        schema: Option<&str>,
        name: &str,
        left: Option<Oid>,
        right: Oid,
    ) -> Result<&'a Operator, OperatorMistake> {
        let all = self.objects.operators_named(name);
        let path = self.search_places(schema);
        // Those that a name finds, the earlier in the search path first.
        let mut placed: Vec<(usize, &Operator)> = all
            .iter()
            .filter(|operator| operator.left.is_some() == left.is_some())
            .filter_map(|operator| {
                let place = path
                    .iter()
                    .position(|namespace| *namespace == operator.namespace)?;
                Some((place, *operator))
            })
            .collect();
        placed.sort_by_key(|(place, operator)| (*place, operator.oid));
        let exact = |left: Option<Oid>, right: Oid| {
            let mut found = placed.iter().map(|(_, operator)| *operator);
            found.find(|operator| operator.left == left && operator.right == right)
        };
        if let Some(found) = exact(left, right) {
            return Ok(found);
        }
        if let Some(left_type) = left {
            // An unknown literal is taken for the other side's type first.
            let same = match (left_type, right) {
                (well_known::UNKNOWN, other) | (other, well_known::UNKNOWN) => Some(other),
                _ => None,
            };
            if let Some(same) = same {
                let base = self.base_type(same);
                let found = exact(Some(same), same);
                let found = found.or_else(|| exact(Some(base), base).filter(|_| base != same));
                if let Some(found) = found {
                    return Ok(found);
                }
            }
        }
        let mut candidates: Vec<OperatorCandidate> = Vec::new();
        for (_, operator) in placed {
            let arguments: Vec<Oid> = operator.left.into_iter().chain([operator.right]).collect();
            // One that an earlier schema of the path has hides the later ones of the same types.
            if candidates
                .iter()
                .all(|earlier| earlier.arguments != arguments)
            {
                candidates.push(OperatorCandidate {
                    operator,
                    arguments,
                });
            }
        }
        let inputs: Vec<Oid> = left.into_iter().chain([right]).collect();
        let of_name = candidates
            .iter()
            .map(|candidate| candidate.operator.oid)
            .collect();
        let matching = self.matching(&inputs, candidates);
        if matching.is_empty() {
            return Err(OperatorMistake::NotFound(of_name));
        }
        if let [only] = matching.as_slice() {
            return Ok(only.operator);
        }
        match self.select(&inputs, matching) {
            Ok(chosen) => Ok(chosen.operator),
            Err(left_over) => {
                let oids = left_over.iter().map(|candidate| candidate.operator.oid);
                Err(OperatorMistake::Ambiguous(oids.collect()))
            }
        }
    }

    /// The operator of exactly these types, as `OPERATOR(schema.+)` in a definition names one (`OpernameGetOprid`).
    #[must_use]
    pub fn exact_operator(
        self,
        schema: Option<&str>,
        name: &str,
        left: Option<Oid>,
        right: Oid,
    ) -> Option<&'a Operator> {
        let all = self.objects.operators_named(name);
        self.search_places(schema).iter().find_map(|namespace| {
            all.iter().copied().find(|operator| {
                operator.namespace == *namespace && operator.left == left && operator.right == right
            })
        })
    }

    /// The operator of these types, or one whose types these are as they are stored (`compatible_oper`).
    #[must_use]
    pub fn compatible_operator(
        self,
        schema: Option<&str>,
        name: &str,
        left: Option<Oid>,
        right: Oid,
    ) -> Option<&'a Operator> {
        let found = self.find_operator(schema, name, left, right).ok()?;
        let fits =
            |actual, declared| actual == declared || self.is_binary_coercible(actual, declared);
        let left_fits = match (left, found.left) {
            (Some(actual), Some(declared)) => fits(actual, declared),
            (actual, declared) => actual == declared,
        };
        (left_fits && fits(right, found.right)).then_some(found)
    }

    /// Where a name is looked for: in the schema that is written, or along the search path.
    pub(super) fn search_places(self, schema: Option<&str>) -> Vec<Oid> {
        match schema {
            Some(schema) => self.objects.namespace(schema).into_iter().collect(),
            None => self.objects.search_path().to_vec(),
        }
    }
}
