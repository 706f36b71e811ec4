//! `cash_in`, with the signs of the locale that a cluster has unless it is told otherwise, `C`, or of American English.

use super::{Input, InputMistake, Outcome, invalid_syntax, number, unsure, value};

pub(super) fn money(text: &str) -> Outcome {
    match cents(text) {
        Some(Some(cents)) => Ok(value(print(cents))),
        Some(None) => Err(InputMistake::new(format!(
            "value \"{text}\" is out of range for type money"
        ))),
        // Other locales have other signs.
        None if text.contains(|c: char| c.is_ascii_digit())
            && text.contains(|c: char| c.is_alphabetic() || !c.is_ascii()) =>
        {
            Ok(Input::Unsure(unsure::LOCALE))
        }
        None => Err(invalid_syntax("money", text)),
    }
}

/// The amount; none within if it is too large, none at all if it is none.
fn cents(text: &str) -> Option<Option<i64>> {
    let without_currency = |text: &'_ str| {
        let text = number::trim(text);
        number::trim(text.strip_prefix('$').unwrap_or(text)).len()
    };
    let tail = |text: &'_ str, length: usize| text.len() - length;
    let trimmed = number::trim(text);
    let rest = trimmed.get(tail(trimmed, without_currency(trimmed))..)?;
    let (mut negative, rest) = match rest.strip_prefix(['-', '(']) {
        Some(rest) => (true, rest),
        None => (false, rest.strip_prefix('+').unwrap_or(rest)),
    };
    let rest = number::trim(rest);
    let rest = rest.get(tail(rest, without_currency(rest))..)?;
    let mut amount: i128 = 0;
    let mut decimals: Option<u32> = None;
    let mut rounds_up = false;
    let mut end = rest.len();
    for (position, c) in rest.char_indices() {
        match (c, c.to_digit(10)) {
            (_, Some(digit)) => {
                amount = amount.saturating_mul(10).saturating_add(digit.into());
                decimals = decimals.map(|it| it + 1);
            }
            ('.', None) if decimals.is_none() => decimals = Some(0),
            (',', None) if decimals != Some(2) => {}
            _ => {
                end = position;
                break;
            }
        }
        // Only the digit after the cents rounds them.
        if decimals == Some(2)
            && c.is_ascii_digit()
            && rest
                .get(position + 1..)
                .is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()))
        {
            let after = rest.get(position + 1..)?;
            rounds_up = after.starts_with(['5', '6', '7', '8', '9']);
            let digits = after
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(after.len());
            end = position + 1 + digits;
            break;
        }
    }
    amount = amount.saturating_mul(10_i128.pow(2 - decimals.unwrap_or(0)));
    amount = amount.saturating_add(i128::from(rounds_up));
    for c in rest.get(end..)?.chars() {
        match c {
            '-' => negative = true,
            ')' | '+' | '$' => {}
            c if c.is_ascii_whitespace() => {}
            _ => return None,
        }
    }
    let amount = if negative { -amount } else { amount };
    Some(i64::try_from(amount).ok())
}

fn print(cents: i64) -> String {
    let (whole, part) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
    let digits = whole.to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (position, c) in digits.char_indices() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(c);
    }
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}${grouped}.{part:02}")
}
