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

mod postgres;
mod sqlite;
mod text;

use crate::{postgres as of_postgres, schema as of_sqlite};
use std::borrow::Cow;

/// The schema that the last migration leaves behind, in the terms of the engine that the migrations are for.
#[derive(Debug, Clone)]
#[expect(
    clippy::large_enum_variant,
    reason = "a program has one, and a static cannot hold a box"
)]
pub enum Expected {
    /// Of SQLite.
    Sqlite(Embedded<of_sqlite::Schema>),
    /// Of PostgreSQL.
    Postgres(Embedded<of_postgres::Schema>),
}

/// A schema, as a program has it.
#[derive(Debug, Clone)]
pub enum Embedded<S> {
    /// As [`write()`] has written it.
    Text(&'static str),
    /// As a program has it that reads migrations when it runs.
    Value(S),
}

impl Expected {
    /// The schema as a value, if it is one of SQLite.
    #[must_use]
    pub fn sqlite(&self) -> Option<Cow<'_, of_sqlite::Schema>> {
        match self {
            Expected::Sqlite(schema) => Some(schema.value()),
            Expected::Postgres(_) => None,
        }
    }

    /// The schema as a value, if it is one of PostgreSQL.
    #[must_use]
    pub fn postgres(&self) -> Option<Cow<'_, of_postgres::Schema>> {
        match self {
            Expected::Postgres(schema) => Some(schema.value()),
            Expected::Sqlite(_) => None,
        }
    }
}

impl<S: Written> Embedded<S> {
    /// The schema as a value. A text that this version has not written is that of an empty database.
    #[must_use]
    pub fn value(&self) -> Cow<'_, S> {
        match self {
            Embedded::Text(text) => Cow::Owned(read(text).unwrap_or_default()),
            Embedded::Value(schema) => Cow::Borrowed(schema),
        }
    }
}

/// A schema that can be written as a text: that of SQLite or that of PostgreSQL.
pub trait Written: sealed::Schema + Clone + Default {}

impl Written for of_sqlite::Schema {}
impl Written for of_postgres::Schema {}

mod sealed {
    use super::text::{Reader, Value, Writer};

    /// What nobody else can be.
    pub trait Schema: Sized {
        #[doc(hidden)]
        fn to_text(&self) -> String;
        #[doc(hidden)]
        fn from_text(text: &'static str) -> Option<Self>;
    }

    impl<S: Value> Schema for S {
        fn to_text(&self) -> String {
            let mut writer = Writer::default();
            self.write(&mut writer);
            writer.text
        }

        fn from_text(text: &'static str) -> Option<Self> {
            let mut reader = Reader {
                rest: text,
                file: "",
            };
            let schema = S::read(&mut reader)?;
            reader.rest.is_empty().then_some(schema)
        }
    }
}

/// Writes a schema as a text.
#[must_use]
pub fn write<S: Written>(schema: &S) -> String {
    schema.to_text()
}

/// Reads a text that [`write()`] has written; none if it is another.
#[must_use]
pub fn read<S: Written>(text: &'static str) -> Option<S> {
    S::from_text(text)
}

#[cfg(test)]
mod tests {
    use super::{Embedded, Written, read, write};
    use crate::postgres;
    use crate::schema::{
        Column, ForeignKey, Generated, Index, Place, Schema, Table, Trigger, UniqueConstraint, View,
    };
    use std::borrow::Cow;
    use std::fmt::Debug;

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

    /// One of PostgreSQL, with a value of each kind of field.
    fn postgres_schema() -> postgres::Schema {
        let name = |name: &'static str| postgres::QualifiedName {
            schema: "app".into(),
            name: name.into(),
        };
        postgres::Schema {
            enums: vec![postgres::Enum {
                name: name("mood"),
                labels: vec!["sad".into(), "o'k".into()].into(),
                place: place("1_a.sql", 3),
            }]
            .into(),
            sequences: vec![postgres::Sequence {
                name: name("t_id_seq"),
                data_type: "bigint".into(),
                start: "1".into(),
                increment: "-1".into(),
                minimum: "-9223372036854775808".into(),
                maximum: "-1".into(),
                cycle: true,
                owner: Some(postgres::OwnerColumn {
                    table: name("t"),
                    column: "id".into(),
                }),
                place: None,
            }]
            .into(),
            ..postgres::Schema::EMPTY
        }
    }

    fn is_read<S: Written + PartialEq + Debug>(schema: &S) {
        let text: &'static str = write(schema).leak();
        assert_eq!(read(text).as_ref(), Some(schema));
        assert_eq!(*Embedded::<S>::Text(text).value(), *schema);
    }

    #[test]
    fn what_was_written_is_read() {
        is_read(&Schema::EMPTY);
        is_read(&schema());
        is_read(&postgres::Schema::EMPTY);
        is_read(&postgres_schema());
    }

    #[test]
    fn a_text_that_is_cut_or_longer_is_none() {
        let text: &'static str = write(&schema()).leak();
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            assert_eq!(read::<Schema>(&text[..end]), None, "{end}");
        }
        assert_eq!(read::<Schema>(format!("{text} ").leak()), None);
    }
}
