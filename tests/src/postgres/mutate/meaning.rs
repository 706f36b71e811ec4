//! Changes that leave the grammar alone and say something else: what people get wrong while they know the language.

use super::Names;
use crate::mutate::tokens::elements;
use crate::postgres::tokens::tokens as split;
use crate::random::Random;

/// Takes a cast away, or adds one.
pub(super) fn change_a_cast(
    random: &mut Random,
    tokens: &mut Vec<String>,
    names: &Names,
) -> Option<&'static str> {
    let casts: Vec<usize> = places(tokens, |token| token == "::");
    if random.once_in(2)
        && let Some(at) = random.pick(&casts).copied()
    {
        let end = (at + 2).min(tokens.len());
        tokens.drain(at..end);
        return Some("a cast removed");
    }
    let is_value = |token: &str| {
        token.starts_with(|c: char| c.is_ascii_digit() || c == '\'') || token.contains('_')
    };
    let at = *random.pick(&places(tokens, is_value))?;
    let kind = names.any_type(random)?;
    tokens.insert(at + 1, format!("::{kind}"));
    Some("a cast added")
}

/// Exchanges two elements of a list, or says one twice.
pub(super) fn change_a_list(random: &mut Random, tokens: &mut Vec<String>) -> Option<&'static str> {
    let elements = elements(tokens);
    let (start, end) = *random.pick(&elements)?;
    let one = tokens.get(start..end)?.to_vec();
    if random.once_in(3) {
        let again = std::iter::once(",".to_owned()).chain(one);
        tokens.splice(end..end, again);
        return Some("an element doubled");
    }
    let others: Vec<(usize, usize)> = elements
        .into_iter()
        .filter(|(from, to)| *to <= start || *from >= end)
        .collect();
    let (from, to) = *random.pick(&others)?;
    let other = tokens.get(from..to)?.to_vec();
    // The later one first, so that the earlier keeps its place.
    let (first, second) = match start < from {
        true => ((start, end, other), (from, to, one)),
        false => ((from, to, one), (start, end, other)),
    };
    tokens.splice(second.0..second.1, second.2);
    tokens.splice(first.0..first.1, first.2);
    Some("elements exchanged")
}

/// Takes away words that say how strict something is.
pub(super) fn drop_words(random: &mut Random, tokens: &mut Vec<String>) -> Option<&'static str> {
    const WORDS: &[&[&str]] = &[
        &["CASCADE"],
        &["RESTRICT"],
        &["NOT", "NULL"],
        &["PRIMARY", "KEY"],
        &["UNIQUE"],
        &["OR", "REPLACE"],
        &["CONCURRENTLY"],
        &["RETURNS", "trigger"],
        &["FOR", "EACH", "ROW"],
        &["WITH", "TIME", "ZONE"],
        &["SETOF"],
        &["DISTINCT"],
        &["STORED"],
        &["IMMUTABLE"],
        &["COLUMN"],
        &["ONLY"],
    ];
    let starts: Vec<(usize, usize)> = (0..tokens.len())
        .flat_map(|at| WORDS.iter().map(move |words| (at, *words)))
        .filter(|(at, words)| {
            let found = tokens.get(*at..*at + words.len());
            let mut pairs = found.into_iter().flatten().zip(words.iter());
            found.is_some() && pairs.all(|(token, word)| token.eq_ignore_ascii_case(word))
        })
        .map(|(at, words)| (at, words.len()))
        .collect();
    let (at, length) = *random.pick(&starts)?;
    tokens.drain(at..at + length);
    Some("words removed")
}

/// Says how a table or index is stored.
pub(super) fn change_storage(
    random: &mut Random,
    tokens: &mut Vec<String>,
) -> Option<&'static str> {
    let first = tokens.first()?.to_ascii_uppercase();
    let second = tokens.get(1)?.to_ascii_uppercase();
    let options = random.pick(&[
        "(fillfactor = 70)",
        "(fillfactor = 5)",
        "(fillfactor = 'many')",
        "(fill_factor = 70)",
        "(autovacuum_enabled = false)",
        "(autovacuum_enabled = perhaps)",
        "(toast.autovacuum_enabled = off)",
        "(autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 50)",
        "(autovacuum_vacuum_scale_factor = 200)",
        "(deduplicate_items = off)",
        "(fastupdate = off)",
        "(pages_per_range = 16)",
        "(security_barrier)",
        "(oids = false)",
        "(fillfactor = 70, fillfactor = 80)",
    ])?;
    let text = match (first.as_str(), second.as_str()) {
        ("CREATE", "TABLE" | "INDEX" | "UNIQUE" | "UNLOGGED") => format!("WITH {options}"),
        ("ALTER", "TABLE" | "INDEX" | "VIEW" | "MATERIALIZED") => {
            let name = tokens.get(2)?.clone();
            let word = random.pick(&["SET", "RESET"])?;
            tokens.truncate(2);
            format!("{name} {word} {options}")
        }
        _ => return None,
    };
    tokens.extend(split(&text));
    Some("a storage parameter set")
}

/// Names other arguments of a function.
pub(super) fn change_a_signature(
    random: &mut Random,
    tokens: &mut Vec<String>,
    names: &Names,
) -> Option<&'static str> {
    let is_kind = |token: &str| {
        ["FUNCTION", "PROCEDURE", "AGGREGATE", "ROUTINE"]
            .iter()
            .any(|word| token.eq_ignore_ascii_case(word))
    };
    let at = *random.pick(&places(tokens, is_kind))?;
    let open = tokens.iter().skip(at).position(|token| token == "(")? + at;
    let kind = names.any_type(random)?;
    let comma = match tokens.get(open + 1).is_some_and(|token| token == ")") {
        true => "",
        false => ",",
    };
    match random.below(3) {
        0 => {
            let close = tokens.iter().skip(open).position(|token| token == ")")? + open;
            tokens.drain(open + 1..close);
            Some("arguments removed")
        }
        1 => {
            tokens.insert(open + 1, format!("{kind} {comma}"));
            Some("an argument added")
        }
        _ => {
            tokens.insert(open + 1, format!("made_here {kind} DEFAULT NULL {comma}"));
            Some("an argument with a default added")
        }
    }
}

/// Puts another literal or bound for one of those of a kind that has a form of its own.
pub(super) fn change_a_literal(random: &mut Random, tokens: &mut [String]) -> Option<&'static str> {
    let at = *random.pick(&places(tokens, |token| token.starts_with('\'')))?;
    let token = tokens.get_mut(at)?;
    let inner = token.trim_matches('\'').to_owned();
    *token = match random.below(6) {
        0 => format!("'{inner}x'"),
        1 => format!("'{}'", inner.chars().rev().collect::<String>()),
        2 => format!("'{}'", inner.to_uppercase()),
        3 => format!("' {inner} '"),
        4 => {
            let half = inner.chars().take(inner.chars().count() / 2);
            format!("'{}'", half.collect::<String>())
        }
        _ => format!("'{}'", inner.replace(['0', '1'], "9")),
    };
    Some("a literal changed")
}

fn places(tokens: &[String], is_wanted: impl Fn(&str) -> bool) -> Vec<usize> {
    let all = tokens.iter().enumerate();
    let found = all.filter(|(_, token)| is_wanted(token));
    found.map(|(at, _)| at).collect()
}
