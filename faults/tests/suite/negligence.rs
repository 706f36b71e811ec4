//! Runs that are careless on purpose, so that it is known that these tests would notice.

use crate::crash::tried;
use crate::history::{HEAD, MIGRATIONS};
use crate::runs::{APPLY_ONE_MORE, JOURNALS, Run};
use tablature::rusqlite::Connection;
use tablature::{Error, Runner};

#[test]
fn a_run_that_does_not_sync_is_found_out() {
    let run = Run {
        name: "apply without syncs",
        settings: "PRAGMA synchronous = OFF",
        ..APPLY_ONE_MORE
    };
    for journal in JOURNALS {
        let found = tried(&run, journal).map(|tried| tried.to_string());
        assert!(found.is_err(), "{journal:?}: {found:?}");
    }
}

#[test]
fn a_run_that_commits_each_statement_is_found_out() {
    let run = Run {
        name: "apply without a transaction",
        act: |runner: &Runner<'_>, connection: &mut Connection, _| -> Result<(), Error> {
            let has = "SELECT count(*) FROM pragma_table_info('stories') WHERE name = 'words'";
            let is_done: bool = connection.query_row(has, [], |row| row.get(0))?;
            if !is_done {
                let migration = MIGRATIONS.list.iter().find(|one| one.version == HEAD);
                connection.execute_batch(&migration.unwrap().sql)?;
            }
            runner.adopt(connection).map(drop)
        },
        ..APPLY_ONE_MORE
    };
    for journal in JOURNALS {
        let found = tried(&run, journal).map(|tried| tried.to_string());
        assert!(found.is_err(), "{journal:?}: {found:?}");
    }
}
