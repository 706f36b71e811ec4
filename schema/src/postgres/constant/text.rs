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
        ("texteq", [left, right]) => truth(left == right),
        ("textne", [left, right]) => truth(left != right),
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
