//! What can be written into a text and read again; [the module above](super) says how.

use crate::schema::Place;
use std::borrow::Cow;

#[derive(Default)]
pub(super) struct Writer {
    pub(super) text: String,
    /// The file of the place before, which most places share with the one before: it is written as an empty text.
    file: String,
}

pub(super) struct Reader {
    pub(super) rest: &'static str,
    pub(super) file: &'static str,
}

impl Reader {
    /// Takes what stands before a delimiter.
    fn until(&mut self, delimiter: char) -> Option<&'static str> {
        let (found, rest) = self.rest.split_once(delimiter)?;
        self.rest = rest;
        Some(found)
    }

    fn length(&mut self, delimiter: char) -> Option<usize> {
        self.until(delimiter)?.parse().ok()
    }

    fn text(&mut self) -> Option<&'static str> {
        let length = self.length(':')?;
        let (found, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(found)
    }

    /// Takes a character, and tells whether it is the one that stands for yes or the one for no.
    fn flag(&mut self, yes: char, no: char) -> Option<bool> {
        let mut rest = self.rest.chars();
        let found = rest.next()?;
        self.rest = rest.as_str();
        (found == yes || found == no).then_some(found == yes)
    }
}

/// What can be written and read again.
pub(super) trait Value: Sized {
    fn write(&self, writer: &mut Writer);
    fn read(reader: &mut Reader) -> Option<Self>;
}

impl Value for Cow<'static, str> {
    fn write(&self, writer: &mut Writer) {
        writer.text.push_str(&self.len().to_string());
        writer.text.push(':');
        writer.text.push_str(self);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        reader.text().map(Cow::Borrowed)
    }
}

impl Value for u32 {
    fn write(&self, writer: &mut Writer) {
        writer.text.push_str(&self.to_string());
        writer.text.push(';');
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        reader.length(';')?.try_into().ok()
    }
}

impl Value for bool {
    fn write(&self, writer: &mut Writer) {
        writer.text.push(if *self { 't' } else { 'f' });
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        reader.flag('t', 'f')
    }
}

impl<T: Value> Value for Option<T> {
    fn write(&self, writer: &mut Writer) {
        writer.text.push(if self.is_some() { '+' } else { '-' });
        if let Some(value) = self {
            value.write(writer);
        }
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        if reader.flag('+', '-')? {
            T::read(reader).map(Some)
        } else {
            Some(None)
        }
    }
}

impl<T: Value + Clone> Value for Cow<'static, [T]> {
    fn write(&self, writer: &mut Writer) {
        writer.text.push_str(&self.len().to_string());
        writer.text.push(';');
        for value in self.iter() {
            value.write(writer);
        }
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        let length = reader.length(';')?;
        let mut values = Vec::new();
        for _ in 0..length {
            values.push(T::read(reader)?);
        }
        Some(values.into())
    }
}

impl Value for Place {
    fn write(&self, writer: &mut Writer) {
        if self.file == writer.file {
            Cow::Borrowed("").write(writer);
        } else {
            self.file.write(writer);
            writer.file = self.file.to_string();
        }
        self.line.write(writer);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        match reader.text()? {
            "" => {}
            file => reader.file = file,
        }
        Some(Place {
            file: reader.file.into(),
            line: u32::read(reader)?,
        })
    }
}

/// Structs are their fields.
macro_rules! of_fields {
    ($($name:ident { $($field:ident),* })*) => {
        $(
            impl Value for $name {
                fn write(&self, writer: &mut Writer) {
                    let $name { $($field),* } = self;
                    $($field.write(writer);)*
                }

                fn read(reader: &mut Reader) -> Option<Self> {
                    // Values of a struct expression are computed in the order in which they are written.
                    Some($name { $($field: Value::read(reader)?),* })
                }
            }
        )*
    };
}

pub(super) use of_fields;
