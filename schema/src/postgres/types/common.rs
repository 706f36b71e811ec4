//! The type that several values are brought to: CASE, UNION, ARRAY, IN, VALUES (`select_common_type`).

use super::{CastContext, Oid, Typing, Typmod, ValueType, well_known};

impl Typing<'_> {
    /// The type that values of these types are brought to.
    ///
    /// # Errors
    ///
    /// Gives the two types of different categories that cannot be matched.
    pub fn common_type(self, types: &[Oid]) -> Result<Oid, (Oid, Oid)> {
        let Some((&first, others)) = types.split_first() else {
            return Ok(well_known::TEXT);
        };
        // All of one type: a domain stays one.
        if first != well_known::UNKNOWN && others.iter().all(|it| *it == first) {
            return Ok(first);
        }
        let mut chosen = self.base_type(first);
        let (mut category, mut preferred) = self.category(chosen);
        for &other in others {
            let other = self.base_type(other);
            if other == well_known::UNKNOWN || other == chosen {
                continue;
            }
            let (its_category, is_preferred) = self.category(other);
            if chosen != well_known::UNKNOWN {
                if its_category != category {
                    return Err((chosen, other));
                }
                let takes_over = !preferred
                    && self.can_coerce(chosen, other, CastContext::Implicit)
                    && !self.can_coerce(other, chosen, CastContext::Implicit);
                if !takes_over {
                    continue;
                }
            }
            (chosen, category, preferred) = (other, its_category, is_preferred);
        }
        if chosen == well_known::UNKNOWN {
            return Ok(well_known::TEXT);
        }
        Ok(chosen)
    }

    /// The modifier that values have in common (`select_common_typmod`).
    #[must_use]
    pub fn common_typmod(self, common: Oid, values: &[ValueType]) -> Typmod {
        let Some(first) = values.first() else {
            return Typmod::NONE;
        };
        let same = |value: &ValueType| value.oid == common && value.typmod == first.typmod;
        if values.iter().all(same) {
            first.typmod
        } else {
            Typmod::NONE
        }
    }

    /// The common type of arguments of the `anycompatible` family; nothing if there is none that all can become
    /// (`select_common_type_from_oids`, `verify_common_type_from_oids`).
    pub(super) fn common_type_of_all(self, types: &[Oid]) -> Option<Oid> {
        let common = self.common_type(types).ok()?;
        let all = types
            .iter()
            .all(|it| self.can_coerce(*it, common, CastContext::Implicit));
        all.then_some(common)
    }
}
