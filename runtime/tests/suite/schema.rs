//! What is read from a live database, field by field.

use std::borrow::Cow;
use tablature::rusqlite::Connection;
use tablature::schema::{
    Column, ForeignKey, Generated, Index, Schema, Table, Trigger, UniqueConstraint, View,
};

const NO_COLUMN: Column = Column {
    name: Cow::Borrowed(""),
    declared_type: Cow::Borrowed(""),
    not_null: false,
    default: None,
    primary_key: 0,
    generated: None,
    collation: None,
    place: None,
};

const NO_TABLE: Table = Table {
    name: Cow::Borrowed(""),
    module: None,
    strict: false,
    without_rowid: false,
    autoincrement: false,
    columns: Cow::Borrowed(&[]),
    unique: Cow::Borrowed(&[]),
    foreign_keys: Cow::Borrowed(&[]),
    checks: Cow::Borrowed(&[]),
    constraints: Cow::Borrowed(&[]),
    place: None,
};

fn schema(sql: &str) -> Schema {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    tablature::schema::read(&connection).unwrap()
}

fn names(names: &'static [&'static str]) -> Cow<'static, [Cow<'static, str>]> {
    names.iter().copied().map(Cow::Borrowed).collect()
}

#[test]
fn every_field_of_a_table() {
    let schema = schema(
        "CREATE TABLE IF NOT EXISTS main.\"Stories\" (
           Id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (Id > 0),
           [Title] VARCHAR ( 80 ) NOT NULL DEFAULT ('It' || 's') COLLATE NoCase UNIQUE,
           author REFERENCES \"People\" ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
           words GENERATED ALWAYS AS (length(Title)) STORED,
           UNIQUE (author, Title),
           FOREIGN KEY (author, Words) REFERENCES x (A, b)
         )",
    );
    let columns = vec![
        Column {
            name: "Id".into(),
            declared_type: "INTEGER".into(),
            primary_key: 1,
            ..NO_COLUMN
        },
        Column {
            name: "Title".into(),
            declared_type: "VARCHAR ( 80 )".into(),
            not_null: true,
            default: Some("'It' || 's'".into()),
            collation: Some("nocase".into()),
            ..NO_COLUMN
        },
        Column {
            name: "author".into(),
            ..NO_COLUMN
        },
        Column {
            name: "words".into(),
            generated: Some(Generated {
                stored: true,
                expression: "length ( title )".into(),
            }),
            ..NO_COLUMN
        },
    ];
    let foreign_keys = vec![
        ForeignKey {
            columns: names(&["author"]),
            table: "people".into(),
            references: names(&[]),
            on_update: "CASCADE".into(),
            on_delete: "SET NULL".into(),
            deferred: true,
        },
        ForeignKey {
            columns: names(&["author", "words"]),
            table: "x".into(),
            references: names(&["a", "b"]),
            on_update: "NO ACTION".into(),
            on_delete: "NO ACTION".into(),
            deferred: false,
        },
    ];
    let unique = vec![
        UniqueConstraint {
            columns: names(&["author", "title"]),
        },
        UniqueConstraint {
            columns: names(&["title"]),
        },
    ];
    assert_eq!(
        schema.tables.as_ref(),
        [Table {
            name: "Stories".into(),
            autoincrement: true,
            columns: columns.into(),
            unique: unique.into(),
            foreign_keys: foreign_keys.into(),
            checks: names(&["id > 0"]),
            ..NO_TABLE
        }]
    );
}

#[test]
fn kinds_of_tables() {
    let schema = schema(
        "CREATE TABLE strict (a INT PRIMARY KEY, b TEXT) WITHOUT ROWID, STRICT;
         CREATE VIRTUAL TABLE Search USING FTS5(title, \"Body\", content = 'stories');
         CREATE TABLE copied AS SELECT a AS \"X y\", 1.5 AS n FROM strict;",
    );
    let kinds: Vec<_> = schema
        .tables
        .iter()
        .map(|table| {
            (
                &*table.name,
                table.module.as_deref(),
                table.strict,
                table.without_rowid,
            )
        })
        .collect();
    assert_eq!(
        kinds,
        [
            ("copied", None, false, false),
            (
                "Search",
                Some("fts5 ( title , body , content = 'stories' )"),
                false,
                false
            ),
            ("strict", None, true, true),
        ]
    );
    let columns: Vec<_> = schema
        .tables
        .iter()
        .flat_map(|table| table.columns.iter())
        .map(|column| (&*column.name, &*column.declared_type, column.not_null))
        .collect();
    assert_eq!(
        columns,
        [
            ("X y", "INT", false),
            ("n", "", false),
            ("title", "", false),
            ("Body", "", false),
            ("a", "INT", true),
            ("b", "TEXT", false),
        ]
    );
}

#[test]
fn other_objects() {
    let schema = schema(
        "CREATE TABLE t (x UNIQUE, y);
         CREATE UNIQUE INDEX IF NOT EXISTS main.\"By Y\" ON T (y DESC, lower(x)) WHERE y > 0;
         CREATE VIEW IF NOT EXISTS main.V (a) AS SELECT \"x\" FROM [t];
         CREATE TRIGGER IF NOT EXISTS main.Tr INSTEAD OF INSERT ON v BEGIN SELECT 1; END;
         ALTER TABLE t RENAME TO \"order\";",
    );
    assert_eq!(
        schema.indexes.as_ref(),
        [Index {
            name: "By Y".into(),
            table: "order".into(),
            definition:
                "create unique index \"by y\" on \"order\" ( y desc , lower ( x ) ) where y > 0"
                    .into(),
            place: None,
        }]
    );
    assert_eq!(
        schema.views.as_ref(),
        [View {
            name: "V".into(),
            definition: "create view v ( a ) as select x from \"order\"".into(),
            place: None,
        }]
    );
    assert_eq!(
        schema.triggers.as_ref(),
        [Trigger {
            name: "Tr".into(),
            table: "v".into(),
            definition: "create trigger tr instead of insert on v begin select 1 ; end".into(),
            place: None,
        }]
    );
}

#[test]
fn an_empty_database() {
    assert_eq!(schema(""), Schema::EMPTY);
    assert_eq!(
        schema(
            "CREATE TABLE a (x INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO a VALUES (1); DROP TABLE a; ANALYZE;"
        ),
        Schema::EMPTY
    );
}
