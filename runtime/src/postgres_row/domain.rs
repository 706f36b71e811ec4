//! Values of domains where the clients do not look through them: as elements of arrays.

use std::error::Error;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};

type Failure = Box<dyn Error + Sync + Send>;

/// A value of a domain over a type whose values are `T`s.
///
/// A column of a domain is the type that the domain is over, as the engine says so itself. Of an array of a domain it does
/// not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Domain<T>(pub T);

impl<T> From<T> for Domain<T> {
    fn from(value: T) -> Self {
        Domain(value)
    }
}

/// What a domain is over in the end, or the type itself.
pub(super) fn base(mut ty: &Type) -> &Type {
    while let Kind::Domain(inner) = ty.kind() {
        ty = inner;
    }
    ty
}

impl<T: ToSql> ToSql for Domain<T> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
        self.0.to_sql(base(ty), out)
    }

    fn accepts(ty: &Type) -> bool {
        T::accepts(base(ty))
    }

    to_sql_checked!();
}

impl<'raw, T: FromSql<'raw>> FromSql<'raw> for Domain<T> {
    fn from_sql(ty: &Type, raw: &'raw [u8]) -> Result<Self, Failure> {
        T::from_sql(base(ty), raw).map(Domain)
    }

    fn accepts(ty: &Type) -> bool {
        T::accepts(base(ty))
    }
}
