//! Names of types (`Typename`).

use super::{Expr, Ident, QualifiedName};
use crate::text::Span;

/// A type as written.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeName {
    /// The type without `SETOF` and without its dimensions.
    pub kind: TypeNameKind,
    /// SETOF: only where the result of a function or a parameter stands.
    pub set_of: bool,
    /// An entry for each `[]` or `[3]`; `ARRAY` is one, too. The engine keeps no lengths.
    pub dimensions: Vec<Option<i32>>,
    /// From its first to its last token.
    pub span: Span,
}

/// The kinds of types.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeNameKind {
    /// A type by name: `citext`, `app.status`, `geometry(Point, 4326)`.
    Named {
        /// Its name.
        name: QualifiedName,
        /// What stands in parentheses: `(10, 2)`.
        modifiers: Vec<Expr>,
    },
    /// A type of the language, written with keywords: `INTEGER`, `double precision`, `character varying(20)`.
    System {
        /// The type's name in `pg_catalog`: `int4`, `float8`, `varchar`.
        name: &'static str,
        /// What stands in parentheses. `char` and `bit` without a length have the 1 that the grammar supplies, unless they
        /// stand before a string literal.
        modifiers: Vec<Expr>,
    },
    /// `interval`
    Interval {
        /// `YEAR TO MONTH`.
        fields: Option<IntervalFields>,
        /// Digits of the seconds.
        precision: Option<Box<Expr>>,
    },
    /// `table.column%TYPE`, with one to four names: only in signatures of functions and in PL/pgSQL.
    OfColumn(Vec<Ident>),
}

/// The fields that an interval keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the keywords of the language")]
pub enum IntervalFields {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    YearToMonth,
    DayToHour,
    DayToMinute,
    DayToSecond,
    HourToMinute,
    HourToSecond,
    MinuteToSecond,
}
