//! Days and times of day: the calendar, and how dates and times are printed.

/// Microseconds in a second.
pub(super) const SECOND: i64 = 1_000_000;
/// Microseconds in a day.
pub(super) const DAY: i64 = 86_400 * SECOND;

/// A day; the year before the first is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
}

/// How many days a month has.
pub(super) fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Date {
    /// Days since the first of March of the year 0.
    pub(super) fn number(self) -> i64 {
        let (year, month) = if self.month > 2 {
            (self.year, self.month - 3)
        } else {
            (self.year - 1, self.month + 9)
        };
        365 * year + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (153 * month + 2) / 5
            + self.day
            - 1
    }

    /// The day that astronomers give a number.
    pub(super) fn of_julian(number: i64) -> Date {
        /// That of the first of March of the year 0.
        const MARCH_OF_ZERO: i64 = 1_721_120;
        Date::of_number(number - MARCH_OF_ZERO)
    }

    pub(super) fn of_number(number: i64) -> Date {
        let era = number.div_euclid(146_097);
        let of_era = number.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let year = year + era * 400;
        let (year, month) = if month < 10 {
            (year, month + 3)
        } else {
            (year + 1, month - 9)
        };
        Date { year, month, day }
    }
}

/// A day, and what stands between it and the era.
pub(super) fn print_date(date: Date, between: &str) -> String {
    let Date { year, month, day } = date;
    let (year, era) = if year < 1 {
        (1 - year, " BC")
    } else {
        (year, "")
    };
    format!("{year:04}-{month:02}-{day:02}{between}{era}")
}

/// A time of day; the fraction without zeros at its end.
pub(super) fn print_time(micros: i64) -> String {
    let (seconds, fraction) = (micros / SECOND, micros % SECOND);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let mut text = format!("{hour:02}:{minute:02}:{second:02}");
    if fraction != 0 {
        let digits = format!("{fraction:06}");
        text.push('.');
        text.push_str(digits.trim_end_matches('0'));
    }
    text
}

/// Seconds east of Greenwich.
pub(super) fn print_zone(seconds: i64) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.abs();
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let mut text = format!("{sign}{hour:02}");
    if minute != 0 || second != 0 {
        text.push_str(&format!(":{minute:02}"));
    }
    if second != 0 {
        text.push_str(&format!(":{second:02}"));
    }
    text
}

/// The number of a day and the microseconds of it of a date or a timestamp as it is printed, in UTC if it has a zone.
pub(super) fn day_and_time(printed: &str) -> Option<(i64, i64)> {
    let (text, before) = match printed.strip_suffix(" BC") {
        Some(text) => (text, true),
        None => (printed, false),
    };
    let (date, time) = text.split_once(' ').unwrap_or((text, "00:00:00"));
    let mut parts = date.split('-');
    let mut part = || parts.next()?.parse::<i64>().ok();
    let (year, month, day) = (part()?, part()?, part()?);
    let year = if before { 1 - year } else { year };
    let time = time.strip_suffix("+00").unwrap_or(time);
    Some((Date { year, month, day }.number(), time_of_day(time)?))
}

/// The microseconds of a time of day as it is printed.
pub(super) fn time_of_day(printed: &str) -> Option<i64> {
    let mut parts = printed.split(':');
    let hour: i64 = parts.next()?.parse().ok()?;
    let minute: i64 = parts.next()?.parse().ok()?;
    let second = parts.next()?;
    let (second, fraction) = second.split_once('.').unwrap_or((second, "0"));
    let second: i64 = second.parse().ok()?;
    let fraction: i64 = format!("{fraction:0<6}").parse().ok()?;
    Some(((hour * 60 + minute) * 60 + second) * SECOND + fraction)
}

/// The day after one, as they are printed.
pub(super) fn next_day(printed: &str) -> Option<String> {
    let (number, _) = day_and_time(printed)?;
    let next = Date::of_number(number + 1);
    (next.year <= LAST_YEAR_OF_DATE).then(|| print_date(next, ""))
}

/// The last year that a date holds.
pub(super) const LAST_YEAR_OF_DATE: i64 = 5_874_897;
/// The last year that a timestamp holds.
pub(super) const LAST_YEAR_OF_TIMESTAMP: i64 = 294_276;
