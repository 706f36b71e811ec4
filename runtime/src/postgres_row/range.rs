//! Ranges.

use std::error::Error;
use std::ops::Bound;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};

type Failure = Box<dyn Error + Sync + Send>;

/// A value of a range type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Range<T> {
    /// No value lies in it.
    Empty,
    /// The values between two bounds.
    Between(Bound<T>, Bound<T>),
}

// The bits of the first byte (`rangetypes.h`).
const EMPTY: u8 = 0x01;
const LOWER_INCLUSIVE: u8 = 0x02;
const UPPER_INCLUSIVE: u8 = 0x04;
const LOWER_INFINITE: u8 = 0x08;
const UPPER_INFINITE: u8 = 0x10;

impl<'raw, T: FromSql<'raw>> FromSql<'raw> for Range<T> {
    fn from_sql(ty: &Type, raw: &'raw [u8]) -> Result<Range<T>, Failure> {
        let Kind::Range(element) = ty.kind() else {
            return Err(format!("`{}` is no range type", ty.name()).into());
        };
        let (flags, rest) = raw.split_first().ok_or("the value is cut short")?;
        if flags & EMPTY != 0 {
            return Ok(Range::Empty);
        }
        let (lower, rest) = bound(element, *flags, LOWER_INFINITE, LOWER_INCLUSIVE, rest)?;
        let (upper, _) = bound(element, *flags, UPPER_INFINITE, UPPER_INCLUSIVE, rest)?;
        Ok(Range::Between(lower, upper))
    }

    fn accepts(ty: &Type) -> bool {
        matches!(ty.kind(), Kind::Range(element) if T::accepts(element))
    }
}

fn bound<'raw, T: FromSql<'raw>>(
    element: &Type,
    flags: u8,
    infinite: u8,
    inclusive: u8,
    raw: &'raw [u8],
) -> Result<(Bound<T>, &'raw [u8]), Failure> {
    if flags & infinite != 0 {
        return Ok((Bound::Unbounded, raw));
    }
    let (length, rest) = raw.split_first_chunk().ok_or("the value is cut short")?;
    let length = usize::try_from(i32::from_be_bytes(*length))?;
    let (value, rest) = rest
        .split_at_checked(length)
        .ok_or("the value is cut short")?;
    let value = T::from_sql(element, value)?;
    let bound = match flags & inclusive != 0 {
        true => Bound::Included(value),
        false => Bound::Excluded(value),
    };
    Ok((bound, rest))
}

impl<T: ToSql> ToSql for Range<T> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
        let Kind::Range(element) = ty.kind() else {
            return Err(format!("`{}` is no range type", ty.name()).into());
        };
        let Range::Between(lower, upper) = self else {
            out.extend_from_slice(&[EMPTY]);
            return Ok(IsNull::No);
        };
        let flag = |bound: &Bound<T>, infinite, inclusive| match bound {
            Bound::Unbounded => infinite,
            Bound::Included(_) => inclusive,
            Bound::Excluded(_) => 0,
        };
        let lower_flag = flag(lower, LOWER_INFINITE, LOWER_INCLUSIVE);
        let upper_flag = flag(upper, UPPER_INFINITE, UPPER_INCLUSIVE);
        out.extend_from_slice(&[lower_flag | upper_flag]);
        for bound in [lower, upper] {
            let (Bound::Included(value) | Bound::Excluded(value)) = bound else {
                continue;
            };
            let length = out.len();
            out.extend_from_slice(&[0; 4]);
            if let IsNull::Yes = value.to_sql(element, out)? {
                return Err("a bound of a range cannot be NULL".into());
            }
            let written = i32::try_from(out.len() - length - 4)?.to_be_bytes();
            if let Some(place) = out.get_mut(length..length + 4) {
                place.copy_from_slice(&written);
            }
        }
        Ok(IsNull::No)
    }

    fn accepts(ty: &Type) -> bool {
        matches!(ty.kind(), Kind::Range(element) if T::accepts(element))
    }

    to_sql_checked!();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for range in [
            Range::Empty,
            Range::Between(Bound::Included(1), Bound::Excluded(5)),
            Range::Between(Bound::Unbounded, Bound::Included(7)),
            Range::Between(Bound::Excluded(-1), Bound::Unbounded),
        ] {
            let mut out = BytesMut::new();
            assert!(range.to_sql(&Type::INT4_RANGE, &mut out).is_ok());
            let read = Range::<i32>::from_sql(&Type::INT4_RANGE, &out);
            assert_eq!(read.ok(), Some(range));
        }
    }

    #[test]
    fn a_value_that_is_cut_short_is_an_error() {
        for raw in [&[][..], &[LOWER_INCLUSIVE], &[0, 0, 0, 0, 4, 1]] {
            assert!(Range::<i32>::from_sql(&Type::INT4_RANGE, raw).is_err());
        }
    }
}
