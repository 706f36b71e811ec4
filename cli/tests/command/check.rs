use crate::run::{Project, command, in_workspace, workspace};
use serde_json::{Value, json};

const USERS: (&str, &str) = (
    "migrations/0001_users.up.sql",
    "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);\n",
);

#[test]
fn the_sample_application_is_accepted_without_a_warning() {
    let run = in_workspace("check");
    assert_eq!(run.code, Some(0), "{}", run.stdout);
    assert_eq!(run.stderr, "");
    assert!(
        run.stdout.starts_with("accepted: 19 migrations with "),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains("warning"), "{}", run.stdout);
}

#[test]
fn cargo_runs_it_with_its_name_first() {
    let run = in_workspace("tablature check --format json");
    assert_eq!(run.code, Some(0));
    assert_eq!(
        serde_json::from_str::<Value>(&run.stdout).unwrap(),
        json!({"verdict": "accepted", "diagnostics": []})
    );
}

#[test]
fn a_mistake_is_shown_in_its_file_and_rejected() {
    let project = Project::new(&[
        USERS,
        (
            "migrations/0002_index.up.sql",
            "CREATE INDEX users_by_email\n  ON users (emial);\n",
        ),
    ]);
    let run = project.run("check");
    assert_eq!(run.code, Some(1));
    assert_eq!(run.stderr, "");
    assert!(run.stdout.contains("error[T0203]: "), "{}", run.stdout);
    assert!(
        run.stdout.contains("--> migrations/0002_index.up.sql:2:13"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("rejected: 2 migrations with 2 statements, 1 error, in ")
    );
    assert!(
        run.stdout
            .ends_with("\nfor more about a finding run `cargo tablature explain T0203`\n"),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains('\u{1b}'), "colours in a pipe");
}

#[test]
fn json_has_the_keys_of_the_contract() {
    let project = Project::new(&[
        USERS,
        (
            "migrations/0002_index.up.sql",
            "CREATE INDEX users_by_email\n  ON users (emial);\n",
        ),
    ]);
    let run = project.run("check --format json");
    assert_eq!(run.code, Some(1));
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let diagnostic = &report["diagnostics"][0];
    assert_eq!(
        report,
        json!({
            "verdict": "rejected",
            "diagnostics": [{
                "code": "T0203",
                "name": "unknown_column",
                "severity": "error",
                "message": diagnostic["message"],
                "file": "migrations/0002_index.up.sql",
                "line": 2,
                "column": 13,
                "end_line": 2,
                "end_column": 18,
                "help": diagnostic["help"],
                "notes": [],
                "labels": [{
                    "file": "migrations/0001_users.up.sql",
                    "line": 1,
                    "column": 45,
                    "end_line": 1,
                    "end_column": 64,
                    "text": diagnostic["labels"][0]["text"],
                }],
            }],
        })
    );
    assert!(diagnostic["message"].as_str().unwrap().contains("`emial`"));
    assert!(diagnostic["help"].as_str().unwrap().contains("`email`"));
}

#[test]
fn a_level_decides_what_becomes_of_a_lint() {
    let project = Project::new(&[
        USERS,
        (
            "migrations/0002_drop.up.sql",
            "ALTER TABLE users DROP COLUMN email;\n",
        ),
    ]);
    let verdict = |arguments: &str| {
        let run = project.run(&format!("check --format json {arguments}"));
        let report: Value = serde_json::from_str(&run.stdout).unwrap();
        let severities: Vec<String> = report["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .map(|diagnostic| diagnostic["severity"].as_str().unwrap().to_owned())
            .collect();
        (run.code, severities)
    };
    assert_eq!(verdict(""), (Some(0), vec!["warning".to_owned()]));
    assert_eq!(verdict("--allow destructive"), (Some(0), vec![]));
    assert_eq!(
        verdict("--deny destructive"),
        (Some(1), vec!["error".to_owned()])
    );
    assert_eq!(
        verdict("--allow destructive --deny destructive"),
        (Some(1), vec!["error".to_owned()])
    );
    assert_eq!(
        verdict("--deny warnings"),
        (Some(1), vec!["error".to_owned()])
    );
    assert_eq!(
        verdict("--allow destructive --deny warnings"),
        (Some(0), vec![])
    );
}

#[test]
fn a_lint_that_does_not_exist_is_a_mistake_in_the_command() {
    let run = in_workspace("check --deny destructiv");
    assert_eq!(run.code, Some(2));
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains("'destructive'"), "{}", run.stderr);
}

#[test]
fn without_a_directory_there_is_no_verdict() {
    let project = Project::new(&[USERS]);
    for arguments in [
        "check --dir migration",
        "check --dir migration --format json",
    ] {
        let run = project.run(arguments);
        assert_eq!(run.code, Some(2));
        assert_eq!(run.stdout, "");
        assert!(run.stderr.starts_with("error: "), "{}", run.stderr);
        assert!(run.stderr.contains("migration"), "{}", run.stderr);
    }
}

#[test]
fn migrations_are_read_as_those_of_the_engine_that_the_command_line_names() {
    let files = [(
        "migrations/0001_users.sql",
        "CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY, mail text[] NOT NULL);\n",
    )];
    let project = Project::new(&files);
    let run = project.run("check --dialect postgres");
    assert_eq!(run.code, Some(0), "{}", run.stdout);
    assert_eq!(project.run("check --dialect sqlite").code, Some(1));
    let run = project.run("schema --dialect postgres");
    assert_eq!(run.code, Some(0));
    assert!(run.stdout.contains("CREATE TABLE users"), "{}", run.stdout);
}

#[test]
fn the_dialect_of_the_command_line_comes_before_that_of_the_configuration() {
    let (dialect, message) = ("mysql", "unknown dialect `mysql`");
    let text = format!("dialect = \"{dialect}\"\n");
    let project = Project::new(&[
        ("migrations/tablature.toml", &text),
        (
            "migrations/0001_users.sql",
            "CREATE TABLE users (id INTEGER GENERATED ALWAYS AS IDENTITY);\n",
        ),
        ("migrations/0002_posts.sql", USERS.1),
    ]);
    let run = project.run("check");
    assert_eq!(run.code, Some(1));
    let first = run.stdout.lines().next();
    assert_eq!(first, Some(&*format!("error[T0009]: {message}")));
    assert!(run.stdout.contains("tablature.toml:1:11"), "{}", run.stdout);
    assert!(run.stdout.contains(", 1 error, "), "{}", run.stdout);
    let run = project.run("check --dialect sqlite");
    assert!(!run.stdout.contains("tablature.toml"), "{}", run.stdout);
    assert!(run.stdout.contains("0001_users.sql:1:"), "{}", run.stdout);
}

#[test]
fn a_type_that_nothing_has_is_a_mistake_in_the_configuration() {
    let config = "[types]\n\"users.emial\" = \"crate::Email\"\nDATETIME = \"jiff::Timestamp\"\n\
                  [tables.user]\nstruct = \"Person\"\n";
    let project = Project::new(&[USERS, ("migrations/tablature.toml", config)]);
    let run = project.run("check");
    assert_eq!(run.code, Some(1));
    for wanted in [
        "no column `users.emial`",
        "write `users.email`",
        "no column of type `DATETIME`",
        "no table or view `user`",
        ", 3 errors, ",
    ] {
        assert!(run.stdout.contains(wanted), "{wanted}: {}", run.stdout);
    }
    assert_eq!(project.run("check --format json").code, Some(1));
}

#[test]
fn the_directory_may_be_given_by_any_path() {
    let project = Project::new(&[USERS]);
    let absolute = project.path("migrations");
    let absolute = absolute.to_str().unwrap();
    for directory in ["migrations/", "./migrations", "../migrations", absolute] {
        let from = if directory.starts_with("..") {
            project.path("migrations")
        } else {
            project.path("")
        };
        let output = command(&from)
            .args(["check", "--dir", directory])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{directory}");
    }
}

#[test]
fn colours_are_there_when_they_are_asked_for() {
    let output = command(&workspace())
        .arg("check")
        .env("CLICOLOR_FORCE", "1")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("\u{1b}["), "{text}");
}

#[cfg(unix)]
#[test]
fn a_reader_may_leave_early() {
    use std::process::Stdio;
    for arguments in [["check", "--format=json"], ["schema", "--format=sql"]] {
        let mut child = command(&workspace())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    }
}

#[test]
fn a_misspelt_no_transaction_is_the_only_mistake() {
    for comment in [
        "-- No-Transaction: VACUUM",
        "-- notransaction",
        "/* no-transaction */",
    ] {
        let text = format!("{comment}\nVACUUM;\n");
        let project = Project::new(&[USERS, ("migrations/0002_vacuum.up.sql", &text)]);
        let run = project.run("check");
        assert!(run.stdout.contains("error[T0010]: "), "{}", run.stdout);
        assert!(run.stdout.contains(", 1 error, "), "{}", run.stdout);
    }
}

#[test]
fn places_in_json_count_characters_and_a_tab_is_one() {
    let text = "\u{feff}CREATE TABLE t (a TEXT DEFAULT 'äö😀',\tb TEXT);\r\n\t-- é\r\n\tINSERT INTO t (a,\tç) VALUES ('😀', nopé);\r\nSELECT zz\n FROM t";
    let project = Project::new(&[("migrations/1_first.sql", text)]);
    let run = project.run("check --format json");
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let places: Vec<Value> = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| json!([it["line"], it["column"], it["end_line"], it["end_column"]]))
        .collect();
    assert_eq!(
        places,
        [
            json!([3, 20, 3, 21]),
            json!([3, 36, 3, 40]),
            json!([4, 8, 4, 10])
        ]
    );
}
