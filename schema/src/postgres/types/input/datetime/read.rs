//! Numbers, times and offsets as they are written (`DecodeTime`, `DecodeTimezone`).

/// Why a text is refused (`DateTimeParseError`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::postgres::types::input) enum Refusal {
    Format,
    Range,
    ZoneRange,
    UnknownZone(String),
}

pub(super) type Decoded<T> = Result<T, Refusal>;

/// A number and what follows it; too large a number is out of range.
pub(super) fn leading(text: &str) -> Decoded<(i64, &str)> {
    let (number, rest) = leading_long(text)?;
    match number > i64::from(i32::MAX) {
        true => Err(Refusal::Range),
        false => Ok((number, rest)),
    }
}

fn leading_long(text: &str) -> Decoded<(i64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit());
    let (digits, rest) = text.split_at(end.unwrap_or(text.len()));
    match digits {
        "" => Ok((0, rest)),
        digits => Ok((digits.parse().map_err(|_| Refusal::Range)?, rest)),
    }
}

/// Microseconds after a point, rounded.
pub(super) fn fraction(text: &str) -> Decoded<i64> {
    let digits = text.strip_prefix('.').ok_or(Refusal::Format)?;
    if !digits.bytes().all(|c| c.is_ascii_digit()) {
        return Err(Refusal::Format);
    }
    let value: f64 = format!("0.{digits}0")
        .parse()
        .map_err(|_| Refusal::Format)?;
    #[expect(clippy::cast_possible_truncation, reason = "it is at most a million")]
    Ok((value * 1e6).round_ties_even() as i64)
}

/// The zone of `+02`, `-02:30`, `+0230`: seconds east of Greenwich.
pub(super) fn zone(text: &str) -> Decoded<i64> {
    let in_zone = |refusal| match refusal {
        Refusal::Range => Refusal::ZoneRange,
        other => other,
    };
    let east = match text.as_bytes().first() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return Err(Refusal::Format),
    };
    let (mut hour, mut rest) = leading(text.get(1..).unwrap_or_default()).map_err(in_zone)?;
    let (mut minute, mut second) = (0, 0);
    if let Some(after) = rest.strip_prefix(':') {
        (minute, rest) = leading(after).map_err(in_zone)?;
        if let Some(after) = rest.strip_prefix(':') {
            (second, rest) = leading(after).map_err(in_zone)?;
        }
    } else if rest.is_empty() && text.len() > 3 {
        (hour, minute) = (hour / 100, hour % 100);
    }
    if hour > 15 || minute > 59 || second > 59 {
        return Err(Refusal::ZoneRange);
    }
    match rest.is_empty() {
        true => Ok(east * ((hour * 60 + minute) * 60 + second)),
        false => Err(Refusal::Format),
    }
}

/// `10:30`, `10:30:15.5`, `30:15.5` in hours, minutes, seconds and microseconds. Two numbers are hours and minutes, or minutes
/// and seconds.
pub(in crate::postgres::types::input) fn clock(
    text: &str,
    minutes_first: bool,
) -> Decoded<(i64, i64, i64, i64)> {
    let (first, rest) = leading_long(text)?;
    let rest = rest.strip_prefix(':').ok_or(Refusal::Format)?;
    let (second, rest) = leading(rest)?;
    let parts = match rest.strip_prefix(':') {
        Some(rest) => {
            let (third, rest) = leading(rest)?;
            let micros = if rest.is_empty() { 0 } else { fraction(rest)? };
            (first, second, third, micros)
        }
        None if rest.is_empty() && minutes_first => (0, first, second, 0),
        None if rest.is_empty() => (first, second, 0, 0),
        // With a fraction, the two are minutes and seconds.
        None => (0, first, second, fraction(rest)?),
    };
    match parts.1 > 59 || parts.2 > 60 {
        true => Err(Refusal::Range),
        false => Ok(parts),
    }
}
