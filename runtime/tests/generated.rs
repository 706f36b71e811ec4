//! What is generated compiles under strict lints and without a prelude, and reads and writes rows.
#![cfg(all(feature = "macros", feature = "sqlite"))]
#![deny(
    warnings,
    missing_docs,
    missing_copy_implementations,
    missing_debug_implementations,
    unreachable_pub,
    unused,
    unused_qualifications,
    clippy::all,
    clippy::nursery,
    clippy::pedantic
)]

use tablature::difference::differences;
use tablature::row::UnknownValue;
use tablature::rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, Value, ValueRef};
use tablature::rusqlite::{self, Connection};
use tablature::schema::Schema;
use tablature::{BorrowedRow, Insert, Row};

mod database {
    #![no_implicit_prelude]

    ::tablature::migrations!("tests/generated");
}

use database::{
    Cell, Constant, Draft, Index, MIGRATIONS, NewOptionRow, NewStory, NewStoryTag, Place, Search,
    Shelf, Story, StoryRef, StoryStatus, StoryTag, StringRow,
};

/// A type of the application, in the place of a column's own. It cannot be compared.
#[derive(Debug, Clone)]
pub struct Instant(String);

impl FromSql for Instant {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str().map(|text| Self(text.to_owned()))
    }
}

impl ToSql for Instant {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

fn database() -> Connection {
    let mut connection = Connection::open_in_memory().expect("memory is there");
    MIGRATIONS
        .apply(&mut connection)
        .expect("the migrations are right");
    connection
}

fn story() -> Story {
    Story {
        id: 7,
        name: "Rapunzel".to_owned(),
        status: StoryStatus::Draft,
        r#type: Some("tower".to_owned()),
        self_: true,
        table: Some(1.5),
        insert: Some(vec![1, 2]),
        anything: Some(Value::Text("any".to_owned())),
        length: 40,
        words: None,
        told_at: Some(Instant("1812-12-20".to_owned())),
        größe: None,
    }
}

#[test]
fn a_row_is_borrowed() {
    let connection = database();
    for id in 1..=3 {
        let story = Story {
            id,
            r#type: None,
            ..story()
        };
        story.insert(&connection).unwrap();
    }
    let mut titles = Vec::new();
    let sql = "SELECT * FROM stories ORDER BY id DESC";
    let mut statement = connection.prepare(sql).unwrap();
    Story::for_each(&mut statement, [], |story: StoryRef<'_>| {
        titles.push((story.id, story.name.len()));
        assert_eq!(story.status, StoryStatus::Draft);
        assert_eq!(story.r#type, None);
        assert_eq!(story.insert, Some([1, 2].as_slice()));
        assert_eq!(story.anything, Some(ValueRef::Text(b"any")));
        assert_eq!(story.told_at.map(|at| at.0).as_deref(), Some("1812-12-20"));
        assert_eq!(story.größe, None);
        Ok::<(), rusqlite::Error>(())
    })
    .unwrap();
    assert_eq!(titles, [(3, 8), (2, 8), (1, 8)]);

    // The visitor's own error ends it, and an error of the engine's becomes one.
    let mut seen = 0;
    let stopped = Story::for_each(&mut statement, [], |_| {
        seen += 1;
        Err::<(), Box<dyn std::error::Error>>("enough".into())
    });
    assert_eq!(stopped.unwrap_err().to_string(), "enough");
    assert_eq!(seen, 1);
    let mut statement = connection.prepare("SELECT id FROM stories").unwrap();
    let missing = Story::for_each(&mut statement, [], |_| {
        Ok::<(), Box<dyn std::error::Error>>(())
    });
    assert_eq!(
        missing.unwrap_err().to_string(),
        "Invalid column name: name"
    );
}

#[test]
fn a_value_of_another_type_is_named_when_it_is_borrowed() {
    let connection = database();
    let read = |sql: &str| -> rusqlite::Result<()> {
        StringRow::for_each(&mut connection.prepare(sql)?, [], |_| Ok(()))
    };
    read("SELECT 'text' AS text").unwrap();
    let error = read("SELECT 1 AS text").unwrap_err();
    let expected = connection
        .query_row("SELECT 1 AS text", [], StringRow::from_row)
        .unwrap_err();
    assert_eq!(error, expected);
    let error = read("SELECT CAST(x'ff' AS TEXT) AS text").unwrap_err();
    assert!(error.to_string().contains("utf-8"), "{error}");
    // A row without anything to borrow is what it is.
    let cell = "SELECT 1 AS id, 2 AS least, 3 AS greatest";
    let mut cells = Vec::new();
    Cell::for_each(&mut connection.prepare(cell).unwrap(), [], |cell: Cell| {
        cells.push(cell.id);
        Ok::<(), rusqlite::Error>(())
    })
    .unwrap();
    assert_eq!(cells, [1]);
}

#[test]
fn a_row_is_written_and_read() {
    let connection = database();
    story().insert(&connection).unwrap();
    let sql = "SELECT * FROM stories";
    let read = connection.query_row(sql, [], Story::from_row).unwrap();
    assert_eq!(read.id, 7);
    assert_eq!(read.name, "Rapunzel");
    assert_eq!(read.status, StoryStatus::Draft);
    assert_eq!(read.r#type.as_deref(), Some("tower"));
    assert!(read.self_);
    assert_eq!(read.table, Some(1.5));
    assert_eq!(read.insert, Some(vec![1, 2]));
    assert_eq!(read.anything, Some(Value::Text("any".to_owned())));
    assert_eq!(read.words, Some(8));
    assert_eq!(read.told_at.unwrap().0, "1812-12-20");
    assert_eq!(read.größe, None);
}

fn new_story() -> NewStory {
    NewStory {
        name: "Rapunzel".to_owned(),
        status: None,
        r#type: None,
        self_: None,
        table: None,
        insert: None,
        anything: None,
        length: 40,
        told_at: None,
        größe: None,
    }
}

#[test]
fn the_engine_chooses_a_new_key() {
    let connection = database();
    assert_eq!(new_story().insert(&connection).unwrap(), 1);
    assert_eq!(new_story().insert(&connection).unwrap(), 2);
    let all_is_left_out = NewOptionRow::default();
    assert_eq!(all_is_left_out.insert(&connection).unwrap(), 1);
}

#[test]
fn a_new_row_has_its_defaults_or_what_it_says() {
    let connection = database();
    let read = |id: i64| {
        let sql = "SELECT * FROM stories WHERE id = ?1";
        connection.query_row(sql, [id], Story::from_row).unwrap()
    };
    let id = new_story().insert(&connection).unwrap();
    assert_eq!(read(id).status, StoryStatus::Draft);
    assert!(!read(id).self_);
    assert_eq!(read(id).words, Some(8));
    let told = NewStory {
        status: Some(StoryStatus::Told),
        self_: Some(true),
        ..new_story()
    };
    let id = told.insert(&connection).unwrap();
    assert_eq!(read(id).status, StoryStatus::Told);
    assert!(read(id).self_);

    // A table without a key that the engine chooses.
    let tag = NewStoryTag {
        story: id,
        tag: "tower".to_owned(),
        weight: None,
    };
    tag.insert(&connection).unwrap();
    tag.insert_with(&mut connection.prepare(NewStoryTag::INSERT).unwrap())
        .unwrap_err();
    let sql = format!("SELECT * FROM \"{}\"", StoryTag::TABLE);
    let read = connection.query_row(&sql, [], StoryTag::from_row).unwrap();
    assert_eq!(read.weight.to_bits(), 1.0_f64.to_bits());
}

#[test]
fn many_rows_are_written_and_read_by_one_statement_each() {
    let connection = database();
    let rows = ["b", "a", "c"].map(|text| StringRow {
        text: text.to_owned(),
    });
    let mut insert = connection.prepare(StringRow::INSERT).unwrap();
    for row in &rows {
        row.insert_with(&mut insert).unwrap();
    }
    let sql = format!(
        "SELECT 1 AS more, {text} FROM {} ORDER BY {text}",
        StringRow::TABLE,
        text = StringRow::TEXT
    );
    let mut select = connection.prepare(&sql).unwrap();
    let read: Vec<StringRow> = StringRow::query(&mut select, [])
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap();
    assert_eq!(read, [rows[1].clone(), rows[0].clone(), rows[2].clone()]);
}

#[test]
fn a_view_has_the_types_of_what_it_shows() {
    let connection = database();
    story().insert(&connection).unwrap();
    let draft = connection
        .query_row("SELECT * FROM drafts", [], Draft::from_row)
        .unwrap();
    let expected = Draft {
        id: 7,
        name: "Rapunzel".to_owned(),
        status: StoryStatus::Draft,
        tag: Some("tower".to_owned()),
        length_text: "40".to_owned(),
    };
    assert_eq!(draft, expected);
}

#[test]
fn what_a_view_computes_has_the_type_that_the_engine_gives_it() {
    let connection = database();
    story().insert(&connection).unwrap();
    let shelf = connection
        .query_row("SELECT * FROM shelves", [], Shelf::from_row)
        .unwrap();
    assert_eq!(shelf.status, StoryStatus::Draft);
    let stories: i64 = shelf.stories;
    let sum: Option<i64> = shelf.sum_of_lengths;
    let average: Option<f64> = shelf.average;
    let any_self: Option<bool> = shelf.any_self;
    let last_told: Option<Instant> = shelf.last_told;
    let titles: Option<String> = shelf.titles;
    assert_eq!((stories, sum, average), (1, Some(40), Some(40.0)));
    assert_eq!(any_self, Some(true));
    assert_eq!(last_told.unwrap().0, "1812-12-20");
    assert_eq!(titles.as_deref(), Some("Rapunzel"));
    // A type of the application's own may be stored as anything, and a sum that is too large is a real.
    assert_eq!(shelf.told, Value::Text("1812-12-20".to_owned()));
    assert_eq!(shelf.longer, Value::Integer(41));
}

#[test]
fn a_comment_at_the_end_of_a_statement_is_no_part_of_a_column_s_name() {
    let connection = database();
    let constant = connection
        .query_row("SELECT * FROM constants", [], Constant::from_row)
        .unwrap();
    assert_eq!(Constant::COLUMNS, ["1 + 1"]);
    assert_eq!(constant._1_1, Value::Integer(2));
}

#[test]
fn a_full_text_table_holds_texts_and_whatever_is_not_indexed() {
    let connection = database();
    let row = Search {
        title: Some("Rapunzel".to_owned()),
        body: None,
    };
    row.insert(&connection).unwrap();
    let other = Search {
        body: Some(Value::Text("5".to_owned())),
        ..row.clone()
    };
    let key = Search {
        body: Some(Value::Integer(5)),
        ..row.clone()
    };
    other.insert_with_rowid(&connection, 7).unwrap();
    other.insert_with_rowid(&connection, 7).unwrap_err();
    key.insert_with_rowid(&connection, 8).unwrap();
    let sql = "SELECT * FROM search WHERE rowid = ?1";
    let read = |rowid: i64| connection.query_row(sql, [rowid], Search::from_row);
    assert_eq!(read(1), Ok(row));
    assert_eq!(read(7), Ok(other));
    assert_eq!(read(8), Ok(key));
    // Where the content is not kept.
    let row = Index {
        word: Some("tower".to_owned()),
    };
    row.insert(&connection).unwrap();
    let sql = "SELECT * FROM indexes WHERE indexes MATCH 'tower'";
    let read = connection.query_row(sql, [], Index::from_row);
    assert_eq!(read, Ok(Index { word: None }));
}

#[test]
fn an_r_tree_holds_numbers_of_32_bits() {
    let connection = database();
    let row = Place {
        id: 3,
        west: 0.1,
        east: f32::MAX,
        note: Some(Value::Text("tower".to_owned())),
    };
    row.insert(&connection).unwrap();
    let sql = "SELECT * FROM places";
    assert_eq!(connection.query_row(sql, [], Place::from_row), Ok(row));
    let row = Cell {
        id: i64::MAX,
        least: i32::MIN,
        greatest: i32::MAX,
    };
    row.insert(&connection).unwrap();
    let sql = "SELECT * FROM cells";
    assert_eq!(connection.query_row(sql, [], Cell::from_row), Ok(row));
}

#[test]
fn an_enum_is_its_texts() {
    assert_eq!(StoryStatus::ALL.len(), 5);
    for status in StoryStatus::ALL {
        assert_eq!(status.as_str().parse(), Ok(*status));
        assert_eq!(status.to_string(), status.as_str());
    }
    assert_eq!(StoryStatus::try_from(""), Ok(StoryStatus::Empty));
    let unknown = UnknownValue {
        type_name: "StoryStatus",
        value: "lost".to_owned(),
    };
    assert_eq!("lost".parse::<StoryStatus>(), Err(unknown));
}

#[test]
fn a_value_that_no_variant_has_is_a_typed_error() {
    let connection = database();
    connection
        .execute_batch(
            "PRAGMA ignore_check_constraints = ON;
             INSERT INTO stories (name, status, length) VALUES ('Rapunzel', 'lost', 1);",
        )
        .unwrap();
    let error = connection
        .query_row("SELECT * FROM stories", [], Story::from_row)
        .unwrap_err();
    let rusqlite::Error::FromSqlConversionFailure(2, _, source) = error else {
        panic!("{error:?}");
    };
    assert!(source.to_string().contains("`lost`"), "{source}");
}

#[test]
fn a_row_without_one_of_the_columns_is_an_error() {
    let connection = database();
    story().insert(&connection).unwrap();
    let error = connection
        .query_row("SELECT id FROM stories", [], Story::from_row)
        .unwrap_err();
    assert_eq!(error, rusqlite::Error::InvalidColumnName("name".to_owned()));
}

#[test]
fn names_of_tables_and_columns_are_constants() {
    assert_eq!(Story::TABLE, "stories");
    assert_eq!(Story::TABLE_, "table");
    assert_eq!(Story::INSERT_, "insert");
    assert_eq!(Story::NAME, "name");
    assert_eq!(StoryTag::TABLE, "Story Tags");
    assert_eq!(StoryTag::COLUMNS, ["story", "tag", "weight"]);
    assert_eq!(Search::COLUMNS, ["title", "body"]);
}

#[test]
fn the_expected_schema_is_that_of_the_engine() {
    let read = tablature::schema::read(&database()).unwrap();
    assert_eq!(differences(&MIGRATIONS.schema(), &read), []);
    let names = |schema: &Schema| -> Vec<String> {
        let tables = schema.tables.iter().map(|table| table.name.to_string());
        let views = schema.views.iter().map(|view| view.name.to_string());
        tables.chain(views).collect()
    };
    assert_eq!(names(&MIGRATIONS.schema()), names(&read));
}
