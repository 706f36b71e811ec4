//! Lines of the crate's data: fields between tabs, the first of which says which versions have the row.

use crate::postgres::types::{Oid, well_known};

/// The lines of a text that a major version has, each with what follows its first field.
pub(super) fn of_version(text: &'static str, version: u16) -> impl Iterator<Item = Row> {
    text.split_terminator('\n').filter_map(move |line| {
        let (versions, fields) = line.split_once('\t')?;
        has(versions, version).then(|| Row::new(fields))
    })
}

/// Whether `15-`, `-16`, `15-16` or nothing includes a version.
fn has(versions: &str, version: u16) -> bool {
    let Some((first, last)) = versions.split_once('-') else {
        return true;
    };
    first.parse().is_ok_and(|first: u16| version >= first) | first.is_empty()
        && (last.is_empty() || last.parse().is_ok_and(|last: u16| version <= last))
}

/// A line, read from its start; fields that are missing at its end are empty.
pub(super) struct Row {
    rest: Option<&'static str>,
}

impl Row {
    fn new(fields: &'static str) -> Row {
        Row { rest: Some(fields) }
    }

    /// The next field.
    pub(super) fn text(&mut self) -> &'static str {
        let Some(rest) = self.rest else { return "" };
        match rest.split_once('\t') {
            Some((field, rest)) => {
                self.rest = Some(rest);
                field
            }
            None => {
                self.rest = None;
                rest
            }
        }
    }

    /// A field that is a number; 0 where it is empty.
    pub(super) fn number<N: std::str::FromStr + Default>(&mut self) -> N {
        self.text().parse().unwrap_or_default()
    }

    /// A field that is an object, or empty.
    pub(super) fn object(&mut self) -> Option<Oid> {
        self.text().parse().ok().map(Oid)
    }

    /// A field that is an object.
    pub(super) fn oid(&mut self) -> Oid {
        Oid(self.number())
    }

    /// A field that lists objects.
    pub(super) fn objects(&mut self) -> Box<[Oid]> {
        let field = self.text();
        if field.is_empty() {
            return Box::default();
        }
        let numbers = field.split(' ').filter_map(|number| number.parse().ok());
        numbers.map(Oid).collect()
    }

    /// A field that is a schema; the schema that an extension is created in is the one that is given.
    pub(super) fn namespace(&mut self, target: Oid) -> Oid {
        match self.text() {
            "p" => well_known::PG_CATALOG,
            "i" => super::INFORMATION_SCHEMA,
            "t" => well_known::PG_TOAST,
            _ => target,
        }
    }

    /// Whether the next field is not empty.
    pub(super) fn flag(&mut self) -> bool {
        !self.text().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::has;

    #[test]
    fn versions_of_a_row() {
        assert!(has("", 14) && has("", 18));
        assert!(!has("15-", 14) && has("15-", 15) && has("15-", 18));
        assert!(has("-15", 14) && has("-15", 15) && !has("-15", 16));
        assert!(!has("15-16", 14) && has("15-16", 16) && !has("15-16", 17));
    }
}
