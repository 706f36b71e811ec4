//! Addresses at which there is no database: what is said, and what to do.

use super::Site;
use crate::stories::assert_has;

#[test]
fn what_cannot_be_connected_to_is_named_with_the_way_out() {
    let Some(site) = Site::new(&[("1_tales.sql", "CREATE TABLE tales (id integer);\n")]) else {
        return;
    };
    let url = site.database.url();
    let (before, _) = url.rsplit_once('/').unwrap();
    let nowhere = format!("{before}/no_such_database");
    for (url, said) in [
        (
            "postgres://u@127.0.0.1:1/app",
            "a server listens at 127.0.0.1, port 1",
        ),
        (
            "mysql://u@127.0.0.1/app",
            "`mysql://` is no URL of PostgreSQL",
        ),
        (&nowhere, "`createdb no_such_database`"),
    ] {
        let run = site.project.run(&format!("status --database-url {url}"));
        assert_eq!(run.code, Some(2), "{run:?}");
        assert_has(&run.stderr, &[said]);
    }
    let run = site.project.run("migrate --database app.db");
    assert_eq!(run.code, Some(2), "{run:?}");
    assert_has(
        &run.stderr,
        &["for PostgreSQL, and `--database` names a SQLite file"],
    );
    assert!(!site.project.path("app.db").exists());
}
