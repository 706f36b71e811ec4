//! `P1Y2M3DT4H5M6S` and the other forms of ISO 8601 (`DecodeISO8601Interval`).

use super::amount::{Amount, Quantity};
use super::unit::Unit;
use super::{Read, Refusal};

pub(super) fn duration(text: &str) -> Result<Read, Refusal> {
    let rest = text.strip_prefix('P').filter(|it| !it.is_empty());
    let mut reader = Reader {
        rest: rest.ok_or(Refusal::Format)?,
        amount: Amount::default(),
    };
    let dates = reader.part(&DATES)?;
    if dates == End::Time {
        let times = reader.part(&TIMES)?;
        if times == End::Time {
            return Err(Refusal::Format);
        }
    }
    Ok(Read::Amount(reader.amount))
}

/// The forms of one half of a duration.
struct Half {
    units: &'static [(char, Unit)],
    /// Between numbers without units, of the units of `extended`.
    separator: char,
    extended: [Unit; 3],
    /// How many digits a number has that holds all three.
    basic: usize,
}

const DATES: Half = Half {
    units: &[
        ('Y', Unit::Year),
        ('M', Unit::Month),
        ('W', Unit::Week),
        ('D', Unit::Day),
    ],
    separator: '-',
    extended: [Unit::Year, Unit::Month, Unit::Day],
    basic: 8,
};
const TIMES: Half = Half {
    units: &[('H', Unit::Hour), ('M', Unit::Minute), ('S', Unit::Second)],
    separator: ':',
    extended: [Unit::Hour, Unit::Minute, Unit::Second],
    basic: 6,
};

#[derive(PartialEq, Eq)]
enum End {
    Text,
    /// A `T`: times follow.
    Time,
}

struct Reader<'a> {
    rest: &'a str,
    amount: Amount,
}

impl Reader<'_> {
    fn take(&mut self, c: char) -> bool {
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Whether a half ends here.
    fn end(&mut self) -> Option<End> {
        match self.rest.is_empty() {
            true => Some(End::Text),
            false => self.take('T').then_some(End::Time),
        }
    }

    fn part(&mut self, half: &Half) -> Result<End, Refusal> {
        let mut is_first = true;
        loop {
            if let Some(end) = self.end() {
                return Ok(end);
            }
            let before = self.rest;
            let quantity = self.number()?;
            let unit = self.rest.chars().next();
            if let Some((letter, unit)) = half.units.iter().find(|(it, _)| Some(*it) == unit) {
                self.take(*letter);
                self.amount.add(*unit, quantity)?;
                is_first = false;
                continue;
            }
            let digits = before.find(|c: char| !c.is_ascii_digit() && c != '-');
            let width = digits.unwrap_or(before.len()) - usize::from(before.starts_with('-'));
            let ends = unit.is_none() || unit == Some('T');
            if !is_first || (!ends && unit != Some(half.separator)) {
                return Err(Refusal::Format);
            }
            if ends && width == half.basic {
                let [large, middle, small] = half.extended;
                let all = quantity.whole;
                let whole = |whole| Quantity {
                    whole,
                    fraction: 0.0,
                };
                self.amount.add(large, whole(all / 10_000))?;
                self.amount.add(middle, whole(all / 100 % 100))?;
                let small_part = Quantity {
                    whole: all % 100,
                    ..quantity
                };
                self.amount.add(small, small_part)?;
                is_first = false;
                continue;
            }
            return self.extended(half, quantity);
        }
    }

    /// `1-2-3`, `4:05:06`, the first number of which is read.
    fn extended(&mut self, half: &Half, first: Quantity) -> Result<End, Refusal> {
        let [large, rest @ ..] = half.extended;
        self.amount.add(large, first)?;
        for unit in rest {
            if let Some(end) = self.end() {
                return Ok(end);
            }
            if !self.take(half.separator) {
                return Err(Refusal::Format);
            }
            let quantity = self.number()?;
            self.amount.add(unit, quantity)?;
        }
        self.end().ok_or(Refusal::Format)
    }

    /// A signed number, which can have a fraction and an exponent.
    fn number(&mut self) -> Result<Quantity, Refusal> {
        let end = self
            .rest
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')));
        let end = end.unwrap_or(self.rest.len());
        // A sign within is a separator.
        let sign_within = self.rest.get(1..end).and_then(|it| it.find(['-', '+']));
        let end = sign_within.map_or(end, |it| it + 1);
        let (text, rest) = self.rest.split_at(end);
        let number: f64 = text.parse().map_err(|_| Refusal::Format)?;
        if !text.contains(|c: char| c.is_ascii_digit()) {
            return Err(Refusal::Format);
        }
        if number.abs() > 1e15 {
            return Err(Refusal::Range);
        }
        self.rest = rest;
        #[expect(clippy::cast_possible_truncation, reason = "it was looked at")]
        let whole = number as i64;
        Ok(Quantity {
            whole,
            fraction: number.fract(),
        })
    }
}
