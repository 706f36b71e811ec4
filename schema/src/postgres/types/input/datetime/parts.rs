//! What the fields of a date or time say (`DecodeDate`, `DecodeTime`, `DecodeNumber`, `DecodeTimezone` and their kin).

use super::read::{Decoded, Refusal, clock, fraction, leading};
use super::words::{Label, Meridiem, Special, Word, Zone, word};
use super::{DAY, Date, SECOND, days_in};

/// Which parts are known, a bit each: none may be told twice.
pub(super) type Known = u32;

pub(super) const YEAR: Known = 1;
pub(super) const MONTH: Known = 1 << 1;
pub(super) const MONTH_DAY: Known = 1 << 2;
pub(super) const YEAR_DAY: Known = 1 << 3;
pub(super) const HOUR: Known = 1 << 4;
pub(super) const MINUTE: Known = 1 << 5;
pub(super) const WHOLE_SECOND: Known = 1 << 6;
pub(super) const FRACTION: Known = 1 << 7;
pub(super) const ZONE: Known = 1 << 8;
pub(super) const SUMMER_ZONE: Known = 1 << 9;
pub(super) const DAYLIGHT: Known = 1 << 10;
pub(super) const MERIDIEM: Known = 1 << 11;
pub(super) const ERA: Known = 1 << 12;
pub(super) const WEEKDAY: Known = 1 << 13;
pub(super) const SPECIAL: Known = 1 << 14;
pub(super) const DATE: Known = YEAR | MONTH | MONTH_DAY;
pub(super) const TIME: Known = HOUR | MINUTE | WHOLE_SECOND | FRACTION;

/// A date and a time as far as they were told.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) known: Known,
    year: i64,
    month: i64,
    day: i64,
    year_day: i64,
    pub(super) hour: i64,
    minute: i64,
    second: i64,
    micros: i64,
    /// Whether the year was written with two digits or one.
    short_year: bool,
    /// Whether the month was written in letters.
    named_month: bool,
    /// Whether the date was counted in days, whose year needs no era.
    julian: bool,
    before: bool,
    meridiem: Option<Meridiem>,
    /// Seconds east of Greenwich; none if a zone was told whose offset is not known.
    pub(super) offset: Option<i64>,
    pub(super) special: Option<Special>,
}

impl Parts {
    /// Nothing is told yet, and no zone is that of the session.
    pub(super) fn in_utc() -> Parts {
        Parts {
            offset: Some(0),
            ..Parts::default()
        }
    }

    pub(super) fn has(&self, all: Known) -> bool {
        self.known & all == all
    }

    /// Notes what a field has told; nothing may be told twice.
    pub(super) fn tell(&mut self, told: Known) -> Decoded<()> {
        if self.known & told != 0 {
            return Err(Refusal::Format);
        }
        self.known |= told;
        Ok(())
    }

    /// A field with colons.
    pub(super) fn time(&mut self, text: &str) -> Decoded<Known> {
        (self.hour, self.minute, self.second, self.micros) = clock(text, false)?;
        if self.hour > i64::from(i32::MAX) {
            return Err(Refusal::Range);
        }
        Ok(TIME)
    }

    /// Whether the time is one of a day (`time_overflows`).
    pub(super) fn check_time(&self) -> Decoded<()> {
        match self.hour > 24 || self.minute > 59 || self.second > 60 || self.time_of_day() > DAY {
            true => Err(Refusal::Range),
            false => Ok(()),
        }
    }

    pub(super) fn time_of_day(&self) -> i64 {
        ((self.hour * 60 + self.minute) * 60 + self.second) * SECOND + self.micros
    }

    /// A field with separators in it. `named` is what is known when it is read.
    pub(super) fn date(&mut self, text: &str, known: Known) -> Decoded<Known> {
        let mut known = known;
        let mut told = 0;
        let mut named_month = false;
        let mut numbers = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            rest = rest.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
            let first = rest.chars().next().ok_or(Refusal::Format)?;
            let is_digit = first.is_ascii_digit();
            let end = rest.find(|c: char| match is_digit {
                true => !c.is_ascii_digit(),
                false => !c.is_ascii_alphabetic(),
            });
            let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
            // Whatever ends a part is passed over.
            rest = after.get(1..).unwrap_or_default();
            if is_digit {
                numbers.push(part);
                continue;
            }
            match word(part, 15) {
                Some(Word::Month(month)) if known & MONTH == 0 => {
                    self.month = month;
                    named_month = true;
                    known |= MONTH;
                    told |= MONTH;
                }
                Some(Word::Ignored) => {}
                _ => return Err(Refusal::Format),
            }
        }
        for number in numbers {
            let found = self.number(number, named_month, known)?;
            if known & found != 0 {
                return Err(Refusal::Format);
            }
            known |= found;
            told |= found;
        }
        match known & !(YEAR_DAY | ZONE) == DATE {
            true => Ok(told),
            false => Err(Refusal::Format),
        }
    }

    /// A number whose meaning follows from what is known already.
    pub(super) fn number(&mut self, text: &str, named_month: bool, known: Known) -> Decoded<Known> {
        let (value, rest) = leading(text)?;
        if rest.starts_with('.') {
            if text.len() - rest.len() > 2 {
                return self.digits(text, known | DATE);
            }
            self.micros = fraction(rest)?;
        } else if !rest.is_empty() {
            return Err(Refusal::Format);
        }
        let is_long = text.len() >= 3;
        if text.len() == 3 && known & DATE == YEAR && (1..=366).contains(&value) {
            self.year_day = value;
            return Ok(YEAR_DAY | MONTH | MONTH_DAY);
        }
        let told = match known & DATE {
            // Years have more than two digits where they come first.
            0 if is_long => YEAR,
            0 => MONTH,
            YEAR => MONTH,
            MONTH if named_month && is_long => YEAR,
            MONTH => MONTH_DAY,
            known if known == YEAR | MONTH => {
                if named_month && is_long && self.short_year {
                    // What was taken for the year was the day.
                    self.day = self.year;
                    self.year = value;
                    self.short_year = false;
                    return Ok(MONTH_DAY);
                }
                MONTH_DAY
            }
            MONTH_DAY => MONTH,
            known if known == MONTH | MONTH_DAY => YEAR,
            DATE => return self.digits(text, known),
            _ => return Err(Refusal::Format),
        };
        match told {
            YEAR => {
                self.year = value;
                self.short_year = !is_long;
            }
            MONTH => self.month = value,
            _ => self.day = value,
        }
        Ok(told)
    }

    /// Digits run together: `20200131`, `101500`, `1015`, `101500.5`.
    pub(super) fn digits(&mut self, text: &str, known: Known) -> Decoded<Known> {
        let part = |from: usize, to: usize| {
            let number: Option<i32> = text.get(from..to)?.parse().ok();
            number.map(i64::from)
        };
        let mut length = text.len();
        if let Some(point) = text.find('.') {
            self.micros = fraction(text.get(point..).unwrap_or_default())?;
            length = point;
        } else if known & DATE != DATE && length >= 6 {
            self.year = part(0, length - 4).ok_or(Refusal::Range)?;
            self.month = part(length - 4, length - 2).ok_or(Refusal::Format)?;
            self.day = part(length - 2, length).ok_or(Refusal::Format)?;
            self.short_year |= length == 6;
            return Ok(DATE);
        }
        if known & TIME == TIME || (length != 6 && length != 4) {
            return Err(Refusal::Format);
        }
        self.hour = part(0, 2).ok_or(Refusal::Format)?;
        self.minute = part(2, 4).ok_or(Refusal::Format)?;
        self.second = match length {
            6 => part(4, 6).ok_or(Refusal::Format)?,
            _ => 0,
        };
        Ok(TIME)
    }

    /// A number after a word that says what it is.
    pub(super) fn labelled(&mut self, label: Label, text: &str) -> Decoded<Known> {
        let (value, rest) = leading(text)?;
        let decimal = rest.starts_with('.');
        let takes_decimals = matches!(label, Label::Julian | Label::Second);
        if !rest.is_empty() && (!decimal || !takes_decimals) {
            return Err(Refusal::Format);
        }
        Ok(match label {
            Label::Year => {
                self.year = value;
                YEAR
            }
            // After an hour it counts minutes.
            Label::Month if self.has(MONTH | HOUR) => {
                self.minute = value;
                MINUTE
            }
            Label::Month => {
                self.month = value;
                MONTH
            }
            Label::Day => {
                self.day = value;
                MONTH_DAY
            }
            Label::Hour => {
                self.hour = value;
                HOUR
            }
            Label::Minute => {
                self.minute = value;
                MINUTE
            }
            Label::Second => {
                self.second = value;
                match decimal {
                    true => {
                        self.micros = fraction(rest)?;
                        WHOLE_SECOND | FRACTION
                    }
                    false => WHOLE_SECOND,
                }
            }
            Label::Julian => {
                let Date { year, month, day } = Date::of_julian(value);
                (self.year, self.month, self.day) = (year, month, day);
                self.julian = true;
                if !decimal {
                    return Ok(DATE);
                }
                let part: f64 = format!("0{rest}0").parse().map_err(|_| Refusal::Format)?;
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_precision_loss,
                    reason = "a part of a day"
                )]
                let micros = (part * DAY as f64).round_ties_even() as i64;
                self.hour = micros / (3600 * SECOND);
                self.minute = micros / (60 * SECOND) % 60;
                self.second = micros / SECOND % 60;
                self.micros = micros % SECOND;
                DATE | TIME
            }
        })
    }

    /// A month in letters: a number before it was the day.
    pub(super) fn named_month(&mut self, month: i64) -> Known {
        let was_day = self.has(MONTH)
            && !self.named_month
            && self.known & MONTH_DAY == 0
            && (1..=31).contains(&self.month);
        let told = match was_day {
            true => {
                self.day = self.month;
                MONTH_DAY
            }
            false => MONTH,
        };
        self.named_month = true;
        self.month = month;
        told
    }

    pub(super) fn has_named_month(&self) -> bool {
        self.named_month
    }

    pub(super) fn meridiem(&mut self, meridiem: Meridiem) -> Known {
        self.meridiem = Some(meridiem);
        MERIDIEM
    }

    pub(super) fn era(&mut self, before: bool) -> Known {
        self.before = before;
        ERA
    }

    pub(super) fn abbreviation(&mut self, zone: Zone) -> Known {
        self.offset = zone.offset;
        match zone.daylight {
            true => ZONE | SUMMER_ZONE,
            false => ZONE,
        }
    }

    /// `ValidateDate`, and what AM and PM make of the hour.
    pub(super) fn settle(&mut self) -> Decoded<()> {
        if self.has(YEAR) && !self.julian {
            if self.before {
                if self.year == 0 {
                    return Err(Refusal::Range);
                }
                self.year = 1 - self.year;
            } else if self.short_year {
                self.year += match self.year {
                    ..70 => 2000,
                    70..100 => 1900,
                    _ => 0,
                };
            } else if self.year == 0 {
                return Err(Refusal::Range);
            }
        }
        if self.has(YEAR_DAY) {
            let (month, day) = (1, 1);
            let first = Date {
                year: self.year,
                month,
                day,
            };
            let found = Date::of_number(first.number() + self.year_day - 1);
            (self.year, self.month, self.day) = (found.year, found.month, found.day);
        }
        let wrong_month = self.has(MONTH) && !(1..=12).contains(&self.month);
        let wrong_day = self.has(MONTH_DAY) && !(1..=31).contains(&self.day);
        if wrong_month || wrong_day || (self.has(DATE) && self.day > days_in(self.year, self.month))
        {
            return Err(Refusal::Range);
        }
        if let Some(meridiem) = self.meridiem {
            self.hour = match (meridiem, self.hour) {
                (_, 13..) => return Err(Refusal::Range),
                (Meridiem::Before, 12) => 0,
                (Meridiem::After, hour @ ..=11) => hour + 12,
                (_, hour) => hour,
            };
        }
        Ok(())
    }

    pub(super) fn day(&self) -> Date {
        let Parts {
            year, month, day, ..
        } = *self;
        Date { year, month, day }
    }
}
