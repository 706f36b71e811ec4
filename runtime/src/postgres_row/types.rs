//! The Rust types of columns whose types only other crates have: each behind the feature of that crate.
//!
//! | SQL | `chrono` | `time` | `jiff` |
//! |---|---|---|---|
//! | `timestamptz` | `DateTime<Utc>` | `OffsetDateTime` | `Timestamp` |
//! | `timestamp` | `NaiveDateTime` | `PrimitiveDateTime` | `civil::DateTime` |
//! | `date` | `NaiveDate` | `Date` | `civil::Date` |
//! | `time` | `NaiveTime` | `Time` | `civil::Time` |
//!
//! `numeric` is `rust_decimal::Decimal` with the feature `rust_decimal`, `uuid` is `uuid::Uuid` with `uuid`, `json` and
//! `jsonb` are `serde_json::Value` with `serde_json`. Of several features for one type the first in the order of the table
//! counts; `[types]` in `tablature.toml` says otherwise for a type or a column.

/// `timestamptz`
#[cfg(feature = "chrono")]
pub type Timestamptz = chrono::DateTime<chrono::Utc>;
/// `timestamp`
#[cfg(feature = "chrono")]
pub type Timestamp = chrono::NaiveDateTime;
/// `date`
#[cfg(feature = "chrono")]
pub type Date = chrono::NaiveDate;
/// `time`
#[cfg(feature = "chrono")]
pub type Time = chrono::NaiveTime;

/// `timestamptz`
#[cfg(all(feature = "time", not(feature = "chrono")))]
pub type Timestamptz = time::OffsetDateTime;
/// `timestamp`
#[cfg(all(feature = "time", not(feature = "chrono")))]
pub type Timestamp = time::PrimitiveDateTime;
/// `date`
#[cfg(all(feature = "time", not(feature = "chrono")))]
pub type Date = time::Date;
/// `time`
#[cfg(all(feature = "time", not(feature = "chrono")))]
pub type Time = time::Time;

/// `timestamptz`
#[cfg(all(feature = "jiff", not(any(feature = "chrono", feature = "time"))))]
pub type Timestamptz = jiff::Timestamp;
/// `timestamp`
#[cfg(all(feature = "jiff", not(any(feature = "chrono", feature = "time"))))]
pub type Timestamp = jiff::civil::DateTime;
/// `date`
#[cfg(all(feature = "jiff", not(any(feature = "chrono", feature = "time"))))]
pub type Date = jiff::civil::Date;
/// `time`
#[cfg(all(feature = "jiff", not(any(feature = "chrono", feature = "time"))))]
pub type Time = jiff::civil::Time;

/// `numeric`
#[cfg(feature = "rust_decimal")]
pub type Numeric = rust_decimal::Decimal;

/// `uuid`
#[cfg(feature = "uuid")]
pub type Uuid = uuid::Uuid;

/// `json` and `jsonb`
#[cfg(feature = "serde_json")]
pub type Json = serde_json::Value;
