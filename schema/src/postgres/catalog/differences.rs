//! What two catalogs differ in.

use super::Catalog;
use super::facts::{Aspects, facts};

/// Says what one catalog has otherwise than another one that it should be equal to, a line for each object that is missing or
/// left over, and for each thing in which one is another.
#[must_use]
pub fn differences(wanted: &Catalog, found: &Catalog) -> Vec<String> {
    let (wanted, found) = (facts(wanted), facts(found));
    let mut lines = Vec::new();
    for (object, wanted) in &wanted {
        match found.get(object) {
            None => lines.push(format!("{object} is missing")),
            Some(found) => lines.extend(changes(object, wanted, found)),
        }
    }
    let more = found.keys().filter(|object| !wanted.contains_key(*object));
    lines.extend(more.map(|object| format!("{object} is left over")));
    lines
}

/// A line for each aspect in which an object is not what it was.
fn changes(object: &str, wanted: &Aspects, found: &Aspects) -> Vec<String> {
    let mut lines = Vec::new();
    for (aspect, was) in wanted {
        match found.get(aspect) {
            Some(is) if is == was => {}
            Some(is) => lines.push(format!("{object} has {aspect} `{is}`, and had `{was}`")),
            None => lines.push(format!("{object} has no {aspect}, and had `{was}`")),
        }
    }
    for (aspect, is) in found {
        if !wanted.contains_key(aspect) {
            lines.push(format!("{object} has {aspect} `{is}`, and had none"));
        }
    }
    lines
}
