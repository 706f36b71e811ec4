//! The conversions to a length or precision: `varchar(n)`, `character(n)`, `bit(n)`, `numeric(p, s)`.

use super::call::Call;
use super::{Folded, Mistake};
use crate::postgres::types::Decimal;
use crate::postgres::types::well_known;

/// The bytes that a length and a precision count besides the value (`VARHDRSZ`).
const HEADER: i32 = 4;

/// The value of such a conversion; none if the call is another one.
pub(super) fn call(call: &Call<'_>) -> Result<Option<Folded>, Mistake> {
    match (call.name, call.arguments) {
        ("varchar", [text, modifier, explicit]) => {
            Ok(cut(text, modifier, explicit, false)?.map(Folded::text))
        }
        ("bpchar", [text, modifier, explicit]) => {
            Ok(cut(text, modifier, explicit, true)?.map(Folded::text))
        }
        ("bit" | "varbit", [bits, modifier, explicit]) if call.first() == Some(call.result) => {
            let fixed = call.name == "bit";
            sized_bits(bits, modifier, *explicit == "t", fixed)
        }
        ("numeric", [number, modifier]) if call.first() == Some(well_known::NUMERIC) => {
            scaled(number, modifier)
        }
        _ => Ok(None),
    }
}

fn cut(
    text: &str,
    modifier: &str,
    explicit: &str,
    padded: bool,
) -> Result<Option<String>, Mistake> {
    let Some(limit) = modifier
        .parse()
        .ok()
        .and_then(|it: i32| usize::try_from(it - HEADER).ok())
    else {
        return Ok(None);
    };
    let count = text.chars().count();
    // Blanks at the end are cut off without a word.
    let is_cut = text.chars().skip(limit).any(|it| it != ' ');
    if count > limit && is_cut && explicit != "t" {
        return Err(Mistake::TooLong { count, limit });
    }
    let mut kept: String = text.chars().take(limit).collect();
    if padded && count < limit {
        // A type can be declared far wider than any value.
        const WIDEST: usize = 10_000;
        if limit > WIDEST {
            return Ok(None);
        }
        kept.push_str(&" ".repeat(limit - count));
    }
    Ok(Some(kept))
}

fn sized_bits(
    bits: &str,
    modifier: &str,
    explicit: bool,
    fixed: bool,
) -> Result<Option<Folded>, Mistake> {
    let Some(limit) = modifier
        .parse()
        .ok()
        .and_then(|it: i32| usize::try_from(it).ok())
    else {
        return Ok(None);
    };
    let count = bits.len();
    match (count > limit, count < limit, explicit, fixed) {
        (true, _, true, _) => Ok(bits.get(..limit).map(Folded::text)),
        (true, _, false, false) => Err(Mistake::TooLong { count, limit }),
        (_, true, true, true) => Ok(None),
        (true, _, false, true) | (_, true, false, true) => Err(Mistake::WrongLength {
            count,
            length: limit,
        }),
        (false, _, _, _) => Ok(Some(Folded::text(bits))),
    }
}

fn scaled(number: &str, modifier: &str) -> Result<Option<Folded>, Mistake> {
    let (Some(number), Ok(packed)) = (Decimal::parse(number), modifier.parse::<i32>()) else {
        return Ok(None);
    };
    let packed = packed - HEADER;
    let precision = (packed >> 16) & 0xFFFF;
    let scale = ((packed & 0x7FF) ^ 1024) - 1024;
    let rounded = number.rounded(scale);
    let whole = i32::try_from(rounded.whole_digits()).unwrap_or(i32::MAX);
    // With a scale above the precision the first digits after the point have to be zeros.
    let allowed = precision - scale;
    let overflows = match allowed >= 0 {
        true => whole > allowed,
        false => whole > 0 || rounded.leading_zeros_of_fraction() < -allowed,
    };
    if overflows && !rounded.is_zero() {
        return Err(Mistake::Overflow { precision, scale });
    }
    Ok(Some(Folded::text(rounded.to_string())))
}
