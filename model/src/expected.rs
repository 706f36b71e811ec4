//! The schema that the migrations leave behind, as an application embeds it: one text.
//!
//! Written out as an expression, the schema of a few hundred tables would be a hundred thousand words for the compiler and
//! as many addresses for the loader, in a program that looks at it only after applying something.
//!
//! | value | in the text |
//! |---|---|
//! | text | its length in bytes, a colon, its bytes |
//! | number | its digits and a semicolon |
//! | flag | `t` or `f` |
//! | what may be missing | `-`, or `+` and the value |
//! | list | the number of values, a semicolon, the values |
//! | struct | its fields in the order in which they are declared |

use crate::schema::{
    Column, ForeignKey, Generated, Index, Place, Schema, Table, Trigger, UniqueConstraint, View,
};
use std::borrow::Cow;

/// The schema that the last migration leaves behind.
#[derive(Debug, Clone)]
pub enum Expected {
    /// As [`write()`] has written it.
    Text(&'static str),
    /// As a program has it that reads migrations when it runs.
    Value(Schema),
}

impl Expected {
    /// The schema as a value. A text that this version has not written is that of an empty database.
    #[must_use]
    pub fn schema(&self) -> Cow<'_, Schema> {
        match self {
            Expected::Text(text) => Cow::Owned(read(text).unwrap_or(Schema::EMPTY)),
            Expected::Value(schema) => Cow::Borrowed(schema),
        }
    }
}

/// Writes a schema as a text.
#[must_use]
pub fn write(schema: &Schema) -> String {
    let mut writer = Writer::default();
    schema.write(&mut writer);
    writer.text
}

/// Reads a text that [`write()`] has written; none if it is another.
#[must_use]
pub fn read(text: &'static str) -> Option<Schema> {
    let mut reader = Reader {
        rest: text,
        file: "",
    };
    let schema = Schema::read(&mut reader)?;
    reader.rest.is_empty().then_some(schema)
}

#[derive(Default)]
struct Writer {
    text: String,
    /// The file of the place before, which most places share with the one before: it is written as an empty text.
    file: String,
}

struct Reader {
    rest: &'static str,
    file: &'static str,
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
trait Value: Sized {
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

of_fields! {
    Schema { tables, indexes, views, triggers }
    Table {
        name, module, strict, without_rowid, autoincrement, columns, unique, foreign_keys, checks, constraints, place
    }
    Column { name, declared_type, not_null, default, primary_key, generated, collation, place }
    Generated { stored, expression }
    UniqueConstraint { columns }
    ForeignKey { columns, table, references, on_update, on_delete, deferred }
    Index { name, table, definition, place }
    View { name, definition, place }
    Trigger { name, table, definition, place }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(file: &'static str, line: u32) -> Option<Place> {
        Some(Place {
            file: file.into(),
            line,
        })
    }

    fn schema() -> Schema {
        let column = Column {
            name: "Ünsinn: 3;".into(),
            declared_type: "TEXT".into(),
            not_null: true,
            default: Some("'a\nb'".into()),
            primary_key: 2,
            generated: None,
            collation: Some("nocase".into()),
            place: place("1_a.sql", 2),
        };
        let generated = Column {
            generated: Some(Generated {
                stored: true,
                expression: "a + 1".into(),
            }),
            default: None,
            collation: None,
            place: place("2_b.sql", 1),
            ..column.clone()
        };
        let table = Table {
            name: "t".into(),
            module: None,
            strict: true,
            without_rowid: false,
            autoincrement: true,
            columns: vec![column, generated].into(),
            unique: vec![UniqueConstraint {
                columns: vec!["a".into(), "b".into()].into(),
            }]
            .into(),
            foreign_keys: vec![ForeignKey {
                columns: vec!["a".into()].into(),
                table: "p".into(),
                references: Cow::Borrowed(&[]),
                on_update: "NO ACTION".into(),
                on_delete: "CASCADE".into(),
                deferred: true,
            }]
            .into(),
            checks: vec!["a > 0".into()].into(),
            constraints: vec![String::new().into()].into(),
            place: place("1_a.sql", 1),
        };
        Schema {
            tables: vec![table].into(),
            indexes: vec![Index {
                name: "i".into(),
                table: "t".into(),
                definition: "create index i on t ( a )".into(),
                place: place("2_b.sql", 9),
            }]
            .into(),
            views: vec![View {
                name: "v".into(),
                definition: "create view v as select 1".into(),
                place: None,
            }]
            .into(),
            triggers: vec![Trigger {
                name: "r".into(),
                table: "t".into(),
                definition: "create trigger r".into(),
                place: place("2_b.sql", 10),
            }]
            .into(),
        }
    }

    #[test]
    fn what_was_written_is_read() {
        for schema in [Schema::EMPTY, schema()] {
            let text: &'static str = write(&schema).leak();
            assert_eq!(read(text), Some(schema.clone()));
            assert_eq!(*Expected::Text(text).schema(), schema);
        }
    }

    #[test]
    fn a_text_that_is_cut_or_longer_is_none() {
        let text: &'static str = write(&schema()).leak();
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            assert_eq!(read(&text[..end]), None, "{end}");
        }
        assert_eq!(read(format!("{text} ").leak()), None);
    }
}
