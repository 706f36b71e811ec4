//! Which of several functions or operators of a name a call means (`func_match_argtypes`, `func_select_candidate`).

use super::{CastContext, Oid, Typing, well_known};

/// The category of types that are strings.
const STRING: char = 'S';

/// A function or operator that a call may mean.
pub(super) trait Candidate {
    /// The types of its arguments, in the order of the call's.
    fn arguments(&self) -> &[Oid];
}

impl Typing<'_> {
    /// Those that the arguments can be converted to without being asked.
    pub(super) fn matching<C: Candidate>(self, inputs: &[Oid], candidates: Vec<C>) -> Vec<C> {
        let mut candidates = candidates;
        candidates.retain(|candidate| {
            let declared = candidate
                .arguments()
                .get(..inputs.len())
                .unwrap_or_default();
            declared.len() == inputs.len()
                && self.can_coerce_all(inputs, declared, CastContext::Implicit)
        });
        candidates
    }

    /// The one of several matching candidates that is closest; what is left where none is (`func_select_candidate`).
    pub(super) fn select<C: Candidate>(
        self,
        inputs: &[Oid],
        mut candidates: Vec<C>,
    ) -> Result<C, Vec<C>> {
        let inputs: Vec<Oid> = inputs.iter().map(|input| self.base_type(*input)).collect();
        let is_unknown = |position: usize| inputs.get(position) == Some(&well_known::UNKNOWN);
        let known = || {
            (0..)
                .zip(&inputs)
                .filter(|(_, input)| **input != well_known::UNKNOWN)
        };

        // Most exact matches.
        candidates = most(candidates, |candidate| {
            known()
                .filter(|(position, input)| candidate.arguments().get(*position) == Some(input))
                .count()
        });
        if candidates.len() == 1 {
            return one(candidates);
        }

        // Most matches that are exact or of the preferred type of their category.
        let categories: Vec<char> = inputs.iter().map(|input| self.category(*input).0).collect();
        candidates = most(candidates, |candidate| {
            known()
                .filter(|(position, input)| {
                    let Some(declared) = candidate.arguments().get(*position) else {
                        return false;
                    };
                    let is_preferred = || {
                        let (category, preferred) = self.category(*declared);
                        preferred && categories.get(*position) == Some(&category)
                    };
                    declared == *input || is_preferred()
                })
                .count()
        });
        if candidates.len() == 1 {
            return one(candidates);
        }

        let unknown: Vec<usize> = (0..inputs.len())
            .filter(|position| is_unknown(*position))
            .collect();
        if unknown.is_empty() {
            return Err(candidates);
        }
        // The category that each unknown literal is of.
        let slots: Option<Vec<(usize, char, bool)>> = unknown
            .iter()
            .map(|position| {
                let (category, has_preferred) = self.slot(*position, &candidates)?;
                Some((*position, category, has_preferred))
            })
            .collect();
        if let Some(slots) = slots {
            let fits = |candidate: &C| {
                slots.iter().all(|(position, category, has_preferred)| {
                    let declared = candidate.arguments().get(*position);
                    let its = declared.map(|declared| self.category(*declared));
                    its.is_some_and(|(its, preferred)| {
                        its == *category && (preferred || !has_preferred)
                    })
                })
            };
            if candidates.iter().any(fits) {
                candidates.retain(fits);
                if candidates.len() == 1 {
                    return one(candidates);
                }
            }
        }

        // All known arguments of one type: then the unknown ones are taken for that as well.
        let mut types = known().map(|(_, input)| *input);
        if let Some(first) = types.next()
            && types.all(|other| other == first)
        {
            let all = vec![first; inputs.len()];
            let accepts = |candidate: &C| {
                let declared = candidate.arguments().get(..all.len()).unwrap_or_default();
                self.can_coerce_all(&all, declared, CastContext::Implicit)
            };
            if candidates
                .iter()
                .filter(|candidate| accepts(candidate))
                .count()
                == 1
            {
                candidates.retain(accepts);
                return one(candidates);
            }
        }
        Err(candidates)
    }

    /// The category that an unknown literal is of among candidates, and whether one takes the preferred type there; nothing
    /// if they disagree. Strings win.
    fn slot<C: Candidate>(self, position: usize, candidates: &[C]) -> Option<(char, bool)> {
        let mut slot: Option<(char, bool)> = None;
        let mut conflict = false;
        for candidate in candidates {
            let (category, preferred) = self.category(*candidate.arguments().get(position)?);
            slot = Some(match slot {
                None => (category, preferred),
                Some((chosen, has)) if chosen == category => (chosen, has || preferred),
                Some(_) if category == STRING => (category, preferred),
                Some(chosen) => {
                    conflict |= chosen.0 != STRING;
                    chosen
                }
            });
        }
        slot.filter(|(category, _)| !conflict || *category == STRING)
    }
}

/// The candidates of which something is greatest.
fn most<C>(candidates: Vec<C>, count: impl Fn(&C) -> usize) -> Vec<C> {
    let counts: Vec<usize> = candidates.iter().map(count).collect();
    let greatest = counts.iter().copied().max().unwrap_or_default();
    let pairs = candidates.into_iter().zip(counts);
    pairs
        .filter(|(_, count)| *count == greatest)
        .map(|(candidate, _)| candidate)
        .collect()
}

fn one<C>(mut candidates: Vec<C>) -> Result<C, Vec<C>> {
    match (candidates.pop(), candidates.is_empty()) {
        (Some(candidate), true) => Ok(candidate),
        (last, _) => {
            candidates.extend(last);
            Err(candidates)
        }
    }
}
