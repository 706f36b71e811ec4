//! Blocks run on a catalog of their own, where what they apply is remembered.

use super::super::parse::{Routine, parse};
use super::*;
use crate::postgres::catalog::Catalog;
use crate::postgres::resolve::Environment;
use crate::text::FileId;

/// Remembers what it is given, and refuses what it has seen.
struct Record {
    catalog: Catalog,
    applied: Vec<String>,
    settings: Settings,
    steps: usize,
}

impl Host for Record {
    type Mark = Vec<String>;

    fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn step(&mut self) -> bool {
        self.steps += 1;
        self.steps < 10_000
    }

    fn acts(&self, _: &FunctionCall) -> bool {
        false
    }

    fn call_routine(&mut self, _: &FunctionCall, _: Vec<Known>, _: Span) -> Result<(), Stop> {
        Ok(())
    }

    fn mark(&self) -> Vec<String> {
        self.applied.clone()
    }

    fn restore(&mut self, mark: Vec<String>) {
        self.applied = mark;
    }

    fn look_at(&mut self, _: &Expression) -> Result<(), Stop> {
        Ok(())
    }

    fn apply(&mut self, statement: &[Token], _: &Arc<Variables>) -> Result<(), Stop> {
        // What reads or changes rows is not of interest here.
        if !changes_schema(statement) {
            return Ok(());
        }
        let words: Vec<&str> = statement.iter().map(|token| &*token.text).collect();
        let text = words.join(" ");
        if self.applied.contains(&text) {
            return Err(raised(Some("42710".into()), statement[0].span));
        }
        self.applied.push(text);
        Ok(())
    }

    fn end_transaction(&mut self, _: Span) -> Result<(), Mistake> {
        Ok(())
    }
}

/// What a body applies, and why it stops.
fn applied(body: &str) -> (Vec<String>, Option<Stop>) {
    let place = Span::new(FileId(0), 0..body.len());
    let catalog = Catalog::new(15);
    let environment = Environment {
        catalog: &catalog,
        version: 15,
        variables: None,
    };
    let block = parse(body, place, Some(place), &Routine::anonymous(), environment).unwrap();
    let mut host = Record {
        catalog: Catalog::new(15),
        applied: Vec::new(),
        settings: Settings::new(),
        steps: 0,
    };
    let stop = run(&block, &mut host, 15).err();
    (host.applied, stop)
}

fn all(body: &str) -> Vec<String> {
    let (applied, stop) = applied(body);
    assert!(stop.is_none(), "{stop:?}");
    applied
}

#[test]
fn conditions_over_the_catalog_choose_the_branch() {
    let body = "BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
                       WHERE t.typname = 'mood' AND n.nspname = current_schema()) THEN
            CREATE TYPE mood AS ENUM ('a');
        END IF;
        IF to_regclass('public.nope') IS NULL AND (SELECT count(*) FROM information_schema.tables
            WHERE table_name LIKE 'no%') = 0 THEN DROP TYPE x; ELSE DROP TYPE y; END IF;
        IF EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public') THEN CREATE TABLE a (); END IF;
    END";
    assert_eq!(
        all(body),
        [
            "CREATE TYPE mood AS ENUM ( 'a' )",
            "DROP TYPE x",
            "CREATE TABLE a ( )"
        ]
    );
}

#[test]
fn a_handler_brings_back_what_was_before_its_block() {
    let body = "BEGIN CREATE TYPE a; BEGIN CREATE TYPE b; CREATE TYPE a;
        EXCEPTION WHEN duplicate_object THEN CREATE TYPE c; END; END";
    assert_eq!(all(body), ["CREATE TYPE a", "CREATE TYPE c"]);
    let body = "BEGIN CREATE TYPE a; CREATE TYPE a; EXCEPTION WHEN undefined_table THEN NULL; END";
    let (_, stop) = applied(body);
    assert!(matches!(stop, Some(Stop::Mistake(it)) if it.state.as_deref() == Some("42710")));
    let body = "BEGIN RAISE unique_violation; EXCEPTION WHEN integrity_constraint_violation THEN CREATE TYPE d; END";
    assert_eq!(all(body), ["CREATE TYPE d"]);
}

#[test]
fn loops_over_what_is_written_out_run() {
    let body = "DECLARE t text; r record; BEGIN
        FOREACH t IN ARRAY ARRAY['a', 'B c'] LOOP
            EXECUTE format('ALTER TABLE %I ADD COLUMN %s int', t, 'x');
        END LOOP;
        FOR r IN SELECT * FROM (VALUES ('a', 1), ('b', 2)) AS v (name, n) LOOP
            CONTINUE WHEN r.n = 1;
            EXECUTE 'DROP TABLE ' || quote_ident(r.name);
        END LOOP;
        FOR i IN 1..2 LOOP EXECUTE 'CREATE TABLE p_' || i || ' ()'; END LOOP;
        FOR t IN SELECT unnest(string_to_array('x,y', ',')) LOOP EXECUTE 'DROP VIEW ' || t; END LOOP;
    END";
    assert_eq!(
        all(body),
        [
            "ALTER TABLE a ADD COLUMN x int",
            "ALTER TABLE \"B c\" ADD COLUMN x int",
            "DROP TABLE b",
            "CREATE TABLE p_1 ( )",
            "CREATE TABLE p_2 ( )",
            "DROP VIEW x",
            "DROP VIEW y",
        ]
    );
}

#[test]
fn what_depends_on_rows_may_not_change_the_schema() {
    let reads = "BEGIN IF EXISTS (SELECT 1 FROM users) THEN UPDATE users SET a = 1; END IF; CREATE TYPE a; END";
    assert_eq!(all(reads), ["CREATE TYPE a"]);
    let changes = "BEGIN IF EXISTS (SELECT 1 FROM users) THEN DROP TABLE users; END IF; END";
    assert!(matches!(
        applied(changes).1,
        Some(Stop::Opaque {
            why: Opaque::Condition,
            ..
        })
    ));
    let leaves = "BEGIN IF EXISTS (SELECT 1 FROM users) THEN RETURN; END IF; DROP TABLE users; END";
    assert!(matches!(applied(leaves).1, Some(Stop::Opaque { .. })));
    let text =
        "DECLARE n text; BEGIN SELECT name INTO n FROM users; EXECUTE 'DROP TABLE ' || n; END";
    assert!(matches!(
        applied(text).1,
        Some(Stop::Opaque {
            why: Opaque::Text,
            ..
        })
    ));
}

#[test]
fn a_loop_without_an_end_is_opaque() {
    assert!(matches!(
        applied("BEGIN LOOP NULL; END LOOP; END").1,
        Some(Stop::Opaque {
            why: Opaque::Loop,
            ..
        })
    ));
}
