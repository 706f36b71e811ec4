//! Numbers of any length, by their digits.

use std::fmt;

/// A number as `numeric` prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decimal {
    negative: bool,
    /// The digits before the point, without zeros in front.
    whole: String,
    /// Those after it.
    fraction: String,
}

impl Decimal {
    /// Reads digits with at most one point and a sign; no exponent, no NaN, no infinity.
    pub(crate) fn parse(text: &str) -> Option<Decimal> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let are_digits = |part: &str| part.bytes().all(|it| it.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !are_digits(whole) || !are_digits(fraction) {
            return None;
        }
        Some(Decimal {
            negative,
            whole: whole.trim_start_matches('0').to_owned(),
            fraction: fraction.to_owned(),
        })
    }

    /// A number of units of which there are ten to the power of `scale` in one.
    pub(crate) fn from_units(units: i128, scale: usize) -> Decimal {
        let digits = units.unsigned_abs().to_string();
        let digits = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        Decimal {
            negative: units < 0,
            whole: whole.trim_start_matches('0').to_owned(),
            fraction: fraction.to_owned(),
        }
    }

    /// The number in units of which there are ten to the power of `scale` in one, if that is exact and short enough.
    pub(crate) fn units(&self, scale: usize) -> Option<i128> {
        let zeros = scale.checked_sub(self.fraction.len())?;
        if self.whole.len() + scale > 36 {
            return None;
        }
        let digits = format!("0{}{}{}", self.whole, self.fraction, "0".repeat(zeros));
        let units: i128 = digits.parse().ok()?;
        Some(if self.negative { -units } else { units })
    }

    /// How many digits are after the point.
    pub(crate) fn scale(&self) -> usize {
        self.fraction.len()
    }

    /// How many digits are before the point.
    pub(crate) fn whole_digits(&self) -> usize {
        self.whole.len()
    }

    /// How many zeros the digits after the point begin with.
    pub(crate) fn leading_zeros_of_fraction(&self) -> i32 {
        let zeros = self.fraction.bytes().take_while(|it| *it == b'0').count();
        i32::try_from(zeros).unwrap_or(i32::MAX)
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.whole.is_empty() && self.fraction.bytes().all(|it| it == b'0')
    }

    /// The number with so many digits after the point, or rounded to tens where that is negative; halves go away from zero.
    pub(crate) fn rounded(&self, scale: i32) -> Decimal {
        let whole_length = self.whole.len();
        let digits = format!("{}{}", self.whole, self.fraction);
        let wanted = i64::try_from(whole_length).unwrap_or(i64::MAX) + i64::from(scale);
        let Ok(kept) = usize::try_from(wanted) else {
            return Decimal {
                negative: false,
                whole: String::new(),
                fraction: String::new(),
            };
        };
        let mut rounded: Vec<u8> = digits.bytes().take(kept).collect();
        rounded.resize(kept, b'0');
        let goes_up = digits.as_bytes().get(kept).is_some_and(|it| *it >= b'5');
        let mut carries = goes_up;
        for digit in rounded.iter_mut().rev() {
            if !carries {
                break;
            }
            carries = *digit == b'9';
            *digit = if carries { b'0' } else { *digit + 1 };
        }
        if carries {
            rounded.insert(0, b'1');
        }
        let whole_length = whole_length + usize::from(carries);
        rounded.resize(rounded.len().max(whole_length), b'0');
        let text: String = rounded.into_iter().map(char::from).collect();
        let (whole, fraction) = text.split_at(whole_length.min(text.len()));
        Decimal {
            negative: self.negative,
            whole: whole.trim_start_matches('0').to_owned(),
            fraction: fraction.to_owned(),
        }
    }

    /// The number rounded to a whole one; none if it is too long to matter.
    pub(crate) fn to_whole(&self) -> Option<i128> {
        self.rounded(0).units(0)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negative && !self.is_zero() {
            f.write_str("-")?;
        }
        f.write_str(if self.whole.is_empty() {
            "0"
        } else {
            &self.whole
        })?;
        match self.fraction.is_empty() {
            true => Ok(()),
            false => write!(f, ".{}", self.fraction),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn a_number_is_rounded_by_its_digits() {
        for (text, scale, expected) in [
            ("999.994", 2, "999.99"),
            ("999.995", 2, "1000.00"),
            ("-0.5", 0, "-1"),
            ("0.4", 0, "0"),
            ("-0.4", 0, "0"),
            ("149", -2, "100"),
            ("150", -2, "200"),
            ("50", -2, "100"),
            ("49", -2, "0"),
            ("49", -3, "0"),
            ("1.5", 3, "1.500"),
            ("000123", 0, "123"),
            (".005", 2, "0.01"),
        ] {
            let number = Decimal::parse(text).unwrap();
            assert_eq!(
                number.rounded(scale).to_string(),
                expected,
                "{text}, {scale}"
            );
        }
    }
}
