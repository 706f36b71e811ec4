//! Ranges and multiranges: `range_in`, `multirange_in`, and the one form in which they are printed.

use super::row::{malformed, parts, quote};
use super::{Input, InputMistake, Outcome, calendar, number, value};
use crate::postgres::types::{Oid, TypeKind, Typing, Typmod, compare, well_known};
use std::cmp::Ordering;

const ORDER: &str = "bounds whose order is not known";

/// An end of a range; without a value it has none.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Bound {
    value: Option<String>,
    inclusive: bool,
}

/// A range that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Range {
    lower: Bound,
    upper: Bound,
}

/// A range, nothing if it is empty; the reason if that is not known.
type Read = Result<Option<Range>, &'static str>;

/// The type of a range, that of its bounds without domains, and what is needed to read these.
#[derive(Clone, Copy)]
struct Reading {
    range: Oid,
    subtype: Oid,
    version: u16,
    depth: u16,
}

impl Typing<'_> {
    /// `[1, 5)` as a range over a type.
    pub(super) fn range_input(
        self,
        range: Oid,
        subtype: Oid,
        text: &str,
        version: u16,
        depth: u16,
    ) -> Outcome {
        let reading = Reading {
            range,
            subtype,
            version,
            depth,
        };
        Ok(match self.range_value(reading, text)? {
            Ok(Some(range)) => value(print(&range)),
            Ok(None) => value("empty"),
            Err(reason) => Input::Unsure(reason),
        })
    }

    fn range_value(self, reading: Reading, text: &str) -> Result<Read, InputMistake> {
        let wrong = |detail: &str| malformed("range", text, detail);
        let inner = number::trim(text);
        if inner.eq_ignore_ascii_case("empty") {
            return Ok(Ok(None));
        }
        let lower_inclusive = inner.starts_with('[');
        let inner = inner.strip_prefix(['[', '(']);
        let inner = inner.ok_or_else(|| wrong("Missing left parenthesis or bracket."))?;
        let (bounds, after) =
            parts(inner, &[')', ']']).ok_or_else(|| wrong("Unexpected end of input."))?;
        if !number::trim(after).is_empty() {
            return Err(wrong("Junk after right parenthesis or bracket."));
        }
        let [lower, upper] = bounds.as_slice() else {
            return Err(wrong(match bounds.len() {
                0 | 1 => "Missing comma after lower bound.",
                _ => "Too many commas.",
            }));
        };
        let closed = inner.len() - after.len();
        let upper_inclusive = inner.get(..closed).is_some_and(|it| it.ends_with(']'));
        let mut read = Vec::new();
        for (bound, inclusive) in [(lower, lower_inclusive), (upper, upper_inclusive)] {
            let value = match bound {
                Some(bound) => {
                    let Reading {
                        subtype,
                        version,
                        depth,
                        ..
                    } = reading;
                    match self.part(subtype, Typmod::NONE, bound, version, depth)? {
                        Ok(text) => Some(text),
                        Err(reason) => {
                            read.push(Err(reason));
                            continue;
                        }
                    }
                }
                None => None,
            };
            // No value is no part of the range.
            let inclusive = inclusive && value.is_some();
            read.push(Ok(Bound { value, inclusive }));
        }
        let mut read = read.into_iter();
        let (Some(lower), Some(upper)) = (read.next(), read.next()) else {
            return Ok(Ok(None));
        };
        match (lower, upper) {
            (Ok(lower), Ok(upper)) => self.range_of_bounds(reading, lower, upper),
            (Err(reason), _) | (_, Err(reason)) => Ok(Err(reason)),
        }
    }

    /// `make_range`: bounds in order, and of whole numbers and dates the first in and the last out.
    fn range_of_bounds(
        self,
        reading: Reading,
        lower: Bound,
        upper: Bound,
    ) -> Result<Read, InputMistake> {
        let base = self.base_type(reading.subtype);
        let mut range = Range { lower, upper };
        match is_empty(base, &range)? {
            Some(false) => {}
            Some(true) => return Ok(Ok(None)),
            None => return Ok(Err(ORDER)),
        }
        let Some(following) = successor(reading.range) else {
            return Ok(Ok(Some(range)));
        };
        for (bound, wanted) in [(&mut range.lower, true), (&mut range.upper, false)] {
            if let Some(value) = &bound.value
                && bound.inclusive != wanted
                && !value.ends_with("infinity")
            {
                bound.value = Some(following(value)?);
                bound.inclusive = wanted;
            }
        }
        Ok(match is_empty(base, &range)? {
            Some(false) => Ok(Some(range)),
            Some(true) => Ok(None),
            None => Err(ORDER),
        })
    }

    /// `{[1,2), [5,9]}` as ranges of a type, in order, those that touch put together.
    pub(super) fn multirange_input(
        self,
        range: Oid,
        text: &str,
        version: u16,
        depth: u16,
    ) -> Outcome {
        let wrong = |detail: &str| malformed("multirange", text, detail);
        let Some(TypeKind::Range { subtype, .. }) = self.get(range).map(|it| it.kind) else {
            return Ok(Input::Unsure(super::unsure::TYPE));
        };
        let inner = number::trim(text).strip_prefix('{');
        let inner = inner.ok_or_else(|| wrong("Missing left brace."))?;
        let Some(written) = ranges(inner) else {
            return Err(wrong("Expected range start, comma or right brace."));
        };
        let reading = Reading {
            range,
            subtype,
            version,
            depth,
        };
        let mut found = Vec::new();
        for written in written {
            match self.range_value(reading, written)? {
                Ok(range) => found.extend(range),
                Err(reason) => return Ok(Input::Unsure(reason)),
            }
        }
        let Some(merged) = merged(self.base_type(subtype), found) else {
            return Ok(Input::Unsure(ORDER));
        };
        let printed: Vec<String> = merged.iter().map(print).collect();
        Ok(value(format!("{{{}}}", printed.join(","))))
    }
}

type Successor = fn(&str) -> Result<String, InputMistake>;

/// What follows a bound of one of the ranges whose values can be counted (`int4range_canonical` and its kin).
fn successor(range: Oid) -> Option<Successor> {
    fn whole(text: &str, name: &str, last: i64) -> Result<String, InputMistake> {
        let next = text.parse().ok().filter(|it: &i64| *it < last);
        let next = next.map(|it| (it + 1).to_string());
        next.ok_or_else(|| InputMistake::new(format!("{name} out of range")))
    }
    match range {
        well_known::INT4RANGE => Some(|text| whole(text, "integer", i64::from(i32::MAX))),
        well_known::INT8RANGE => Some(|text| whole(text, "bigint", i64::MAX)),
        well_known::DATERANGE => Some(|text| {
            calendar::next_day(text).ok_or_else(|| InputMistake::new("date out of range"))
        }),
        _ => None,
    }
}

/// Whether nothing is between two bounds; none if their order is not known.
fn is_empty(base: Oid, range: &Range) -> Result<Option<bool>, InputMistake> {
    let (Some(lower), Some(upper)) = (&range.lower.value, &range.upper.value) else {
        return Ok(Some(false));
    };
    match compare(base, lower, upper) {
        Some(Ordering::Less) => Ok(Some(false)),
        Some(Ordering::Equal) => Ok(Some(!(range.lower.inclusive && range.upper.inclusive))),
        Some(Ordering::Greater) => Err(InputMistake::new(
            "range lower bound must be less than or equal to range upper bound",
        )),
        None => Ok(None),
    }
}

fn print(range: &Range) -> String {
    let bound = |bound: &Bound| {
        let mut text = String::new();
        if let Some(value) = &bound.value {
            quote(value, &['(', ')', '[', ']'], &mut text);
        }
        text
    };
    let open = if range.lower.inclusive { '[' } else { '(' };
    let close = if range.upper.inclusive { ']' } else { ')' };
    format!(
        "{open}{},{}{close}",
        bound(&range.lower),
        bound(&range.upper)
    )
}

/// The texts of the ranges up to the closing brace; none if something else is there.
fn ranges(text: &str) -> Option<Vec<&str>> {
    let mut rest = number::trim(text);
    let mut found = Vec::new();
    if let Some(after) = rest.strip_prefix('}') {
        return after.is_empty().then_some(found);
    }
    loop {
        let word = rest.get(..5).filter(|it| it.eq_ignore_ascii_case("empty"));
        let end = match word {
            Some(word) => word.len(),
            None => {
                let inner = rest.strip_prefix(['[', '('])?;
                let (_, after) = parts(inner, &[')', ']'])?;
                rest.len() - after.len()
            }
        };
        let (range, after) = rest.split_at_checked(end)?;
        found.push(range);
        let after = number::trim(after);
        if let Some(after) = after.strip_prefix('}') {
            return after.is_empty().then_some(found);
        }
        rest = number::trim(after.strip_prefix(',')?);
    }
}

/// Ranges in order, those that overlap or touch as one; none if the order of their bounds is not known.
fn merged(base: Oid, mut ranges: Vec<Range>) -> Option<Vec<Range>> {
    let mut known = true;
    ranges.sort_by(|one, other| {
        let order = lower_order(base, &one.lower, &other.lower);
        known &= order.is_some();
        order.unwrap_or(Ordering::Equal)
    });
    if !known {
        return None;
    }
    let mut merged: Vec<Range> = Vec::new();
    for range in ranges {
        let Some(last) = merged.last_mut() else {
            merged.push(range);
            continue;
        };
        let touches = match (&last.upper.value, &range.lower.value) {
            (Some(end), Some(start)) => match compare(base, end, start)? {
                Ordering::Greater => true,
                Ordering::Equal => last.upper.inclusive || range.lower.inclusive,
                Ordering::Less => false,
            },
            _ => true,
        };
        if !touches {
            merged.push(range);
            continue;
        }
        let goes_on = match (&last.upper.value, &range.upper.value) {
            (Some(one), Some(other)) => match compare(base, one, other)? {
                Ordering::Less => true,
                Ordering::Equal => range.upper.inclusive,
                Ordering::Greater => false,
            },
            (Some(_), None) => true,
            (None, _) => false,
        };
        if goes_on {
            last.upper = range.upper;
        }
    }
    Some(merged)
}

fn lower_order(base: Oid, one: &Bound, other: &Bound) -> Option<Ordering> {
    Some(match (&one.value, &other.value) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(left), Some(right)) => {
            compare(base, left, right)?.then(other.inclusive.cmp(&one.inclusive))
        }
    })
}
