//! `cargo tablature snapshot` of migrations of PostgreSQL.

use crate::run::Project;

#[test]
fn on_a_server_the_server_makes_copies() {
    let project = Project::new(&[
        ("migrations/tablature.toml", "dialect = \"postgres\"\n"),
        ("migrations/0001_t.sql", "CREATE TABLE t (a integer);\n"),
    ]);
    let run = project.run("snapshot");
    assert_eq!(run.code, Some(2), "{run:?}");
    assert_eq!(
        run.stderr,
        "error: a snapshot is for SQLite, and the migrations are for PostgreSQL\n  \
         = help: migrate one database, which nobody else uses, and let the server copy it whenever a new one is needed: \
         `CREATE DATABASE app_test TEMPLATE app_migrated`\n"
    );
}
