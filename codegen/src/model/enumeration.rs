//! Enums from `CHECK (column IN ('a', …))`.

use crate::names::{Identifier, Taken};
use std::collections::BTreeSet;
use tablature_schema::sqlite::catalog::{Affinity, Table};
use tablature_schema::text::Span;

/// The enum of a column.
#[derive(Debug, Clone)]
pub(crate) struct Enumeration {
    /// The enum's name.
    pub(crate) name: Identifier,
    /// Its variants in the order of the CHECK.
    pub(crate) variants: Vec<Variant>,
    /// The first CHECK that lists them.
    pub(crate) check: Span,
}

/// A variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Variant {
    /// The variant's name.
    pub(crate) name: Identifier,
    /// What the column holds.
    pub(crate) text: String,
}

/// The variants of a column's enum; none if the column's constraints leave more or other values than some strings.
pub(super) fn variants(table: &Table, column: usize) -> Option<(Vec<Variant>, Span)> {
    let definition = table.columns.get(column)?;
    // Under NOCASE a value that the list does not hold as it is passes the check.
    let binary = definition
        .collation
        .as_ref()
        .is_none_or(|name| name.eq_ignore_ascii_case("binary"));
    if !binary {
        return None;
    }
    let (texts, check) = allowed(table, column)?;
    // The engine stores '1' in a column of numbers as the number.
    let numeric = match definition.affinity {
        Affinity::Numeric | Affinity::Integer | Affinity::Real => true,
        Affinity::Text | Affinity::Blob => false,
    };
    if texts.is_empty() || numeric && texts.iter().any(|text| looks_numeric(text)) {
        return None;
    }
    Some((named(texts), check))
}

/// The strings that every CHECK of the column allows, each once, and the first such CHECK.
fn allowed(table: &Table, column: usize) -> Option<(Vec<String>, Span)> {
    let mut lists = table
        .checks
        .iter()
        .flat_map(|check| check.one_of.iter().map(move |list| (check.span, list)))
        .filter(|(_, (position, _))| *position == column)
        .map(|(span, (_, texts))| (span, texts));
    let (check, texts) = lists.next()?;
    let mut texts = texts.clone();
    for (_, list) in lists {
        texts.retain(|text| list.contains(text));
    }
    let mut seen = BTreeSet::new();
    texts.retain(|text| seen.insert(text.clone()));
    Some((texts, check))
}

fn looks_numeric(text: &str) -> bool {
    let trimmed = text.trim();
    trimmed
        .chars()
        .next()
        .is_some_and(|first| first.is_ascii_digit() || matches!(first, '+' | '-' | '.'))
}

/// The variants of an enum, named from their texts.
pub(crate) fn named(texts: Vec<String>) -> Vec<Variant> {
    let mut taken = Taken::default();
    let mut variants = Vec::with_capacity(texts.len());
    for (position, text) in texts.into_iter().enumerate() {
        let name = if text.is_empty() { "empty" } else { &text };
        let fallback = Identifier::numbered("Variant", position + 1);
        let name = taken.unique([Identifier::camel(name)], fallback, "");
        variants.push(Variant { name, text });
    }
    variants
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn variants_are_named_from_their_strings() {
        let texts = [
            "pending",
            "in-progress",
            "In Progress",
            "",
            "empty",
            "self",
            "1.5",
            "15",
            "+",
            "-",
        ];
        let names: Vec<String> = named(texts.map(str::to_owned).to_vec())
            .iter()
            .map(|variant| variant.name.as_str().to_owned())
            .collect();
        assert_eq!(
            names,
            [
                "Pending",
                "InProgress",
                "InProgress2",
                "Empty",
                "Empty2",
                "Self_",
                "_1_5",
                "_15",
                "Variant9",
                "Variant10"
            ]
        );
    }
}
