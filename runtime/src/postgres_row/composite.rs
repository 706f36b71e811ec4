//! Values of composite types, field by field.

use super::domain;
use std::error::Error;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{Field, FromSql, IsNull, Kind, ToSql, Type};

type Failure = Box<dyn Error + Sync + Send>;

/// Reads the fields of a value of a composite type in their order.
///
/// The engine sends the number of the fields, then of each the number of its type, its length (-1 for NULL) and its bytes.
#[derive(Debug)]
pub struct FieldReader<'raw> {
    fields: Vec<Field>,
    next: usize,
    rest: &'raw [u8],
}

impl<'raw> FieldReader<'raw> {
    /// Starts to read a value.
    ///
    /// # Errors
    ///
    /// If the type is no composite type, or one with another number of fields.
    pub fn new(ty: &Type, count: usize, raw: &'raw [u8]) -> Result<FieldReader<'raw>, Failure> {
        let Kind::Composite(fields) = ty.kind() else {
            return Err(format!("`{}` is no composite type", ty.name()).into());
        };
        let (sent, rest) = integer(raw)?;
        if usize::try_from(sent) != Ok(count) || fields.len() != count {
            return Err(format!("`{}` has {sent} fields, not {count}", ty.name()).into());
        }
        Ok(FieldReader {
            fields: fields.clone(),
            next: 0,
            rest,
        })
    }

    /// Reads the next field.
    ///
    /// # Errors
    ///
    /// If there is none, or its value is not of the type that is wanted.
    pub fn field<T: FromSql<'raw>>(&mut self) -> Result<T, Failure> {
        let Some(field) = self.fields.get(self.next) else {
            return Err("the value has no more fields".into());
        };
        let ty = domain::base(field.type_());
        if !T::accepts(ty) {
            let wanted = std::any::type_name::<T>();
            return Err(format!(
                "field `{}` is a `{}`, not a `{wanted}`",
                field.name(),
                ty.name()
            )
            .into());
        }
        let (_, rest) = integer(self.rest)?;
        let (length, rest) = integer(rest)?;
        let value = match usize::try_from(length) {
            Ok(length) => {
                let (value, after) = rest
                    .split_at_checked(length)
                    .ok_or("the value is cut short")?;
                self.rest = after;
                T::from_sql(ty, value)?
            }
            Err(_) => {
                self.rest = rest;
                T::from_sql_null(ty)?
            }
        };
        self.next += 1;
        Ok(value)
    }
}

/// Writes the fields of a value of a composite type in their order.
#[derive(Debug)]
pub struct FieldWriter<'out> {
    fields: Vec<Field>,
    next: usize,
    out: &'out mut BytesMut,
}

impl<'out> FieldWriter<'out> {
    /// Starts to write a value.
    ///
    /// # Errors
    ///
    /// If the type is no composite type, or one with another number of fields.
    pub fn new(
        ty: &Type,
        count: usize,
        out: &'out mut BytesMut,
    ) -> Result<FieldWriter<'out>, Failure> {
        let Kind::Composite(fields) = ty.kind() else {
            return Err(format!("`{}` is no composite type", ty.name()).into());
        };
        if fields.len() != count {
            return Err(format!("`{}` has {} fields, not {count}", ty.name(), fields.len()).into());
        }
        out.extend_from_slice(&i32::try_from(count)?.to_be_bytes());
        Ok(FieldWriter {
            fields: fields.clone(),
            next: 0,
            out,
        })
    }

    /// Writes the next field.
    ///
    /// # Errors
    ///
    /// If there is none, or it takes no value of this type.
    pub fn field(&mut self, value: &(dyn ToSql + Sync)) -> Result<(), Failure> {
        let Some(field) = self.fields.get(self.next) else {
            return Err("the type has no more fields".into());
        };
        let ty = field.type_();
        self.out.extend_from_slice(&ty.oid().to_be_bytes());
        let length = self.out.len();
        self.out.extend_from_slice(&(-1_i32).to_be_bytes());
        if let IsNull::No = value.to_sql_checked(domain::base(ty), self.out)? {
            let written = self.out.len() - length - 4;
            let written = i32::try_from(written)?.to_be_bytes();
            if let Some(place) = self.out.get_mut(length..length + 4) {
                place.copy_from_slice(&written);
            }
        }
        self.next += 1;
        Ok(())
    }
}

fn integer(raw: &[u8]) -> Result<(i32, &[u8]), Failure> {
    let (bytes, rest) = raw.split_first_chunk().ok_or("the value is cut short")?;
    Ok((i32::from_be_bytes(*bytes), rest))
}
