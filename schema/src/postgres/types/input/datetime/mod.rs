//! Dates and times: `date_in`, `timestamptz_in` and their kin, with `DateStyle` as it is from the start, `ISO, MDY`.
//!
//! Values with a zone are printed as in a session in UTC. What `now` and its kin are is known only to a server, and so is what
//! the zones are whose offset changes.

mod decode;
mod fields;
mod parts;
mod read;
mod words;

use super::calendar::{
    DAY, Date, LAST_YEAR_OF_DATE, LAST_YEAR_OF_TIMESTAMP, SECOND, days_in, print_date, print_time,
    print_zone,
};
use super::{Input, InputMistake, Outcome, invalid_syntax, unsure, value};
use decode::{Wanted, decode};
pub(super) use fields::{Field, Shape};
use parts::Parts;
pub(super) use read::{Refusal, clock};
use words::Special;

/// The fields of a text; none if no date, time or interval has such.
pub(super) fn fields(text: &str) -> Option<Vec<Field>> {
    fields::fields(text, words::is_word)
}

/// What the engine says of a text that it refuses.
pub(super) fn refusal(refusal: Refusal, name: &str, text: &str) -> InputMistake {
    InputMistake::new(match refusal {
        Refusal::Format => return invalid_syntax(name, text),
        Refusal::Range => format!("date/time field value out of range: \"{text}\""),
        Refusal::ZoneRange => format!("time zone displacement out of range: \"{text}\""),
        Refusal::UnknownZone(zone) => format!("time zone \"{zone}\" not recognized"),
    })
}

fn read(text: &str, name: &str, wanted: Wanted, version: u16) -> Result<Parts, InputMistake> {
    let fields = fields(text).ok_or(Refusal::Format);
    let parts = fields.and_then(|fields| decode(&fields, wanted, version));
    parts.map_err(|it| refusal(it, name, text))
}

fn out_of_range(name: &str, text: &str) -> InputMistake {
    InputMistake::new(format!("{name} out of range: \"{text}\""))
}

/// The first day that there is.
fn is_too_early(date: Date) -> bool {
    let first = Date {
        year: -4713,
        month: 11,
        day: 24,
    };
    date.number() < first.number()
}

/// What a word stands for alone.
fn endless(parts: &Parts) -> Option<&'static str> {
    match parts.special {
        Some(Special::Infinity) => Some("infinity"),
        Some(Special::MinusInfinity) => Some("-infinity"),
        Some(Special::Epoch | Special::Now | Special::SomeDay | Special::Midnight) | None => None,
    }
}

fn depends_on_the_clock(parts: &Parts) -> bool {
    matches!(parts.special, Some(Special::Now | Special::SomeDay))
}

pub(super) fn date(text: &str, version: u16) -> Outcome {
    let parts = read(text, "date", Wanted::Moment, version)?;
    if let Some(word) = endless(&parts) {
        return Ok(value(word));
    }
    if depends_on_the_clock(&parts) {
        return Ok(Input::Moment);
    }
    let date = match parts.special {
        Some(Special::Epoch) => EPOCH,
        _ => parts.day(),
    };
    if is_too_early(date) || date.year > LAST_YEAR_OF_DATE {
        return Err(out_of_range("date", text));
    }
    Ok(value(print_date(date, "")))
}

const EPOCH: Date = Date {
    year: 1970,
    month: 1,
    day: 1,
};

pub(super) fn time(text: &str, version: u16) -> Outcome {
    let parts = read(text, "time", Wanted::Time, version)?;
    if depends_on_the_clock(&parts) {
        return Ok(Input::Moment);
    }
    Ok(value(print_time(parts.time_of_day())))
}

pub(super) fn time_with_zone(text: &str, version: u16) -> Outcome {
    let parts = read(text, "time with time zone", Wanted::Time, version)?;
    if depends_on_the_clock(&parts) {
        return Ok(Input::Moment);
    }
    Ok(match parts.offset {
        Some(offset) => value(format!(
            "{}{}",
            print_time(parts.time_of_day()),
            print_zone(offset)
        )),
        None => Input::Unsure(unsure::ZONE),
    })
}

pub(super) fn timestamp(text: &str, version: u16) -> Outcome {
    moment(text, "timestamp", false, version)
}

pub(super) fn timestamp_with_zone(text: &str, version: u16) -> Outcome {
    moment(text, "timestamp with time zone", true, version)
}

fn moment(text: &str, name: &str, with_zone: bool, version: u16) -> Outcome {
    let parts = read(text, name, Wanted::Moment, version)?;
    if let Some(word) = endless(&parts) {
        return Ok(value(word));
    }
    if depends_on_the_clock(&parts) {
        return Ok(Input::Moment);
    }
    let (date, time) = match parts.special {
        Some(Special::Epoch) => (EPOCH, 0),
        _ => (parts.day(), parts.time_of_day()),
    };
    // What is too large for a date is too large for its time, whatever the zone.
    let number = date.number();
    if is_too_early(date) || date.year > LAST_YEAR_OF_DATE {
        return Err(out_of_range("timestamp", text));
    }
    let time = match (with_zone, parts.offset) {
        (false, _) => time,
        (true, Some(offset)) => time - offset * SECOND,
        (true, None) => return Ok(Input::Unsure(unsure::ZONE)),
    };
    let date = Date::of_number(number + time.div_euclid(DAY));
    if is_too_early(date) || date.year > LAST_YEAR_OF_TIMESTAMP {
        return Err(out_of_range("timestamp", text));
    }
    let zone = if with_zone { "+00" } else { "" };
    let time = print_time(time.rem_euclid(DAY));
    Ok(value(print_date(date, &format!(" {time}{zone}"))))
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
    fn dates_and_times_are_brought_to_normal_form() {
        for (written, printed) in [
            ("2020-1-5", "2020-01-05 00:00:00"),
            ("2020-01-05T10:00Z", "2020-01-05 10:00:00"),
            ("20200105 101112", "2020-01-05 10:11:12"),
            ("January 8, 1999 04:05 PM", "1999-01-08 16:05:00"),
            ("Mon Jan 6 10:00:00 2020 PST", "2020-01-06 10:00:00"),
            ("2020-01-31 24:00:00", "2020-02-01 00:00:00"),
            ("March 15, 44 BC", "0044-03-15 00:00:00 BC"),
            ("J2451187", "1999-01-08 00:00:00"),
            ("1", ""),
            ("2020-13-01", ""),
            ("13/05/2020", ""),
            ("2020-01-05 Nowhere/City", ""),
        ] {
            let read = text(timestamp(written, 15)).unwrap_or_default();
            assert_eq!(read, printed, "{written}");
        }
        let zoned = timestamp_with_zone("2020-01-01 00:30:00.250+02", 15);
        assert_eq!(text(zoned).as_deref(), Some("2019-12-31 22:30:00.25+00"));
        assert_eq!(text(time("09:05 PM", 15)).as_deref(), Some("21:05:00"));
        assert_eq!(date("now", 15), Ok(Input::Moment));
    }
}
