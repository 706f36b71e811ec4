use crate::run::Project;
use std::fs;

#[test]
fn the_first_migration_brings_its_directory() {
    let project = Project::new(&[]);
    let run = project.run_with(&["new", "Create users!"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(
        run.stdout,
        "migrations/0001_create_users.up.sql\nmigrations/0001_create_users.down.sql\n"
    );
    assert_eq!(
        project.read("migrations/0001_create_users.up.sql"),
        "-- create users\n"
    );
    assert_eq!(
        project.read("migrations/0001_create_users.down.sql"),
        "-- Undo 0001_create_users.up.sql\n"
    );
    assert_eq!(project.run("check").code, Some(0));
}

#[test]
fn the_next_number_is_the_greatest_as_a_number() {
    let project = Project::new(&[
        ("migrations/9_b.sql", "SELECT 1;"),
        ("migrations/10_a.sql", "SELECT 1;"),
    ]);
    let run = project.run("new c");
    assert_eq!(run.stdout, "migrations/11_c.sql\n", "{}", run.stderr);
}

#[test]
fn a_directory_keeps_its_convention() {
    for (existing, expected) in [
        ("V07__a.sql", "V08__b.sql\n"),
        ("0007_a.up.sql", "0008_b.up.sql\ndb/0008_b.down.sql\n"),
        ("07_a/up.sql", "08_b/up.sql\ndb/08_b/down.sql\n"),
        ("7_a/migration.sql", "8_b/migration.sql\n"),
    ] {
        let existing = format!("db/{existing}");
        let project = Project::new(&[(&existing, "SELECT 1;")]);
        let run = project.run("tablature new b --dir db/");
        assert_eq!(run.stdout, format!("db/{expected}"), "{}", run.stderr);
        for line in run.stdout.lines() {
            assert!(project.path(line).is_file(), "{line}");
        }
        assert_eq!(project.run("check --dir db").code, Some(0), "{existing}");
    }
}

#[test]
fn timestamps_go_on_as_timestamps() {
    let project = Project::new(&[("migrations/20200131235959_a.sql", "SELECT 1;")]);
    let run = project.run("new b");
    let file = run.stdout.strip_prefix("migrations/").unwrap();
    let number: i64 = file.strip_suffix("_b.sql\n").unwrap().parse().unwrap();
    assert!(number > 20_260_000_000_000, "{number}");
}

#[test]
fn a_released_number_is_not_given_again() {
    let lock = ("migrations/tablature.lock", "9 c 0123456789abcdef\n");
    let project = Project::new(&[lock]);
    assert_eq!(
        project.run("new d").stdout,
        "migrations/0010_d.up.sql\nmigrations/0010_d.down.sql\n"
    );
    let project = Project::new(&[lock, ("migrations/08_a.sql", "SELECT 1;")]);
    assert_eq!(project.run("new d").stdout, "migrations/10_d.sql\n");
}

#[test]
fn nothing_is_overwritten_and_nothing_is_left_behind() {
    let project = Project::new(&[("migrations/0001_b.down.sql", "-- precious\n")]);
    let run = project.run("new b");
    assert_eq!(run.code, Some(2));
    assert_eq!(run.stdout, "");
    assert!(
        run.stderr
            .starts_with("error: cannot write migrations/0001_b.down.sql: "),
        "{}",
        run.stderr
    );
    assert_eq!(project.read("migrations/0001_b.down.sql"), "-- precious\n");
    assert_eq!(fs::read_dir(project.path("migrations")).unwrap().count(), 1);
}

#[test]
fn a_name_without_a_letter_is_refused() {
    let project = Project::new(&[]);
    let run = project.run("new ../..");
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("`../..`"), "{}", run.stderr);
    assert!(!project.path("migrations").exists());
}

#[test]
fn names_that_do_not_agree_are_not_continued() {
    for (first, second) in [("1_a.sql", "V2__b.sql"), ("1_a.sql", "2-b.sql")] {
        let project = Project::new(&[
            (&format!("migrations/{first}"), "SELECT 1;"),
            (&format!("migrations/{second}"), "SELECT 1;"),
        ]);
        let run = project.run("new c");
        assert_eq!(run.code, Some(2));
        assert_eq!(run.stdout, "");
        assert!(
            run.stderr.contains("cargo tablature check"),
            "{}",
            run.stderr
        );
    }
}
