//! `interval`

use std::error::Error;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, accepts, to_sql_checked};

/// A value of type `interval`: a span of time in the three units that the engine keeps apart, as a month has no fixed
/// number of days, nor a day of hours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Interval {
    /// Months; a year is twelve.
    pub months: i32,
    /// Days.
    pub days: i32,
    /// Microseconds; an hour is 3,600 million.
    pub microseconds: i64,
}

impl FromSql<'_> for Interval {
    fn from_sql(_: &Type, raw: &[u8]) -> Result<Interval, Box<dyn Error + Sync + Send>> {
        let cut_short = "an interval has 16 bytes";
        let (microseconds, rest) = raw.split_first_chunk().ok_or(cut_short)?;
        let (days, rest) = rest.split_first_chunk().ok_or(cut_short)?;
        let (months, _) = rest.split_first_chunk().ok_or(cut_short)?;
        Ok(Interval {
            months: i32::from_be_bytes(*months),
            days: i32::from_be_bytes(*days),
            microseconds: i64::from_be_bytes(*microseconds),
        })
    }

    accepts!(INTERVAL);
}

impl ToSql for Interval {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        out.extend_from_slice(&self.microseconds.to_be_bytes());
        out.extend_from_slice(&self.days.to_be_bytes());
        out.extend_from_slice(&self.months.to_be_bytes());
        Ok(IsNull::No)
    }

    accepts!(INTERVAL);
    to_sql_checked!();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let interval = Interval {
            months: 14,
            days: -3,
            microseconds: 1_500_000,
        };
        let mut out = BytesMut::new();
        assert!(interval.to_sql(&Type::INTERVAL, &mut out).is_ok());
        assert_eq!(out.len(), 16);
        assert_eq!(
            Interval::from_sql(&Type::INTERVAL, &out).ok(),
            Some(interval)
        );
    }
}
