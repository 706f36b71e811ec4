//! Polymorphic signatures: what `anyelement` and its kin stand for in a call
//! (`check_generic_type_consistency`, `enforce_generic_type_consistency`).

use super::typing::{is_any_family, is_compatible_family, is_polymorphic};
use super::{Oid, Typing, well_known};

/// What a polymorphic signature does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolymorphicMistake {
    /// `arguments declared "…" are not all alike`, with two types.
    NotAlike(&'static str, Oid, Oid),
    /// `argument declared … is not …`, with the type.
    NotA(&'static str, &'static str, Oid),
    /// `argument declared "…" is not consistent with argument declared "…"`.
    Inconsistent {
        /// The type in the signature.
        declared: &'static str,
        /// What it is in the call.
        actual: Oid,
        /// The other one in the signature.
        other: &'static str,
        /// What that is in the call.
        other_actual: Oid,
    },
    /// `could not determine polymorphic type because input has type unknown`.
    Undetermined,
    /// `arguments of anycompatible family cannot be cast to a common type`.
    NoCommonType,
    /// There is no array, range or multirange type of a type.
    NoSuchType(&'static str, Oid),
}

/// What a family of polymorphic types stands for.
#[derive(Default)]
struct Family {
    element: Option<Oid>,
    array: Option<Oid>,
    range: Option<Oid>,
    multirange: Option<Oid>,
    unknown: bool,
    any: bool,
    non_array: bool,
    enumeration: bool,
}

/// The names that messages use for the members of a family.
struct Words {
    element: &'static str,
    array: &'static str,
    range: &'static str,
    multirange: &'static str,
}

const ANY: Words = Words {
    element: "anyelement",
    array: "anyarray",
    range: "anyrange",
    multirange: "anymultirange",
};

const COMPATIBLE: Words = Words {
    element: "anycompatible",
    array: "anycompatiblearray",
    range: "anycompatiblerange",
    multirange: "anycompatiblemultirange",
};

/// Sets what a type stands for; two different types are a mistake.
fn set(
    place: &mut Option<Oid>,
    actual: Oid,
    words: &'static str,
) -> Result<(), PolymorphicMistake> {
    match place.replace(actual) {
        Some(before) if before != actual => {
            Err(PolymorphicMistake::NotAlike(words, before, actual))
        }
        _ => Ok(()),
    }
}

impl Typing<'_> {
    /// Whether arguments of some types agree with polymorphic ones (`check_generic_type_consistency`).
    pub(super) fn is_consistent(self, actual: &[Oid], declared: &[Oid]) -> bool {
        self.resolve_polymorphic(actual, declared, None, true)
            .is_ok()
    }

    /// The types that the arguments of a call have to be of, and that of its result, where a signature is polymorphic
    /// (`enforce_generic_type_consistency`).
    ///
    /// # Errors
    ///
    /// Says where the arguments do not agree.
    pub fn polymorphic_types(
        self,
        actual: &[Oid],
        declared: &[Oid],
        result: Oid,
    ) -> Result<(Vec<Oid>, Oid), PolymorphicMistake> {
        if !declared.iter().any(|it| is_polymorphic(*it)) && !is_polymorphic(result) {
            return Ok((declared.to_vec(), result));
        }
        self.resolve_polymorphic(actual, declared, Some(result), false)
    }

    fn resolve_polymorphic(
        self,
        actual: &[Oid],
        declared: &[Oid],
        result: Option<Oid>,
        lenient: bool,
    ) -> Result<(Vec<Oid>, Oid), PolymorphicMistake> {
        let mut any = Family::default();
        let mut compatible = Family::default();
        // What the members of the second family are, to be brought together.
        let mut together = Vec::new();
        for (&declared, &actual) in declared.iter().zip(actual) {
            let (family, words) = if is_any_family(declared) {
                (&mut any, &ANY)
            } else if is_compatible_family(declared) {
                (&mut compatible, &COMPATIBLE)
            } else {
                continue;
            };
            family.any = true;
            family.non_array |= matches!(
                declared,
                well_known::ANYNONARRAY | well_known::ANYCOMPATIBLENONARRAY
            );
            family.enumeration |= declared == well_known::ANYENUM;
            if actual == well_known::UNKNOWN {
                family.unknown = true;
                continue;
            }
            match declared {
                well_known::ANYCOMPATIBLE | well_known::ANYCOMPATIBLENONARRAY => {
                    together.push(actual);
                }
                well_known::ANYELEMENT | well_known::ANYNONARRAY | well_known::ANYENUM => {
                    set(&mut family.element, actual, words.element)?;
                }
                well_known::ANYARRAY => {
                    let actual = self.base_type(actual);
                    set(&mut family.array, actual, words.array)?;
                }
                well_known::ANYCOMPATIBLEARRAY => {
                    let actual = self.base_type(actual);
                    let element = self.element_type(actual);
                    let element =
                        element.ok_or(PolymorphicMistake::NotA(words.array, "an array", actual))?;
                    together.push(element);
                    family.array = Some(actual);
                }
                well_known::ANYRANGE | well_known::ANYCOMPATIBLERANGE => {
                    let actual = self.base_type(actual);
                    if self.range_subtype(actual).is_none()
                        && declared == well_known::ANYCOMPATIBLERANGE
                    {
                        return Err(PolymorphicMistake::NotA(
                            words.range,
                            "a range type",
                            actual,
                        ));
                    }
                    set(&mut family.range, actual, words.range)?;
                }
                _ => {
                    let actual = self.base_type(actual);
                    set(&mut family.multirange, actual, words.multirange)?;
                }
            }
        }
        self.settle_ranges(&mut any, &ANY)?;
        self.settle_ranges(&mut compatible, &COMPATIBLE)?;
        self.settle_any(&mut any, lenient)?;
        self.settle_compatible(&mut compatible, together)?;
        if lenient {
            return Ok((Vec::new(), Oid(0)));
        }
        let mut types = Vec::with_capacity(declared.len());
        for &declared in declared {
            types.push(self.actual_type(declared, &any, &compatible)?);
        }
        let result = match result {
            Some(result) => self.actual_type(result, &any, &compatible)?,
            None => Oid(0),
        };
        Ok((types, result))
    }

    /// A range gives its multirange, and a multirange its range; where both are there they must agree.
    fn settle_ranges(self, family: &mut Family, words: &Words) -> Result<(), PolymorphicMistake> {
        if let Some(multirange) = family.multirange {
            let range = self.range_of(multirange);
            let range = range.ok_or(PolymorphicMistake::NotA(
                words.multirange,
                "a multirange type",
                multirange,
            ))?;
            match family.range {
                Some(own) if own != range => {
                    return Err(PolymorphicMistake::Inconsistent {
                        declared: words.multirange,
                        actual: multirange,
                        other: words.range,
                        other_actual: own,
                    });
                }
                Some(_) => {}
                None => family.range = Some(range),
            }
        }
        Ok(())
    }

    /// What `anyelement` is, by the arrays and ranges beside it.
    fn settle_any(self, family: &mut Family, lenient: bool) -> Result<(), PolymorphicMistake> {
        if !family.any {
            return Ok(());
        }
        let mut inner = Vec::new();
        if let Some(array) = family.array {
            // `anyarray` itself, as in pg_stats, has elements of a type that only the value knows.
            if array == well_known::ANYARRAY {
                family.element.get_or_insert(well_known::ANYELEMENT);
            } else {
                let element = self.element_type(array);
                let element =
                    element.ok_or(PolymorphicMistake::NotA(ANY.array, "an array", array))?;
                inner.push((ANY.array, array, element));
            }
        }
        if let Some(range) = family.range {
            let subtype = self.range_subtype(range);
            let subtype =
                subtype.ok_or(PolymorphicMistake::NotA(ANY.range, "a range type", range))?;
            inner.push((ANY.range, range, subtype));
        }
        for (declared, actual, element) in inner {
            match family.element {
                Some(own) if own != element => {
                    return Err(PolymorphicMistake::Inconsistent {
                        declared,
                        actual,
                        other: ANY.element,
                        other_actual: own,
                    });
                }
                Some(_) => {}
                None => family.element = Some(element),
            }
        }
        let Some(element) = family.element else {
            // Only unknown literals: a check leaves them unless they must be an enum's, a call cannot.
            return if lenient && !family.enumeration {
                Ok(())
            } else {
                Err(PolymorphicMistake::Undetermined)
            };
        };
        if family.non_array
            && element != well_known::ANYELEMENT
            && self.base_element_type(element).is_some()
        {
            return Err(PolymorphicMistake::NotA(
                "anynonarray",
                "no array but",
                element,
            ));
        }
        if family.enumeration && !self.is_enum(element) {
            return Err(PolymorphicMistake::NotA("anyenum", "an enum", element));
        }
        Ok(())
    }

    /// What `anycompatible` is: the common type of all that stand there.
    fn settle_compatible(
        self,
        family: &mut Family,
        mut together: Vec<Oid>,
    ) -> Result<(), PolymorphicMistake> {
        if !family.any {
            return Ok(());
        }
        let subtype = family.range.and_then(|range| self.range_subtype(range));
        together.extend(subtype);
        let element = if together.is_empty() {
            // Only unknown literals are text.
            well_known::TEXT
        } else {
            self.common_type_of_all(&together)
                .ok_or(PolymorphicMistake::NoCommonType)?
        };
        // A range cannot be converted, so that its subtype has to be the common type.
        if let (Some(range), Some(subtype)) = (family.range, subtype)
            && subtype != element
        {
            return Err(PolymorphicMistake::Inconsistent {
                declared: COMPATIBLE.range,
                actual: range,
                other: COMPATIBLE.element,
                other_actual: element,
            });
        }
        if family.non_array && self.base_element_type(element).is_some() {
            return Err(PolymorphicMistake::NotA(
                "anycompatiblenonarray",
                "no array but",
                element,
            ));
        }
        family.array = self.array_type(element);
        family.element = Some(element);
        Ok(())
    }

    /// What a type of a signature is in a call.
    fn actual_type(
        self,
        declared: Oid,
        any: &Family,
        compatible: &Family,
    ) -> Result<Oid, PolymorphicMistake> {
        let (family, words) = if is_any_family(declared) {
            (any, &ANY)
        } else if is_compatible_family(declared) {
            (compatible, &COMPATIBLE)
        } else {
            return Ok(declared);
        };
        let undetermined = PolymorphicMistake::Undetermined;
        match declared {
            well_known::ANYARRAY | well_known::ANYCOMPATIBLEARRAY => {
                if let Some(array) = family.array {
                    return Ok(array);
                }
                let element = family.element.ok_or(undetermined)?;
                let array = self.array_type(element);
                array.ok_or(PolymorphicMistake::NoSuchType(words.array, element))
            }
            well_known::ANYRANGE | well_known::ANYCOMPATIBLERANGE => {
                family.range.ok_or(undetermined)
            }
            well_known::ANYMULTIRANGE | well_known::ANYCOMPATIBLEMULTIRANGE => {
                let given = family.multirange;
                let derived = || family.range.and_then(|range| self.multirange_of(range));
                given.or_else(derived).ok_or(undetermined)
            }
            _ => family.element.ok_or(undetermined),
        }
    }
}
