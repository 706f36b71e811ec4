//! Names that the engine makes up, cut to the length of a name as it cuts them.

use super::Catalog;
use crate::postgres::types::Oid;
use std::fmt::Write as _;

/// The bytes of a name at most (`NAMEDATALEN` - 1).
pub const MAX_NAME: usize = 63;

/// A text cut to a number of bytes, not within a character (`pg_mbcliplen`).
#[must_use]
pub fn cut(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

/// A name cut to the length of one.
#[must_use]
pub fn truncated(name: &str) -> &str {
    cut(name, MAX_NAME)
}

/// `first_second_label`, of which the longer one of the first two is cut where it is too long (`makeObjectName`).
#[must_use]
pub fn object_name(first: &str, second: Option<&str>, label: Option<&str>) -> String {
    let length = |part: Option<&str>| part.map_or(0, str::len);
    let joints = usize::from(second.is_some()) + label.map_or(0, |label| label.len() + 1);
    let available = MAX_NAME.saturating_sub(joints);
    let (mut of_first, mut of_second) = (first.len(), length(second));
    while of_first + of_second > available {
        if of_first > of_second {
            of_first -= 1;
        } else {
            of_second -= 1;
        }
    }
    let mut name = cut(first, of_first).to_owned();
    if let Some(second) = second {
        name.push('_');
        name.push_str(cut(second, of_second));
    }
    if let Some(label) = label {
        name.push('_');
        name.push_str(label);
    }
    name
}

/// The first of `first_second_label`, `first_second_label1`, … that is not taken.
pub fn first_free(
    first: &str,
    second: Option<&str>,
    label: &str,
    is_taken: impl Fn(&str) -> bool,
) -> String {
    let mut pass = 0_u32;
    let mut tried = label.to_owned();
    loop {
        let name = object_name(first, second, Some(&tried));
        if !is_taken(&name) {
            return name;
        }
        pass += 1;
        tried.clear();
        tried.push_str(label);
        // Writing into a string does not fail.
        let _ = write!(tried, "{pass}");
    }
}

/// What the name of an index says of its columns (`ChooseIndexNameAddition`); that of a foreign key as well.
#[must_use]
pub fn joined_columns<'a>(columns: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for column in columns {
        if !text.is_empty() {
            text.push('_');
        }
        text.push_str(column);
        if text.len() > MAX_NAME {
            break;
        }
    }
    text
}

/// The names of the columns of an index: those of a table's columns or functions, `expr` where there is none, with a
/// number where one is repeated (`ChooseIndexColumnNames`).
#[must_use]
pub fn index_columns<'a>(terms: impl IntoIterator<Item = Option<&'a str>>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for term in terms {
        let wanted = term.unwrap_or("expr");
        let mut name = wanted.to_owned();
        let mut pass = 0_u32;
        while names.contains(&name) {
            pass += 1;
            let number = pass.to_string();
            name = format!("{}{number}", cut(wanted, MAX_NAME - number.len()));
        }
        names.push(name);
    }
    names
}

/// What the name of an index says of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexLabel {
    /// PRIMARY KEY: `_pkey`.
    PrimaryKey,
    /// EXCLUDE: `_excl`.
    Exclude,
    /// UNIQUE: `_key`.
    Unique,
    /// CREATE INDEX: `_idx`.
    Index,
}

impl Catalog {
    /// A name for a relation that no other has (`ChooseRelationName`), and if it is `for_constraint` no constraint of the
    /// schema either.
    #[must_use]
    pub fn choose_relation_name(
        &self,
        first: &str,
        second: Option<&str>,
        label: &str,
        namespace: Oid,
        for_constraint: bool,
    ) -> String {
        first_free(first, second, label, |name| {
            self.relation_named(namespace, name).is_some()
                || (for_constraint && self.is_constraint_in(namespace, name))
        })
    }

    /// A name for an index that was given none (`ChooseIndexName`); `columns` as [`index_columns`] gives them.
    #[must_use]
    pub fn choose_index_name(
        &self,
        table: &str,
        columns: &[String],
        label: IndexLabel,
        namespace: Oid,
    ) -> String {
        let joined = joined_columns(columns.iter().map(String::as_str));
        let (second, label, for_constraint) = match label {
            IndexLabel::PrimaryKey => (None, "pkey", true),
            IndexLabel::Exclude => (Some(joined.as_str()), "excl", true),
            IndexLabel::Unique => (Some(joined.as_str()), "key", true),
            IndexLabel::Index => (Some(joined.as_str()), "idx", false),
        };
        self.choose_relation_name(table, second, label, namespace, for_constraint)
    }

    /// A name for a constraint that no other of the schema has, nor one of `others` (`ChooseConstraintName`).
    #[must_use]
    pub fn choose_constraint_name(
        &self,
        first: &str,
        second: Option<&str>,
        label: &str,
        namespace: Oid,
        others: &[impl AsRef<str>],
    ) -> String {
        first_free(first, second, label, |name| {
            others.iter().any(|other| other.as_ref() == name)
                || self.is_constraint_in(namespace, name)
        })
    }

    /// A name for statistics that were given none; nothing stands for a term that is an expression
    /// (`ChooseExtendedStatisticName`).
    #[must_use]
    pub fn choose_statistics_name<'a>(
        &self,
        table: &str,
        terms: impl IntoIterator<Item = Option<&'a str>>,
        namespace: Oid,
    ) -> String {
        let terms = terms.into_iter().map(|term| term.unwrap_or("expr"));
        first_free(table, Some(&joined_columns(terms)), "stat", |name| {
            self.statistics.named(Some(namespace), name).is_some()
        })
    }

    /// The name of the type of arrays of a type (`makeArrayTypeName`).
    #[must_use]
    pub fn choose_array_name(&self, name: &str, namespace: Oid) -> String {
        let mut array = object_name("", Some(name), None);
        let mut pass = 0_u32;
        while self.type_in(namespace, &array).is_some() {
            pass += 1;
            array = object_name("", Some(name), Some(&pass.to_string()));
        }
        array
    }
}

/// The name of the type of several ranges (`makeMultirangeTypeName`).
#[must_use]
pub fn multirange_name(range: &str) -> String {
    match range.split_once("range") {
        Some((before, after)) => truncated(&format!("{before}multirange{after}")).to_owned(),
        None => format!("{}_multirange", cut(range, MAX_NAME - "_multirange".len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_part_is_cut() {
        let long = "a".repeat(60);
        let name = object_name(&long, Some("b"), Some("fkey"));
        assert_eq!(name, format!("{}_b_fkey", "a".repeat(56)));
        let both = object_name(&long, Some(&"b".repeat(60)), Some("key"));
        assert_eq!(both, format!("{}_{}_key", "a".repeat(29), "b".repeat(29)));
        assert_eq!(object_name("ab", None, Some("pkey")), "ab_pkey");
    }

    #[test]
    fn a_character_is_not_cut() {
        assert_eq!(cut("aé", 2), "a");
        assert_eq!(truncated(&"é".repeat(40)).len(), 62);
    }

    #[test]
    fn repeated_columns_of_an_index_get_numbers() {
        let names = index_columns([Some("a"), None, Some("a"), None, Some("a")]);
        assert_eq!(names, ["a", "expr", "a1", "expr1", "a2"]);
    }

    #[test]
    fn multiranges_are_named_after_their_range() {
        assert_eq!(multirange_name("floatrange"), "floatmultirange");
        assert_eq!(multirange_name("span"), "span_multirange");
    }
}
