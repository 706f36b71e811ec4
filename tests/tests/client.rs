//! A public history in an application: the macro compiles it, and rows go through its structs.

#![allow(clippy::unwrap_used, reason = "a test fails where a value is missing")]

use std::fs;
use std::path::Path;
use std::process::Command;
use tablature_tests::corpus;
use tempfile::TempDir;

const MANIFEST: &str = r#"
[package]
name = "client"
edition = "2024"

[dependencies]
tablature = { path = "CLONE/runtime" }

[build-dependencies]
tablature-build = { path = "CLONE/build" }
"#;

const BUILD: &str = r#"
fn main() {
    tablature_build::watch("migrations");
}
"#;

const MAIN: &str = r#"
use tablature::rusqlite::Connection;
use tablature::{Insert, Row};

tablature::migrations!("migrations");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut connection = Connection::open_in_memory()?;
    let first = MIGRATIONS.apply(&mut connection)?;
    let second = MIGRATIONS.apply(&mut connection)?;
    println!("{} applied, then {}", first.applied.len(), second.applied.len());

    let mut history = History {
        id: Some("1".to_owned()),
        timestamp: 20,
        duration: -1,
        exit: 0,
        command: "ls".to_owned(),
        cwd: "/".to_owned(),
        session: "s".to_owned(),
        hostname: "Host".to_owned(),
        deleted_at: None,
        author: None,
        intent: Some("look".to_owned()),
        shell: None,
        author_kind: Some(1),
    };
    history.insert(&connection)?;
    history.id = Some("2".to_owned());
    history.timestamp = 10;
    history.insert_with(&mut connection.prepare(History::INSERT)?)?;

    let sql = format!("SELECT * FROM {} ORDER BY {}", History::TABLE, History::TIMESTAMP);
    let mut statement = connection.prepare(&sql)?;
    let rows = statement
        .query_map([], History::from_row)?
        .collect::<Result<Vec<_>, _>>()?;
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0], history);
    assert_eq!(rows[1].id.as_deref(), Some("1"));
    println!("{}", History::COLUMNS.join(" "));
    Ok(())
}
"#;

#[test]
fn a_public_history_is_compiled_applied_and_used() {
    let Some(directory) = corpus::directory() else {
        println!("TABLATURE_CORPUS is not set: no public history was compiled");
        return;
    };
    let history = corpus::histories(&directory)
        .unwrap()
        .into_iter()
        .find(|history| history.name == "atuin-client")
        .unwrap();
    let clone = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let clone = clone.canonicalize().unwrap();
    let place = clone.to_str().unwrap().replace('\\', "/");
    let application = TempDir::new().unwrap();
    let write = |path: &str, text: &str| {
        let path = application.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("Cargo.toml", &MANIFEST.replace("CLONE", &place));
    write("build.rs", BUILD);
    write("src/main.rs", MAIN);
    for (name, text) in &history.migrations {
        write(&format!("migrations/{name}"), text);
    }
    // The versions that this workspace is built with, so that nothing has to be fetched.
    fs::copy(
        clone.join("Cargo.lock"),
        application.path().join("Cargo.lock"),
    )
    .unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(application.path())
        .env("CARGO_TARGET_DIR", env!("CARGO_TARGET_TMPDIR"))
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "12 applied, then 0\n\
         id timestamp duration exit command cwd session hostname deleted_at author intent shell author_kind\n"
    );
}
