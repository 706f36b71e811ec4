//! Texts.

use super::boolean::truth;
use super::call::Call;
use super::{Folded, Mistake};
use crate::postgres::types::well_known;

/// The value of a call on texts; none if it is another one.
pub(super) fn call(call: &Call<'_>) -> Result<Option<Folded>, Mistake> {
    let takes_text = call.inputs.iter().all(|it| *it == well_known::TEXT);
    let value = match (call.name, call.arguments) {
        ("text", ["t"]) if call.first() == Some(well_known::BOOL) => Folded::text("true"),
        ("text", ["f"]) if call.first() == Some(well_known::BOOL) => Folded::text("false"),
        // Blanks at the end of `character` do not count.
        ("text", [text]) if call.first() == Some(well_known::BPCHAR) => {
            Folded::text(text.trim_end_matches(' '))
        }
        ("textcat", [left, right]) => Folded::text(format!("{left}{right}")),
        ("upper", [text]) if takes_text && text.is_ascii() => {
            Folded::text(text.to_ascii_uppercase())
        }
        ("lower", [text]) if takes_text && text.is_ascii() => {
            Folded::text(text.to_ascii_lowercase())
        }
        ("length" | "char_length", [text]) if takes_text => {
            Folded::text(text.chars().count().to_string())
        }
        ("length" | "char_length", [text]) if call.first() == Some(well_known::BPCHAR) => {
            Folded::text(text.trim_end_matches(' ').chars().count().to_string())
        }
        ("octet_length", [text]) if takes_text => Folded::text(text.len().to_string()),
        ("btrim", [text]) if takes_text => Folded::text(text.trim_matches(' ')),
        ("ltrim", [text]) if takes_text => Folded::text(text.trim_start_matches(' ')),
        ("rtrim", [text]) if takes_text => Folded::text(text.trim_end_matches(' ')),
        ("texteq", [left, right]) => truth(left == right),
        ("textne", [left, right]) => truth(left != right),
        ("bpchareq", [left, right]) => {
            truth(left.trim_end_matches(' ') == right.trim_end_matches(' '))
        }
        ("bpcharne", [left, right]) => {
            truth(left.trim_end_matches(' ') != right.trim_end_matches(' '))
        }
        ("textlike" | "like", [text, pattern]) if takes_text => match like(text, pattern) {
            Some(holds) => truth(holds),
            None => return Ok(None),
        },
        ("textnlike" | "notlike", [text, pattern]) if takes_text => match like(text, pattern) {
            Some(holds) => truth(!holds),
            None => return Ok(None),
        },
        ("starts_with", [text, start]) if takes_text => truth(text.starts_with(start)),
        ("jsonb_typeof" | "json_typeof", [json]) => Folded::text(json_type(json)),
        ("substring", [_, _, count])
            if count.starts_with('-') && call.first() == Some(well_known::TEXT) =>
        {
            return Err(Mistake::Refused(
                "the length of a substring cannot be negative",
            ));
        }
        ("split_part", [_, _, "0"]) => {
            return Err(Mistake::Refused(
                "the fields of `split_part` are counted from 1",
            ));
        }
        ("chr", [number]) if *number == "0" || number.starts_with('-') => {
            return Err(Mistake::Refused("characters are numbered from 1"));
        }
        ("int2" | "int4" | "int8" | "numeric" | "float4" | "float8", [json])
            if call.first() == Some(well_known::JSONB) =>
        {
            match json.bytes().next() {
                Some(b'[') => return Err(Mistake::Refused("a jsonb array is no number")),
                Some(b'{') => return Err(Mistake::Refused("a jsonb object is no number")),
                Some(b'"') => return Err(Mistake::Refused("a jsonb string is no number")),
                _ => return Ok(None),
            }
        }
        _ => return Ok(None),
    };
    Ok(Some(value))
}

/// What a JSON value is, by how it begins.
fn json_type(json: &str) -> &'static str {
    match json.trim_start().bytes().next() {
        Some(b'{') => "object",
        Some(b'[') => "array",
        Some(b'"') => "string",
        Some(b't' | b'f') => "boolean",
        Some(b'n') => "null",
        _ => "number",
    }
}

/// Whether a text is like a pattern; none if the pattern ends with the character that escapes others.
fn like(text: &str, pattern: &str) -> Option<bool> {
    /// What a place of a pattern stands for.
    enum Part {
        Anything,
        Any,
        Is(char),
    }
    let mut parts = Vec::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        parts.push(match c {
            '%' => Part::Anything,
            '_' => Part::Any,
            '\\' => Part::Is(chars.next()?),
            c => Part::Is(c),
        });
    }
    // Whether what is read of the text so far is like the first parts of the pattern, by how many these are.
    let mut reached = vec![false; parts.len() + 1];
    let skip = |reached: &mut Vec<bool>| {
        for (position, part) in parts.iter().enumerate() {
            if matches!(part, Part::Anything)
                && reached.get(position) == Some(&true)
                && let Some(next) = reached.get_mut(position + 1)
            {
                *next = true;
            }
        }
    };
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    skip(&mut reached);
    for c in text.chars() {
        let mut next = vec![false; parts.len() + 1];
        for (position, part) in parts.iter().enumerate() {
            if reached.get(position) != Some(&true) {
                continue;
            }
            let goes_to = match part {
                Part::Anything => Some(position),
                Part::Any => Some(position + 1),
                Part::Is(wanted) => (*wanted == c).then_some(position + 1),
            };
            if let Some(place) = goes_to.and_then(|it| next.get_mut(it)) {
                *place = true;
            }
        }
        skip(&mut next);
        reached = next;
    }
    Some(reached.last() == Some(&true))
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn texts_are_like_patterns() {
        for (text, pattern, expected) in [
            ("abc", "a%", Some(true)),
            ("abc", "a_c", Some(true)),
            ("abc", "%b", Some(false)),
            ("abc", "%b%", Some(true)),
            ("", "%%", Some(true)),
            ("", "_", Some(false)),
            ("a%", "a\\%", Some(true)),
            ("ab", "a\\%", Some(false)),
            ("a", "a\\", None),
            ("äöü", "__ü", Some(true)),
        ] {
            assert_eq!(like(text, pattern), expected, "{text} {pattern}");
        }
    }
}
