//! `interval_in`: quantities with units, `1 day 02:30`, and the form of ISO 8601.

use super::{Input, Outcome, calendar, invalid_syntax, number, unsure, value};
use crate::postgres::types::Typmod;

const SECOND: i64 = 1_000_000;

/// What an interval consists of: the engine keeps the three apart.
#[derive(Default, Clone, Copy)]
struct Parts {
    months: i64,
    days: i64,
    micros: i64,
}

/// A unit, as so many of one of the three parts.
fn unit(word: &str) -> Option<Parts> {
    let parts = |months, days, micros| {
        Some(Parts {
            months,
            days,
            micros,
        })
    };
    match word {
        "microsecond" | "microseconds" | "us" | "usec" | "usecs" | "usecond" | "useconds"
        | "microsecon" => parts(0, 0, 1),
        "millisecond" | "milliseconds" | "ms" | "msec" | "msecs" | "msecond" | "mseconds"
        | "millisecon" => parts(0, 0, 1000),
        "s" | "sec" | "secs" | "second" | "seconds" => parts(0, 0, SECOND),
        "m" | "min" | "mins" | "minute" | "minutes" => parts(0, 0, 60 * SECOND),
        "h" | "hr" | "hrs" | "hour" | "hours" => parts(0, 0, 3600 * SECOND),
        "d" | "day" | "days" => parts(0, 1, 0),
        "w" | "week" | "weeks" => parts(0, 7, 0),
        "mon" | "mons" | "month" | "months" => parts(1, 0, 0),
        "y" | "yr" | "yrs" | "year" | "years" => parts(12, 0, 0),
        "dec" | "decs" | "decade" | "decades" => parts(120, 0, 0),
        "c" | "cent" | "century" | "centuries" => parts(1200, 0, 0),
        "mil" | "mils" | "millennia" | "millennium" => parts(12_000, 0, 0),
        _ => None,
    }
}

pub(super) fn interval(text: &str, typmod: Typmod) -> Outcome {
    let trimmed = number::trim(text).to_ascii_lowercase();
    let wrong = || invalid_syntax("interval", text);
    if trimmed.is_empty() {
        return Err(wrong());
    }
    if matches!(trimmed.as_str(), "infinity" | "-infinity" | "+infinity") || typmod.is_some() {
        return Ok(Input::Unsure(unsure::FORM));
    }
    if !trimmed.bytes().any(|c| c.is_ascii_digit()) {
        return Err(wrong());
    }
    if let Some(duration) = trimmed.strip_prefix('p') {
        return Ok(match iso_duration(duration) {
            Some(parts) => value(print(parts)),
            None => Input::Unsure(unsure::FORM),
        });
    }
    let Some(words) = words(&trimmed) else {
        return Ok(Input::Unsure(unsure::FORM));
    };
    match sum(&words) {
        Some(Ok(parts)) => Ok(value(print(parts))),
        Some(Err(Refused)) => Err(wrong()),
        None => Ok(Input::Unsure(unsure::FORM)),
    }
}

/// A text that the engine refuses.
struct Refused;

/// Words and numbers; nothing where there are other characters.
fn words(text: &str) -> Option<Vec<&str>> {
    let mut words = Vec::new();
    for chunk in text.split_ascii_whitespace() {
        let chunk = chunk.strip_prefix('@').unwrap_or(chunk);
        let mut rest = chunk;
        while !rest.is_empty() {
            let is_word = rest.starts_with(|c: char| c.is_ascii_alphabetic());
            let end = rest
                .find(|c: char| c.is_ascii_alphabetic() != is_word)
                .unwrap_or(rest.len());
            let (word, after) = rest.split_at_checked(end)?;
            words.push(word);
            rest = after;
        }
    }
    Some(words)
}

/// `1y2m3dT4h5m6.7s` after the P of ISO 8601; nothing for its other forms.
fn iso_duration(text: &str) -> Option<Parts> {
    let (dates, times) = match text.split_once('t') {
        Some((dates, times)) => (dates, Some(times)),
        None => (text, None),
    };
    let mut total = Parts::default();
    let mut seen = 0;
    for (part, units) in [(Some(dates), "ymwd"), (times, "hms")] {
        let mut order = units;
        let mut rest = part.unwrap_or_default();
        while !rest.is_empty() {
            let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
            let (number, after) = rest.split_at_checked(end)?;
            let letter = after.chars().next()?;
            // Each unit once, from the largest to the smallest.
            order = order.split_once(letter)?.1;
            let name = match letter {
                'y' => "year",
                'm' if units == "ymwd" => "mon",
                'w' => "week",
                'd' => "day",
                'h' => "hour",
                'm' => "minute",
                _ => "second",
            };
            let (whole, fraction) = quantity(number)?;
            add(&mut total, unit(name)?, whole, fraction)?;
            seen += 1;
            rest = after.get(1..)?;
        }
    }
    (seen > 0 && times != Some("")).then_some(total)
}

/// The sum of quantities with units, and of times; nothing for other forms.
fn sum(words: &[&str]) -> Option<Result<Parts, Refused>> {
    let mut total = Parts::default();
    let mut seen = Vec::new();
    let mut position = 0;
    let mut negated = false;
    while let Some(word) = words.get(position) {
        position += 1;
        if *word == "ago" && position == words.len() && !seen.is_empty() {
            negated = true;
            continue;
        }
        if word.starts_with(|c: char| c.is_ascii_alphabetic()) {
            // A unit without a quantity, `p1y` of ISO 8601, a word that is none.
            return if unit(word).is_none() && !matches!(*word, "p" | "t" | "ago") {
                Some(Err(Refused))
            } else {
                None
            };
        }
        if word.contains(':') {
            total.micros = total.micros.checked_add(clock(word)?)?;
            continue;
        }
        let (whole, fraction) = quantity(word)?;
        let Some(name) = words.get(position) else {
            // A number alone counts seconds.
            if words.len() > 1 {
                return None;
            }
            let seconds = unit("second")?;
            add(&mut total, seconds, whole, fraction)?;
            continue;
        };
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let Some(unit) = unit(name) else {
            return Some(Err(Refused));
        };
        position += 1;
        // A unit that is there twice is refused, but fractions of seconds are units of their own.
        let key = (unit.months, unit.days, unit.micros);
        if seen.contains(&key) {
            return Some(Err(Refused));
        }
        seen.push(key);
        add(&mut total, unit, whole, fraction)?;
    }
    if negated {
        total = Parts {
            months: -total.months,
            days: -total.days,
            micros: -total.micros,
        };
    }
    Some(Ok(total))
}

/// A signed number: what stands before the point, and millionths.
fn quantity(text: &str) -> Option<(i64, i64)> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let good = |it: &str| it.bytes().all(|c| c.is_ascii_digit());
    if !good(whole) || !good(fraction) || fraction.len() > 6 || whole.len() + fraction.len() == 0 {
        return None;
    }
    let whole: i64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let fraction: i64 = format!("{fraction:0<6}").parse().ok()?;
    Some((sign * whole, sign * fraction))
}

fn add(total: &mut Parts, unit: Parts, whole: i64, millionths: i64) -> Option<()> {
    total.months = total.months.checked_add(unit.months.checked_mul(whole)?)?;
    total.days = total.days.checked_add(unit.days.checked_mul(whole)?)?;
    total.micros = total.micros.checked_add(unit.micros.checked_mul(whole)?)?;
    if millionths != 0 {
        // Parts of days and months spill over into what is smaller, by rules of their own; of years, months are left.
        if unit.months > 1 {
            let scaled = unit.months.checked_mul(millionths)?;
            if scaled % 1_000_000 != 0 {
                return None;
            }
            total.months += scaled / 1_000_000;
        } else if unit.months == 1 {
            let days = 30 * millionths;
            if days % 1_000_000 != 0 {
                return None;
            }
            total.days += days / 1_000_000;
        } else if unit.days == 1 {
            total.micros = total.micros.checked_add(86_400 * millionths)?;
        } else if unit.days > 1 {
            return None;
        } else {
            total.micros = total
                .micros
                .checked_add(unit.micros.checked_mul(millionths)? / 1_000_000)?;
        }
    }
    Some(())
}

/// `02:30`, `-1:00:00.5`: hours and minutes, and seconds.
fn clock(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut parts = digits.split(':');
    let (hour, hour_fraction) = quantity(parts.next()?)?;
    let (minute, minute_fraction) = quantity(parts.next()?)?;
    let (second, micros) = parts.next().map_or(Some((0, 0)), quantity)?;
    if parts.next().is_some()
        || hour_fraction != 0
        || minute_fraction != 0
        || minute > 59
        || second > 59
    {
        return None;
    }
    Some(sign * (((hour * 60 + minute) * 60 + second) * SECOND + micros))
}

/// `EncodeInterval` in the style `postgres`.
fn print(parts: Parts) -> String {
    let mut text = String::new();
    let mut negative_before = false;
    for (count, name) in [
        (parts.months / 12, "year"),
        (parts.months % 12, "mon"),
        (parts.days, "day"),
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
        text.push_str(&format!(
            "{count} {name}{}",
            if count == 1 { "" } else { "s" }
        ));
        negative_before = count < 0;
    }
    if parts.micros != 0 || text.is_empty() {
        let sign = if parts.micros < 0 {
            "-"
        } else if negative_before {
            "+"
        } else {
            ""
        };
        let space = if text.is_empty() { "" } else { " " };
        text.push_str(&format!(
            "{space}{sign}{}",
            calendar::print_time(parts.micros.abs())
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postgres::tree::Value;

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
            ("2 hours ago", "-02:00:00"),
            ("14 mon", "1 year 2 mons"),
            ("0 days", "00:00:00"),
            ("1h30m", "01:30:00"),
        ] {
            let read = interval(written, Typmod::NONE);
            assert_eq!(
                read,
                Ok(Input::Value(Value::Text(printed.into()))),
                "{written}"
            );
        }
        assert!(interval("1 fortnight", Typmod::NONE).is_err());
        assert!(interval("soon", Typmod::NONE).is_err());
    }
}
