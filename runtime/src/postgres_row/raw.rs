//! Values of types that have no Rust type of their own here.

use std::error::Error;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

/// A value as the engine sends it, of whatever type: what a column is whose type has no counterpart here, such as
/// `tsvector`. `[types]` in `tablature.toml` gives such a column a type that the application knows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Raw {
    /// The bytes of the engine's binary format.
    pub bytes: Vec<u8>,
}

impl FromSql<'_> for Raw {
    fn from_sql(_: &Type, raw: &[u8]) -> Result<Raw, Box<dyn Error + Sync + Send>> {
        Ok(Raw {
            bytes: raw.to_vec(),
        })
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

impl ToSql for Raw {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        out.extend_from_slice(&self.bytes);
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
