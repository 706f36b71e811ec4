//! Functions, and what else is a routine.

use super::super::Property;
use super::{Comparison, or_none};
use tablature_model::postgres::Routine;

impl Comparison<'_> {
    pub(super) fn routines(&mut self) {
        let attributes = |it: &Routine| {
            let volatility = match &*it.volatility {
                "i" => "immutable",
                "s" => "stable",
                _ => "volatile",
            };
            let strict = if it.strict { " strict" } else { "" };
            let definer = if it.security_definer {
                " security definer"
            } else {
                ""
            };
            let settings = it.settings.iter().map(|setting| format!(" set {setting}"));
            let settings: String = settings.collect();
            format!("{} {volatility}{strict}{definer}{settings}", it.language)
        };
        for (one, other) in self.both(&self.expected.routines, &self.found.routines) {
            self.changed(one, Property::Kind, &one.kind, &other.kind);
            self.changed(
                one,
                Property::Result,
                or_none(&one.result),
                or_none(&other.result),
            );
            self.changed(
                one,
                Property::Attributes,
                &attributes(one),
                &attributes(other),
            );
            if let (Some(body), Some(found)) = (&one.body, &other.body) {
                let (body, found) = first_difference(body, found);
                self.changed(one, Property::Body, &body, &found);
            }
        }
    }
}

/// The first lines in which two bodies differ, with their number.
fn first_difference(expected: &str, found: &str) -> (String, String) {
    let mut found_lines = found.lines();
    for (number, line) in (1..).zip(expected.lines()) {
        let other = found_lines.next();
        if other != Some(line) {
            let other = other.unwrap_or("the end");
            return (format!("{number}: {line}"), format!("{number}: {other}"));
        }
    }
    match found_lines.next() {
        Some(line) => ("the end".to_owned(), line.to_owned()),
        // They may still differ in how they end, which says nothing.
        None => (String::new(), String::new()),
    }
}
