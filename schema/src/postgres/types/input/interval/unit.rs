//! The units of intervals, and the fields that a modifier names.

use super::amount::Quantity;

/// A unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Microsecond,
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Decade,
    Century,
    Millennium,
}

/// Only so many letters of a word are looked at.
const LETTERS: usize = 10;

impl Unit {
    /// The mask and the precision of a modifier that keeps everything.
    pub(super) const ALL_FIELDS: i32 = 0x7FFF;
    pub(super) const FULL_PRECISION: i32 = 0xFFFF;
    pub(super) const MONTH_FIELD: i32 = 1 << 1;
    pub(super) const YEAR_FIELD: i32 = 1 << 2;
    pub(super) const DAY_FIELD: i32 = 1 << 3;
    pub(super) const HOUR_FIELD: i32 = 1 << 10;
    pub(super) const MINUTE_FIELD: i32 = 1 << 11;
    pub(super) const SECOND_FIELD: i32 = 1 << 12;
    pub(super) const MINUTE_TO_SECOND: i32 = Unit::MINUTE_FIELD | Unit::SECOND_FIELD;

    /// What a field with colons tells.
    pub(super) const TIME: u32 = Unit::Hour.bit() | Unit::Minute.bit() | Unit::SECONDS;
    const SECONDS: u32 = Unit::Second.bit() | Unit::Millisecond.bit() | Unit::Microsecond.bit();
    pub(super) const EVERYTHING: u32 = u32::MAX;

    const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// What a quantity of this unit tells: a fraction of a second stands for the smaller units, too.
    pub(super) fn told(self, quantity: Quantity) -> u32 {
        match self {
            Unit::Second if quantity.fraction != 0.0 => Unit::SECONDS,
            unit => unit.bit(),
        }
    }

    pub(super) fn named(word: &str) -> Option<Unit> {
        Some(match word.get(..LETTERS).unwrap_or(word) {
            "us" | "usec" | "usecond" | "useconds" | "usecs" | "microsecon" => Unit::Microsecond,
            "ms" | "msec" | "msecond" | "mseconds" | "msecs" | "millisecon" => Unit::Millisecond,
            "s" | "sec" | "second" | "seconds" | "secs" => Unit::Second,
            "m" | "min" | "mins" | "minute" | "minutes" => Unit::Minute,
            "h" | "hour" | "hours" | "hr" | "hrs" => Unit::Hour,
            "d" | "day" | "days" => Unit::Day,
            "w" | "week" | "weeks" => Unit::Week,
            "mon" | "mons" | "month" | "months" => Unit::Month,
            "y" | "year" | "years" | "yr" | "yrs" => Unit::Year,
            "dec" | "decade" | "decades" | "decs" => Unit::Decade,
            "c" | "cent" | "centuries" | "century" => Unit::Century,
            "mil" | "mils" | "millennia" | "millennium" => Unit::Millennium,
            _ => return None,
        })
    }

    /// What a number without a unit counts where a modifier names fields: the last of them.
    pub(super) fn rightmost(range: i32) -> Unit {
        match range {
            Unit::YEAR_FIELD => Unit::Year,
            Unit::DAY_FIELD => Unit::Day,
            range if range & Unit::SECOND_FIELD != 0 => Unit::Second,
            range if range & Unit::MINUTE_FIELD != 0 => Unit::Minute,
            range if range & Unit::HOUR_FIELD != 0 => Unit::Hour,
            range if range & Unit::MONTH_FIELD != 0 => Unit::Month,
            _ => Unit::Second,
        }
    }
}
