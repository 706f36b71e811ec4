//! A server that does not do what it is asked to: it is gone, full, only reads, is busy, or gives up.

use crate::backend::{Asynchronous, Backend, Remote, Synchronous};
use crate::proxy::{self, Cut};
use crate::support::{failing, migrations};
use std::time::Duration;
use tablature::postgres::{Client, NoTls};
use tablature::{Error, Event, State};
use tablature_test_server::Cluster;

on_both_clients! {
    who_holds_a_table_is_told
    a_statement_that_takes_too_long_is_named
    a_session_that_is_ended_leaves_nothing
    a_cancelled_query_leaves_nothing
    a_connection_that_is_lost_before_the_commit_has_left_nothing
    a_connection_that_is_lost_after_the_commit_has_left_everything
    a_session_that_is_idle_for_too_long_leaves_nothing
    a_standby_is_read_and_not_migrated
}

const USERS: (&str, &str) = (
    "1_users",
    "CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);",
);

fn who_holds_a_table_is_told<B: Backend>() {
    let first = migrations::<B>(&[USERS]);
    let both = migrations::<B>(&[
        USERS,
        ("2_email", "ALTER TABLE users ADD COLUMN email text;"),
    ]);
    let mut database = B::new().unwrap();
    database.apply(first.runner()).unwrap();
    let mut other = database.another();
    other.run("SET application_name = 'report'; BEGIN; SELECT * FROM users");
    let runner = both.runner().lock_timeout(Duration::from_millis(100));
    match database.apply(runner).unwrap_err() {
        Error::Statement(failed) => {
            let holder = failed.holders.first().unwrap();
            assert_eq!(holder.application, "report");
            assert_eq!(holder.state, "idle in transaction");
            assert!(
                failed.to_string().contains("it waited for process"),
                "{failed}"
            );
        }
        error => panic!("{error}"),
    }
    other.run("COMMIT");
    database.apply(both.runner()).unwrap();
}

fn a_statement_that_takes_too_long_is_named<B: Backend>() {
    let migrations = failing::<B>(&[USERS, ("2_slow", "SELECT 1;\nSELECT pg_sleep(60);")]);
    let mut database = B::new().unwrap();
    let runner = migrations
        .runner()
        .statement_timeout(Duration::from_millis(200));
    match database.apply(runner).unwrap_err() {
        Error::Statement(failed) => assert_eq!(failed.line, 2, "{failed}"),
        error => panic!("{error}"),
    }
    assert_eq!(database.dump(), "");
    assert_eq!(database.value("SHOW statement_timeout"), "0");
}

/// Does something to the session of a run as soon as it sleeps.
fn as_it_sleeps<B: Backend + 'static>(
    mut other: B,
    what: &'static str,
) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        let find = format!(
            "SELECT count({what}(pid)) FROM pg_stat_activity
             WHERE datname = current_database() AND state = 'active' AND query LIKE '%pg_sleep(60)%'
               AND pid <> pg_backend_pid()"
        );
        while other.value(&find) == "0" {
            std::thread::sleep(Duration::from_millis(5));
        }
    })
}

fn a_session_that_is_ended_leaves_nothing<B: Backend + 'static>() {
    let migrations = failing::<B>(&[USERS, ("2_slow", "SELECT pg_sleep(60);")]);
    let mut database = B::new().unwrap();
    let end = as_it_sleeps(database.another(), "pg_terminate_backend");
    let error = database.apply(migrations.runner()).unwrap_err();
    end.join().unwrap();
    assert!(matches!(error, Error::Disconnected { .. }), "{error}");
    let again = database.apply(migrations.runner()).unwrap_err();
    assert!(matches!(again, Error::Disconnected { .. }), "{again}");
    assert_eq!(database.another().dump(), "");
}

fn a_cancelled_query_leaves_nothing<B: Backend + 'static>() {
    let migrations = failing::<B>(&[USERS, ("2_slow", "SELECT pg_sleep(60);")]);
    let mut database = B::new().unwrap();
    let end = as_it_sleeps(database.another(), "pg_cancel_backend");
    let error = database.apply(migrations.runner()).unwrap_err();
    end.join().unwrap();
    assert!(matches!(error, Error::Statement(_)), "{error}");
    assert_eq!(database.dump(), "");
}

/// A future that is dropped before it is done leaves the connection as it was.
#[test]
fn a_run_that_is_given_up_leaves_nothing() {
    if tablature_test_server::shared().is_none() {
        return;
    }
    let migrations = failing::<Asynchronous>(&[USERS, ("2_slow", "SELECT pg_sleep(2);")]);
    let mut database = Asynchronous::new().unwrap();
    database.apply_for(migrations.runner(), Duration::from_millis(300));
    // Behind what undoes it.
    assert_eq!(database.value("SELECT now() = statement_timestamp()"), "t");
    assert_eq!(database.dump(), "");
}

/// The way to a database through a proxy.
fn through<B: Remote>(database: &B, port: u16) -> String {
    let url = database.database().url();
    let (user, place) = url.rsplit_once('@').unwrap();
    let (_, name) = place.rsplit_once('/').unwrap();
    format!("{user}@127.0.0.1:{port}/{name}?sslmode=disable")
}

/// The run does not know whether it has committed; who asks the database does.
fn lost<B: Remote>(cut: Cut, expected: &str) {
    let first = migrations::<B>(&[USERS]);
    let both = migrations::<B>(&[
        USERS,
        ("2_email", "ALTER TABLE users ADD COLUMN email text;"),
    ]);
    let mut database = B::new().unwrap();
    database.apply(first.runner()).unwrap();
    let (port, proxy) = proxy::start(database.database(), cut);
    let error = database
        .at(&through(&database, port))
        .apply(both.runner())
        .unwrap_err();
    proxy.join().unwrap();
    let text = error.to_string();
    assert!(matches!(error, Error::CommitUnknown { .. }), "{text}");
    assert!(
        text.contains("connect again, when `status` tells"),
        "{text}"
    );
    // A commit that the server has got may still be under way.
    let is_free = "SELECT count(*) = 0 FROM pg_locks WHERE locktype = 'advisory'
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    while database.value(is_free) == "f" {
        std::thread::sleep(Duration::from_millis(5));
    }
    let status = database.status(both.runner()).unwrap();
    assert_eq!(status.to_string().lines().next().unwrap(), expected);
    let report = database.apply(both.runner()).unwrap();
    assert_eq!(report.applied.len(), status.pending.len());
    database.verify(both.runner()).unwrap();
}

fn a_connection_that_is_lost_before_the_commit_has_left_nothing<B: Remote>() {
    lost::<B>(
        Cut::BeforeCommit,
        "1 migration is pending, the database is at version 1",
    );
}

fn a_connection_that_is_lost_after_the_commit_has_left_everything<B: Remote>() {
    lost::<B>(Cut::AfterCommit, "up to date at version 2");
}

fn a_session_that_is_idle_for_too_long_leaves_nothing<B: Backend>() {
    let migrations = failing::<B>(&[USERS, ("2_more", "CREATE TABLE more (id integer);")]);
    let mut database = B::new().unwrap();
    database.run("SET idle_in_transaction_session_timeout = 20");
    let slow = |event: Event<'_>| {
        if matches!(event, Event::StatementStarted { migration, .. } if migration.version == 2) {
            std::thread::sleep(Duration::from_millis(500));
        }
    };
    let runner = migrations.runner().on_event(&slow);
    let error = database.apply(runner).unwrap_err();
    assert!(matches!(error, Error::Disconnected { .. }), "{error}");
    assert_eq!(database.another().dump(), "");
}

fn a_standby_is_read_and_not_migrated<B: Remote>() {
    let Some(primary) = Cluster::start(&[]).unwrap() else {
        return;
    };
    let first = migrations::<B>(&[USERS]);
    let both = migrations::<B>(&[
        USERS,
        ("2_email", "ALTER TABLE users ADD COLUMN email text;"),
    ]);
    let way = B::new().unwrap();
    way.at(&primary.url()).apply(first.runner()).unwrap();
    let standby = primary.standby().unwrap();
    let mut database = way.at(&standby.url());
    assert_eq!(database.value("SELECT pg_is_in_recovery()"), "t");
    // What needs no writing is done.
    assert!(database.apply(first.runner()).unwrap().applied.is_empty());
    database.verify(first.runner()).unwrap();
    let status = database.status(first.runner()).unwrap();
    assert!(matches!(status.state, State::Current), "{status}");
    assert_eq!(database.plan(both.runner()).unwrap().migrations.len(), 1);
    let before = database.dump();
    let error = database.apply(both.runner()).unwrap_err();
    assert!(matches!(error, Error::Standby), "{error}");
    assert_eq!(database.dump(), before);
    // A schema that is not verified yet is looked at, and the standby left as it is.
    way.at(&primary.url())
        .run("ANALYZE; CREATE TABLE later (id integer); DROP TABLE later");
    wait_for(&primary, &standby);
    assert!(database.apply(first.runner()).unwrap().applied.is_empty());
    way.at(&primary.url())
        .run("DROP TABLE _tablature_history, _tablature_progress");
    wait_for(&primary, &standby);
    let error = database.apply(first.runner()).unwrap_err();
    assert!(matches!(error, Error::NoHistory { .. }), "{error}");
    let error = database.adopt_at(first.runner(), 1).unwrap_err();
    assert!(matches!(error, Error::Standby), "{error}");
}

/// Waits until a standby has what its primary has.
fn wait_for(primary: &Cluster, standby: &Cluster) {
    let mut primary = Client::connect(&primary.url(), NoTls).unwrap();
    let row = primary
        .query_one("SELECT pg_current_wal_insert_lsn()::text", &[])
        .unwrap();
    let written: String = row.get(0);
    let mut standby = Client::connect(&standby.url(), NoTls).unwrap();
    let has_it = format!("SELECT pg_last_wal_replay_lsn() >= '{written}'");
    while !standby.query_one(&has_it, &[]).unwrap().get::<_, bool>(0) {
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// A file system of some megabytes in memory, gone at the end.
#[cfg(target_os = "linux")]
struct Small(std::path::PathBuf);

#[cfg(target_os = "linux")]
impl Small {
    /// Makes one for the user of a cluster, in its directory; none where that is not allowed.
    fn new(cluster: &Cluster) -> Option<Small> {
        use std::os::unix::fs::MetadataExt;
        let data = cluster.data();
        let owner = std::fs::metadata(&data).unwrap();
        let place = data.parent().unwrap().join("small");
        std::fs::create_dir(&place).unwrap();
        let options = format!("size=4m,mode=0700,uid={},gid={}", owner.uid(), owner.gid());
        let mut mount = std::process::Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &options, "tmpfs"]);
        let mounted = mount.arg(&place).output().ok()?;
        mounted.status.success().then_some(Small(place))
    }
}

#[cfg(target_os = "linux")]
impl Drop for Small {
    fn drop(&mut self) {
        // The server has files there until it has ended.
        let mut umount = std::process::Command::new("umount");
        let _ = umount.arg("--lazy").arg(&self.0).output();
    }
}

/// A disk that is full before the run is done: the server says so, and has the old state.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_nothing() {
    if tablature_test_server::shared().is_none() {
        return;
    }
    let Some(cluster) = Cluster::start(&[]).unwrap() else {
        return;
    };
    let Some(small) = Small::new(&cluster) else {
        println!("no full disk was tried: a file system cannot be mounted here");
        return;
    };
    let place = small.0.display();
    let administer = |sql: &str| {
        let mut client = Client::connect(&cluster.url(), NoTls).unwrap();
        client.batch_execute(sql).unwrap();
    };
    administer(&format!("CREATE TABLESPACE small LOCATION '{place}'"));
    administer("ALTER DATABASE postgres SET default_tablespace = small");
    let fills = (
        "2_fills",
        "CREATE TABLE pages AS SELECT n, repeat(md5(n::text), 30) AS text FROM generate_series(1, 20000) AS n;",
    );
    let fits = ("2_fills", "CREATE TABLE pages (n integer, text text);");
    fn tried<B: Remote>(url: &str, fills: (&str, &str), fits: (&str, &str)) {
        let mut migrations = migrations::<B>(&[USERS, fits]);
        let enough = migrations.list.clone();
        migrations.list = failing::<B>(&[USERS, fills]).list;
        let mut database = B::new().unwrap().at(url);
        let error = database.apply(migrations.runner()).unwrap_err();
        assert!(matches!(error, Error::DiskFull { .. }), "{error}");
        assert!(
            error.to_string().contains("could not extend file"),
            "{error}"
        );
        assert_eq!(database.dump(), "");
        // With as much as there is room for.
        migrations.list = enough;
        database.apply(migrations.runner()).unwrap();
        database.run("DROP TABLE users, pages, _tablature_history, _tablature_progress");
    }
    tried::<Synchronous>(&cluster.url(), fills, fits);
    tried::<Asynchronous>(&cluster.url(), fills, fits);
}
