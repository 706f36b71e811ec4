//! What an interval consists of, and how fractions of its units spill over into smaller ones.

use super::Refusal;
use super::unit::Unit;
use crate::postgres::types::input::calendar::{DAY, SECOND};

/// A number with what is after its point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Quantity {
    pub(super) whole: i64,
    pub(super) fraction: f64,
}

/// The engine keeps the three apart.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) months: i64,
    pub(super) days: i64,
    pub(super) micros: i64,
}

/// What one of a unit is.
enum Size {
    Micros(i64),
    Days(i64),
    Months(i64),
    Years(i64),
}

fn size(unit: Unit) -> Size {
    match unit {
        Unit::Microsecond => Size::Micros(1),
        Unit::Millisecond => Size::Micros(1000),
        Unit::Second => Size::Micros(SECOND),
        Unit::Minute => Size::Micros(60 * SECOND),
        Unit::Hour => Size::Micros(3600 * SECOND),
        Unit::Day => Size::Days(1),
        Unit::Week => Size::Days(7),
        Unit::Month => Size::Months(1),
        Unit::Year => Size::Years(1),
        Unit::Decade => Size::Years(10),
        Unit::Century => Size::Years(100),
        Unit::Millennium => Size::Years(1000),
    }
}

/// A part with so many more.
fn increase(part: &mut i64, count: i64, scale: i64) -> Result<(), Refusal> {
    let more = count.checked_mul(scale);
    let sum = more.and_then(|it| part.checked_add(it));
    *part = sum.ok_or(Refusal::Range)?;
    Ok(())
}

impl Amount {
    /// More of a unit; years, months and days have four bytes.
    pub(super) fn add(&mut self, unit: Unit, quantity: Quantity) -> Result<(), Refusal> {
        let Quantity { whole, fraction } = quantity;
        match size(unit) {
            Size::Micros(scale) => {
                increase(&mut self.micros, whole, scale)?;
                self.add_part(fraction, scale)
            }
            Size::Days(scale) => {
                increase(&mut self.days, whole, scale)?;
                self.add_days(fraction, scale)
            }
            Size::Months(scale) => {
                increase(&mut self.months, whole, scale)?;
                self.add_days(fraction, 30 * scale)
            }
            Size::Years(scale) => {
                increase(&mut self.months, whole, 12 * scale)?;
                #[expect(clippy::cast_precision_loss, reason = "a thousand years at most")]
                let months = (fraction * scale as f64 * 12.0).round_ties_even();
                increase(&mut self.months, to_whole(months), 1)
            }
        }?;
        match self.is_out_of_range() {
            true => Err(Refusal::Range),
            false => Ok(()),
        }
    }

    /// A fraction of so many days.
    fn add_days(&mut self, fraction: f64, scale: i64) -> Result<(), Refusal> {
        #[expect(clippy::cast_precision_loss, reason = "a month at most")]
        let days = fraction * scale as f64;
        increase(&mut self.days, to_whole(days), 1)?;
        self.add_part(days.fract(), DAY)
    }

    /// A fraction of so many microseconds, rounded.
    fn add_part(&mut self, fraction: f64, scale: i64) -> Result<(), Refusal> {
        #[expect(clippy::cast_precision_loss, reason = "a day at most")]
        let micros = fraction * scale as f64;
        let rest = micros.fract();
        let rounded = match rest {
            rest if rest > 0.5 => 1,
            rest if rest < -0.5 => -1,
            _ => 0,
        };
        increase(&mut self.micros, to_whole(micros), 1)?;
        increase(&mut self.micros, rounded, 1)
    }

    pub(super) fn add_clock(
        &mut self,
        (hour, minute, second, micros): (i64, i64, i64, i64),
        sign: i64,
    ) -> Result<(), Refusal> {
        increase(&mut self.micros, hour, sign * 3600 * SECOND)?;
        increase(&mut self.micros, minute, sign * 60 * SECOND)?;
        increase(&mut self.micros, second, sign * SECOND)?;
        increase(&mut self.micros, micros, sign)
    }

    pub(super) fn negated(self) -> Option<Amount> {
        Some(Amount {
            months: -self.months,
            days: -self.days,
            micros: self.micros.checked_neg()?,
        })
    }

    pub(super) fn is_out_of_range(&self) -> bool {
        i32::try_from(self.months).is_err() || i32::try_from(self.days).is_err()
    }

    /// Leaves out what a modifier does not name (`AdjustIntervalForTypmod`).
    pub(super) fn cut_to(&mut self, range: i32, precision: i32) {
        if range != Unit::ALL_FIELDS {
            let keeps = |field: i32| range & field != 0;
            let smallest = if keeps(Unit::SECOND_FIELD) {
                1
            } else if keeps(Unit::MINUTE_FIELD) {
                60 * SECOND
            } else if keeps(Unit::HOUR_FIELD) {
                3600 * SECOND
            } else {
                0
            };
            self.micros = match smallest {
                0 => 0,
                unit => self.micros / unit * unit,
            };
            let only_years = range == Unit::YEAR_FIELD;
            if only_years {
                self.months = self.months / 12 * 12;
            }
            if only_years || (keeps(Unit::MONTH_FIELD) && smallest == 0) {
                self.days = 0;
            }
        }
        if let Some(digits) = u32::try_from(6 - precision).ok().filter(|it| *it > 0) {
            let unit = 10_i64.pow(digits.min(6));
            let half = if self.micros < 0 { -unit / 2 } else { unit / 2 };
            self.micros = self.micros.saturating_add(half) / unit * unit;
        }
    }
}

/// What is before the point.
#[expect(
    clippy::cast_possible_truncation,
    reason = "what is too large is out of range elsewhere"
)]
fn to_whole(number: f64) -> i64 {
    number as i64
}
