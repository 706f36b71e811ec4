//! Dates and times: `date_in`, `timestamptz_in` and their kin, for what is written in the forms of ISO 8601.
//!
//! The engine reads many other forms, which depend on the session (`DateStyle`, time zones). They are not refused here, and
//! not brought to normal form. Values with a zone are printed as in a session in UTC.

use super::calendar::{
    DAY, Date, LAST_YEAR_OF_TIMESTAMP, SECOND, days_in, print_date, print_time, print_zone,
};
use super::{Input, InputMistake, Outcome, invalid_syntax, number, unsure, value};

/// Words that the engine knows in dates and times: beside digits they may make one of the rarer forms.
const SPECIAL: [&str; 8] = [
    "now",
    "today",
    "tomorrow",
    "yesterday",
    "epoch",
    "infinity",
    "allballs",
    "zulu",
];

/// A date and a time as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Moment {
    date: Option<(i64, i64, i64)>,
    /// Microseconds since midnight.
    time: Option<i64>,
    /// Seconds east of Greenwich.
    zone: Option<i64>,
}

fn field_range(text: &str) -> InputMistake {
    InputMistake::new(format!("date/time field value out of range: \"{text}\""))
}

/// What a text in ISO form says; the reason if it is in another form that may be good.
fn read(text: &str, name: &str) -> Result<Result<Moment, &'static str>, InputMistake> {
    let trimmed = number::trim(text);
    let wrong = || invalid_syntax(name, text);
    if !trimmed.bytes().any(|c| c.is_ascii_digit()) {
        let words = trimmed
            .split(|c: char| !c.is_ascii_alphabetic())
            .filter(|word| !word.is_empty());
        let lower: Vec<String> = words.map(str::to_ascii_lowercase).collect();
        let special =
            !lower.is_empty() && lower.iter().any(|word| SPECIAL.contains(&word.as_str()));
        return if special {
            Ok(Err(unsure::CLOCK))
        } else {
            Err(wrong())
        };
    }
    let Some(form) = split(trimmed) else {
        // Letters that are part of no word of dates, as in `12 apples`, are left to the engine as well.
        return Ok(Err(unsure::FORM));
    };
    let mut moment = Moment {
        date: None,
        time: None,
        zone: None,
    };
    if let Some((year, month, day)) = form.date {
        if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) || year == 0 {
            return Err(field_range(text));
        }
        moment.date = Some((year, month, day));
    }
    if let Some((hour, minute, second, micros)) = form.time {
        let total = ((hour * 60 + minute) * 60 + second) * SECOND + micros;
        // 24:00 and a leap second are read.
        if hour > 24 || minute > 59 || second > 60 || total > DAY {
            return Err(field_range(text));
        }
        moment.time = Some(total);
    }
    if let Some((sign, hour, minute, second)) = form.zone {
        if hour > 15 || minute > 59 || second > 59 {
            return Err(InputMistake::new(format!(
                "time zone displacement out of range: \"{text}\""
            )));
        }
        moment.zone = Some(sign * ((hour * 60 + minute) * 60 + second));
    }
    Ok(Ok(moment))
}

#[derive(Default)]
struct Form {
    date: Option<(i64, i64, i64)>,
    time: Option<(i64, i64, i64, i64)>,
    zone: Option<(i64, i64, i64, i64)>,
}

/// `2020-01-31`, `12:30:01.5`, `2020-01-31T12:30+01:00` and what lies between; nothing for other forms.
fn split(text: &str) -> Option<Form> {
    let mut form = Form::default();
    let mut rest = text;
    let number = |text: &str, least: usize, most: usize| -> Option<i64> {
        let good = (least..=most).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_digit());
        text.parse().ok().filter(|_| good)
    };
    let end = rest.find([' ', 'T', 't']).unwrap_or(rest.len());
    let (first, after) = rest.split_at_checked(end)?;
    if first.contains('-') && !first.contains(':') {
        let mut parts = first.split('-');
        let year = number(parts.next()?, 4, 6)?;
        let date = (
            year,
            number(parts.next()?, 1, 2)?,
            number(parts.next()?, 1, 2)?,
        );
        if parts.next().is_some() {
            return None;
        }
        form.date = Some(date);
        rest = after.trim_start_matches(' ').trim_start_matches(['T', 't']);
        if rest.is_empty() {
            return (after.is_empty()).then_some(form);
        }
    }
    let end = rest
        .find(|c: char| !matches!(c, '0'..='9' | ':' | '.'))
        .unwrap_or(rest.len());
    let (time, zone) = rest.split_at_checked(end)?;
    let mut parts = time.split(':');
    let hour = number(parts.next()?, 1, 2)?;
    let minute = number(parts.next()?, 2, 2)?;
    let (second, micros) = match parts.next() {
        None => (0, 0),
        Some(second) => {
            let (whole, fraction) = second.split_once('.').unwrap_or((second, ""));
            let micros = if fraction.is_empty() {
                0
            } else {
                number(fraction, 1, 6)? * 10_i64.pow(6 - u32::try_from(fraction.len()).ok()?)
            };
            (number(whole, 2, 2)?, micros)
        }
    };
    if parts.next().is_some() {
        return None;
    }
    form.time = Some((hour, minute, second, micros));
    let zone = zone.trim_start_matches(' ');
    form.zone = match zone {
        "" => None,
        "Z" | "z" | "UTC" | "utc" | "GMT" | "gmt" => Some((1, 0, 0, 0)),
        zone => {
            let (sign, digits) = match zone.split_at_checked(1)? {
                ("+", digits) => (1, digits),
                ("-", digits) => (-1, digits),
                _ => return None,
            };
            let mut parts = digits.split(':');
            let first = parts.next()?;
            let (hour, minute) = match first.len() {
                4 => (
                    number(first.get(..2)?, 2, 2)?,
                    number(first.get(2..)?, 2, 2)?,
                ),
                _ => {
                    let minute = parts.next().map_or(Some(0), |it| number(it, 2, 2))?;
                    (number(first, 1, 2)?, minute)
                }
            };
            let second = parts.next().map_or(Some(0), |it| number(it, 2, 2))?;
            if parts.next().is_some() {
                return None;
            }
            Some((sign, hour, minute, second))
        }
    };
    Some(form)
}

/// Words that every type with a date reads.
fn endless(text: &str) -> Option<&'static str> {
    match number::trim(text).to_ascii_lowercase().as_str() {
        "infinity" | "+infinity" => Some("infinity"),
        "-infinity" => Some("-infinity"),
        _ => None,
    }
}

pub(super) fn date(text: &str) -> Outcome {
    if let Some(word) = endless(text) {
        return Ok(value(word));
    }
    if number::trim(text).eq_ignore_ascii_case("epoch") {
        return Ok(value("1970-01-01"));
    }
    match read(text, "date")? {
        Ok(Moment {
            date: Some(date), ..
        }) => Ok(value(print_date(
            Date {
                year: date.0,
                month: date.1,
                day: date.2,
            },
            "",
        ))),
        Ok(_) => Err(invalid_syntax("date", text)),
        Err(reason) => Ok(Input::Unsure(reason)),
    }
}

pub(super) fn time(text: &str) -> Outcome {
    let name = "time";
    match read(text, name)? {
        Ok(Moment {
            time: Some(time), ..
        }) => Ok(value(print_time(time))),
        Ok(_) => Err(invalid_syntax(name, text)),
        Err(reason) => Ok(Input::Unsure(reason)),
    }
}

pub(super) fn time_with_zone(text: &str) -> Outcome {
    let name = "time with time zone";
    match read(text, name)? {
        Ok(Moment {
            time: Some(time),
            zone,
            ..
        }) => {
            let zone = print_zone(zone.unwrap_or(0));
            Ok(value(format!("{}{zone}", print_time(time))))
        }
        Ok(_) => Err(invalid_syntax(name, text)),
        Err(reason) => Ok(Input::Unsure(reason)),
    }
}

pub(super) fn timestamp(text: &str) -> Outcome {
    moment(text, "timestamp", false)
}

pub(super) fn timestamp_with_zone(text: &str) -> Outcome {
    moment(text, "timestamp with time zone", true)
}

fn moment(text: &str, name: &str, with_zone: bool) -> Outcome {
    if let Some(word) = endless(text) {
        return Ok(value(word));
    }
    let suffix = if with_zone { "+00" } else { "" };
    if number::trim(text).eq_ignore_ascii_case("epoch") {
        return Ok(value(format!("1970-01-01 00:00:00{suffix}")));
    }
    match read(text, name)? {
        Ok(Moment {
            date: Some((year, month, day)),
            time,
            zone,
        }) => {
            if year > LAST_YEAR_OF_TIMESTAMP {
                return Err(InputMistake::new(format!(
                    "timestamp out of range: \"{text}\""
                )));
            }
            // Counted in days and the rest: microseconds since the year 0 are more than 64 bits hold.
            let mut micros = time.unwrap_or(0);
            if with_zone {
                micros -= zone.unwrap_or(0) * SECOND;
            }
            let number = Date { year, month, day }.number() + micros.div_euclid(DAY);
            let time = print_time(micros.rem_euclid(DAY));
            Ok(value(print_date(
                Date::of_number(number),
                &format!(" {time}{suffix}"),
            )))
        }
        Ok(_) => Err(invalid_syntax(name, text)),
        Err(reason) => Ok(Input::Unsure(reason)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postgres::tree::Value;

    fn text(outcome: Outcome) -> Option<String> {
        match outcome {
            Ok(Input::Value(Value::Text(text))) => Some(text.as_ref().to_owned()),
            _ => None,
        }
    }

    #[test]
    fn iso_forms_are_brought_to_normal_form() {
        assert_eq!(text(date("2020-1-5")).as_deref(), Some("2020-01-05"));
        assert_eq!(
            text(timestamp("2020-01-05T10:00")).as_deref(),
            Some("2020-01-05 10:00:00")
        );
        assert_eq!(
            text(timestamp("2020-01-31 24:00:00")).as_deref(),
            Some("2020-02-01 00:00:00")
        );
        let zoned = timestamp_with_zone("2020-01-01 00:30:00.250+02");
        assert_eq!(text(zoned).as_deref(), Some("2019-12-31 22:30:00.25+00"));
        assert_eq!(text(time("09:05")).as_deref(), Some("09:05:00"));
        assert!(
            date("2021-02-29").is_err() && date("2020-13-01").is_err() && date("soon").is_err()
        );
        assert_eq!(date("now"), Ok(Input::Unsure(unsure::CLOCK)));
        assert_eq!(date("January 8, 1999"), Ok(Input::Unsure(unsure::FORM)));
    }
}
