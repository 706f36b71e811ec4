//! What a down file leaves behind on PostgreSQL, beside what its migration found.

#![cfg(feature = "postgres")]
#![expect(clippy::panic, reason = "the helper of the tests fails the test")]

use tablature_schema::directory::Directory;
use tablature_schema::{Options, Reversal, check};

const FIRST: &str = "CREATE TABLE tales (id integer, title text);
    CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
    CREATE POLICY own ON tales USING (id = 1);
    CREATE SEQUENCE numbers;
    CREATE TYPE mood AS ENUM ('glad');";

/// What the down file leaves otherwise; nothing if it restores the schema.
fn differences(up: &str, down: &str) -> Vec<String> {
    let files = [
        ("tablature.toml", "dialect = \"postgres\""),
        ("0001_first.up.sql", FIRST),
        ("0001_first.down.sql", "DROP TABLE tales;"),
        ("0002_second.up.sql", up),
        ("0002_second.down.sql", down),
    ];
    let checked = check(
        Directory::from_files("migrations", files),
        &Options::default(),
    );
    let second = checked
        .migrations
        .get(1)
        .and_then(|it| it.reversal.as_ref());
    match second {
        Some(Reversal::Restores { .. }) => Vec::new(),
        Some(Reversal::Differs { differences, .. }) => differences.clone(),
        Some(Reversal::Fails { .. }) | None => panic!("{second:?} {:?}", checked.diagnostics),
    }
}

#[test]
fn a_function_that_is_replaced_back_is_the_same() {
    let second = "CREATE OR REPLACE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 2';";
    let first = "CREATE OR REPLACE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';";
    assert_eq!(differences(second, first), Vec::<String>::new());
    assert_eq!(
        differences(second, "SELECT 1;"),
        ["routine `public.f()` has the body `SELECT 2`, and had `SELECT 1`"]
    );
    let again = "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';";
    assert_eq!(
        differences("DROP FUNCTION f();", again),
        Vec::<String>::new()
    );
}

#[test]
fn attributes_of_a_function_have_to_come_back() {
    let up = "ALTER FUNCTION f() IMMUTABLE SECURITY DEFINER SET search_path = public;";
    assert_eq!(
        differences(up, "SELECT 1;"),
        [
            "routine `public.f()` has the marks `SECURITY DEFINER`, and had none",
            "routine `public.f()` has the settings `search_path = public`, and had none",
            "routine `public.f()` has the volatility `IMMUTABLE`, and had none",
        ]
    );
    let down = "ALTER FUNCTION f() VOLATILE SECURITY INVOKER RESET search_path;";
    assert_eq!(differences(up, down), Vec::<String>::new());
}

#[test]
fn what_is_left_otherwise_is_told_in_words_of_the_language() {
    let up = "ALTER TABLE tales ENABLE ROW LEVEL SECURITY, REPLICA IDENTITY FULL;
        ALTER POLICY own ON tales USING (id = 2);
        ALTER SEQUENCE numbers INCREMENT BY 5;
        ALTER TABLE tales ALTER COLUMN title SET NOT NULL;
        ALTER TYPE mood ADD VALUE 'sad';";
    assert_eq!(
        differences(up, "SELECT 1;"),
        [
            "column `title` of table `public.tales` has the constraint `NOT NULL`, and had none",
            "enum `public.mood` has the values `glad, sad`, and had `glad`",
            "policy `own` of `public.tales` has USING `(id = 2)`, and had `(id = 1)`",
            "sequence `public.numbers` has the increment `5`, and had `1`",
            "table `public.tales` has row level security `ENABLE`, and had none",
            "table `public.tales` has the replica identity `FULL`, and had none",
        ]
    );
}
