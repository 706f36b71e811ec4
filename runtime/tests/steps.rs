//! Steps as `migrations!` embeds them: functions that receive the rows of their version, whatever became of these since.
#![cfg(all(feature = "macros", feature = "sqlite"))]
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused,
    unused_qualifications,
    clippy::all,
    clippy::nursery,
    clippy::pedantic
)]
#![allow(
    clippy::redundant_pub_crate,
    reason = "`unreachable_pub` wants the opposite"
)]

use tablature::rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use tablature::rusqlite::{self, Connection};

/// A type of the application, which is next to the module of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day(String);

impl FromSql for Day {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str().map(|text| Self(text.to_owned()))
    }
}

impl ToSql for Day {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

mod database {
    #![no_implicit_prelude]

    use super::steps;

    /// A type in the module of the database itself, for a column that is gone by now.
    pub(crate) type Mood = ::std::string::String;

    ::tablature::migrations!("tests/steps");
}

mod steps {
    use crate::Day;
    use crate::database::{at_2, at_10};
    use tablature::rusqlite::Connection;
    use tablature::step::StepError;
    use tablature::{Insert, Row};

    pub(crate) fn fill_slugs(connection: &Connection) -> Result<(), StepError> {
        let new = at_2::NewTale {
            title: "Hänsel und Gretel".to_owned(),
            mood: "grim".to_owned(),
            told: Day("1812-12-22".to_owned()),
            slug: None,
        };
        assert!(at_2::NewTale::INSERT.contains("\"mood\""));
        new.insert(connection)?;
        let mut tales = connection.prepare("SELECT * FROM tales")?;
        for tale in at_2::Tale::query(&mut tales, [])? {
            let at_2::Tale {
                id, title, slug, ..
            } = tale?;
            assert_eq!(slug, None);
            let plain = title.to_lowercase().replace('ö', "oe").replace('ä', "ae");
            let slug = plain.replace(' ', "-");
            connection.execute("UPDATE tales SET slug = ?2 WHERE id = ?1", (id, slug))?;
        }
        Ok(())
    }

    pub(crate) fn count_words(connection: &Connection) -> Result<(), StepError> {
        let rows = "SELECT * FROM tales ORDER BY id";
        let mut tales = connection.prepare(rows)?;
        let names: Result<Vec<at_10::Tale>, _> = at_10::Tale::query(&mut tales, [])?.collect();
        for tale in names? {
            let words = tale.name.split(' ').count();
            let name = format!("{} ({words})", tale.name);
            connection.execute("UPDATE tales SET name = ?2 WHERE id = ?1", (tale.id, name))?;
        }
        Ok(())
    }
}

use database::{MIGRATIONS, Tale};
use tablature::Row;
use tablature::step::StepFunction;

#[test]
fn steps_see_the_rows_of_their_version() -> Result<(), Box<dyn std::error::Error>> {
    let mut connection = Connection::open_in_memory()?;
    let report = MIGRATIONS.apply(&mut connection)?;
    let steps: Vec<_> = report.applied.iter().map(|it| it.step.as_deref()).collect();
    assert_eq!(
        steps,
        [
            None,
            Some("steps::fill_slugs"),
            None,
            Some("crate::steps::count_words")
        ]
    );
    let mut tales = connection.prepare("SELECT * FROM tales ORDER BY slug")?;
    let tales: Vec<(String, Option<String>, Day)> = Tale::query(&mut tales, [])?
        .map(|tale| tale.map(|tale| (tale.name, tale.slug, tale.told)))
        .collect::<Result<_, _>>()?;
    let tale = |name: &str, slug: &str, day: &str| {
        (name.to_owned(), Some(slug.to_owned()), Day(day.to_owned()))
    };
    assert_eq!(
        tales,
        [
            tale("Der Froschkönig (2)", "der-froschkoenig", "1812-12-20"),
            tale("Frau Holle (2)", "frau-holle", "1812-12-21"),
            tale("Hänsel und Gretel (3)", "haensel-und-gretel", "1812-12-22"),
        ]
    );
    MIGRATIONS.verify(&connection)?;
    Ok(())
}

#[test]
fn the_place_of_a_step_is_known() {
    let places: Vec<_> = MIGRATIONS
        .list
        .iter()
        .filter_map(|migration| migration.step.as_ref())
        .map(|step| (&*step.path, step.line, step.column))
        .collect();
    assert_eq!(
        places,
        [
            ("steps::fill_slugs", 2, 20),
            ("crate::steps::count_words", 1, 20)
        ]
    );
    let versions: Vec<i64> = MIGRATIONS.steps.iter().map(StepFunction::version).collect();
    assert_eq!(versions, [2, 10]);
}
