//! `interval_in`: quantities with units, `1 day 02:30` (`DecodeInterval`), and the forms of ISO 8601.

mod amount;
mod iso;
mod unit;

use super::datetime::{self, Field, Refusal, Shape, clock};
use super::{InputMistake, Outcome, calendar, value};
use crate::postgres::types::Typmod;
use crate::postgres::types::modifier::interval_parts;
use amount::{Amount, Quantity};
use unit::Unit;

/// The name of the type.
const NAME: &str = "interval";

pub(super) fn interval(text: &str, typmod: Typmod, version: u16) -> Outcome {
    let (range, precision) = match typmod.is_some() {
        true => interval_parts(typmod),
        false => (Unit::ALL_FIELDS, Unit::FULL_PRECISION),
    };
    let read = datetime::fields(text).ok_or(Refusal::Format);
    let read = read.and_then(|fields| decode(&fields, range, version));
    let amount = match read {
        // What cannot be read at all may be in a form of ISO 8601.
        Err(Refusal::Format) => iso::duration(text),
        other => other,
    };
    let amount = amount.map_err(|refusal| match refusal {
        Refusal::Range => {
            let message = format!("interval field value out of range: \"{text}\"");
            InputMistake::new(message)
        }
        other => datetime::refusal(other, NAME, text),
    })?;
    match amount {
        Read::Endless(word) => Ok(value(word)),
        Read::Amount(mut amount) => {
            amount.cut_to(range, precision);
            if amount.is_out_of_range() {
                return Err(InputMistake::new("interval out of range"));
            }
            Ok(value(print(amount)))
        }
    }
}

/// What a text says.
enum Read {
    Amount(Amount),
    /// Since 17 an interval can have no end.
    Endless(&'static str),
}

/// Reads the fields from the last to the first, so that a unit is known before its number.
fn decode(fields: &[Field], range: i32, version: u16) -> Result<Read, Refusal> {
    let mut amount = Amount::default();
    let mut unit: Option<Unit> = None;
    let mut waits = false;
    let mut negated = false;
    let mut endless = None;
    let mut known = 0;
    let last = fields.len().saturating_sub(1);
    for (position, field) in fields.iter().enumerate().rev() {
        let text = field.text.as_str();
        let told = match field.shape {
            Shape::Time => {
                waits = false;
                unit = Some(Unit::Day);
                amount.add_clock(time(text, range)?, 1)?;
                Unit::TIME
            }
            Shape::Signed if signed_time(text, range).is_some() => {
                waits = false;
                unit = Some(Unit::Day);
                let sign = if text.starts_with('-') { -1 } else { 1 };
                amount.add_clock(signed_time(text, range).unwrap_or_default(), sign)?;
                Unit::TIME
            }
            Shape::Signed | Shape::Date | Shape::Number => {
                waits = false;
                let mut counted = unit.unwrap_or(Unit::rightmost(range));
                let quantity = quantity(text, &mut counted)?;
                amount.add(counted, quantity)?;
                // What is before hours is days, if nothing else is said.
                unit = Some(match counted {
                    Unit::Hour => Unit::Day,
                    other => other,
                });
                counted.told(quantity)
            }
            Shape::Word | Shape::SignedWord => {
                if waits && version >= 16 {
                    return Err(Refusal::Format);
                }
                match text {
                    "ago" if version >= 16 && position != last => return Err(Refusal::Format),
                    "ago" => {
                        negated = true;
                        unit = unit.or(Some(Unit::Second));
                        0
                    }
                    "infinity" | "+infinity" if version >= 17 => {
                        endless = Some("infinity");
                        Unit::EVERYTHING
                    }
                    "-infinity" if version >= 17 => {
                        endless = Some("-infinity");
                        Unit::EVERYTHING
                    }
                    _ => {
                        unit = Some(Unit::named(text).ok_or(Refusal::Format)?);
                        waits = true;
                        0
                    }
                }
            }
        };
        if known & told != 0 {
            return Err(Refusal::Format);
        }
        known |= told;
    }
    if known == 0 || (waits && version >= 16) {
        return Err(Refusal::Format);
    }
    if let Some(word) = endless {
        let is_negated = negated != word.starts_with('-');
        return Ok(Read::Endless(if is_negated {
            "-infinity"
        } else {
            "infinity"
        }));
    }
    if negated {
        amount = amount.negated().ok_or(Refusal::Range)?;
    }
    Ok(Read::Amount(amount))
}

/// Hours, minutes, seconds and microseconds.
type Clock = (i64, i64, i64, i64);

/// A field with colons; of `MINUTE TO SECOND`, two numbers are these.
fn time(text: &str, range: i32) -> Result<Clock, Refusal> {
    clock(text, range == Unit::MINUTE_TO_SECOND)
}

fn signed_time(text: &str, range: i32) -> Option<Clock> {
    let unsigned = text.get(1..).filter(|it| it.contains(':'))?;
    time(unsigned, range).ok()
}

/// A number, or years and months, `1-2`.
fn quantity(text: &str, unit: &mut Unit) -> Result<Quantity, Refusal> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = digits.find(|c: char| !c.is_ascii_digit());
    let (whole, rest) = digits.split_at(end.unwrap_or(digits.len()));
    let number = |digits: &str| match digits {
        "" => Ok(0),
        digits => digits.parse::<i64>().map_err(|_| Refusal::Range),
    };
    let mut whole = number(whole)?;
    let mut fraction = 0.0;
    if let Some(months) = rest.strip_prefix('-') {
        if !months.bytes().all(|c| c.is_ascii_digit()) {
            return Err(Refusal::Format);
        }
        let months = number(months)?;
        if months > 11 {
            return Err(Refusal::Range);
        }
        let years = whole.checked_mul(12).ok_or(Refusal::Range)?;
        whole = years.checked_add(months).ok_or(Refusal::Range)?;
        *unit = Unit::Month;
    } else if let Some(digits) = rest.strip_prefix('.') {
        if !digits.bytes().all(|c| c.is_ascii_digit()) {
            return Err(Refusal::Format);
        }
        fraction = format!("0.{digits}0")
            .parse()
            .map_err(|_| Refusal::Format)?;
    } else if !rest.is_empty() {
        return Err(Refusal::Format);
    }
    Ok(match negative {
        true => Quantity {
            whole: -whole,
            fraction: -fraction,
        },
        false => Quantity { whole, fraction },
    })
}

/// `EncodeInterval` in the style `postgres`.
fn print(amount: Amount) -> String {
    let mut text = String::new();
    let mut negative_before = false;
    for (count, name) in [
        (amount.months / 12, "year"),
        (amount.months % 12, "mon"),
        (amount.days, "day"),
    ] {
        if count == 0 {
            continue;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        // After a negative part the sign of a positive one is written.
        if negative_before && count > 0 {
            text.push('+');
        }
        let plural = if count == 1 { "" } else { "s" };
        text.push_str(&format!("{count} {name}{plural}"));
        negative_before = count < 0;
    }
    if amount.micros != 0 || text.is_empty() {
        let sign = match (amount.micros < 0, negative_before) {
            (true, _) => "-",
            (false, true) => "+",
            (false, false) => "",
        };
        let space = if text.is_empty() { "" } else { " " };
        let time = calendar::print_time(amount.micros.saturating_abs());
        text.push_str(&format!("{space}{sign}{time}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postgres::tree::Value;
    use crate::postgres::types::Input;

    #[test]
    fn quantities_with_units() {
        for (written, printed) in [
            ("1 day", "1 day"),
            ("30 days", "30 days"),
            (
                "1 year 2 months 3 days 4 hours",
                "1 year 2 mons 3 days 04:00:00",
            ),
            ("90 minutes", "01:30:00"),
            ("-1 day", "-1 days"),
            ("1 week", "7 days"),
            ("01:30", "01:30:00"),
            ("5", "00:00:05"),
            ("1.5 hours", "01:30:00"),
            ("1.5 months", "1 mon 15 days"),
            ("2 hours ago", "-02:00:00"),
            ("14 mon", "1 year 2 mons"),
            ("0 days", "00:00:00"),
            ("1h30m", "01:30:00"),
            ("1-2 3 -4:05:06", "1 year 2 mons 3 days -04:05:06"),
            ("P1Y2M3DT4H5M6.5S", "1 year 2 mons 3 days 04:05:06.5"),
            ("P0001-02-03T04:05:06", "1 year 2 mons 3 days 04:05:06"),
            ("@ 1 year 2 mons ago", "-1 years -2 mons"),
        ] {
            let read = interval(written, Typmod::NONE, 15);
            let expected = Ok(Input::Value(Value::Text(printed.into())));
            assert_eq!(read, expected, "{written}");
        }
        for text in [
            "1 fortnight",
            "soon",
            "1 day 2 days",
            "P",
            "",
            "1:60",
            "1-12",
        ] {
            assert!(interval(text, Typmod::NONE, 15).is_err(), "{text}");
        }
    }
}
