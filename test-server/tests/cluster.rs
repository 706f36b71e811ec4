//! A cluster of its own starts, comes back after it was killed, and is gone afterwards.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails where a value is missing")]

use postgres::{Client, NoTls};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;
use std::{env, fs};
use tablature_test_server::{Cluster, REQUIRE, shared};

/// Makes this very test wait inside, so that another process can kill it.
const INSIDE: &str = "TABLATURE_CLUSTER_INSIDE";

#[test]
fn it_starts_again_after_it_was_killed() {
    let Some(mut cluster) = Cluster::start(&[("work_mem", "5MB")]).unwrap() else {
        assert!(env::var_os(REQUIRE).is_none(), "no server is installed");
        return;
    };
    let ask = |cluster: &Cluster| -> (String, i64) {
        let mut client = Client::connect(&cluster.url(), NoTls).unwrap();
        let row = client
            .query_one(
                "SELECT current_setting('work_mem'), (SELECT count(*) FROM kept)",
                &[],
            )
            .unwrap();
        (row.get(0), row.get(1))
    };
    Client::connect(&cluster.url(), NoTls)
        .unwrap()
        .batch_execute("CREATE TABLE kept AS SELECT 1")
        .unwrap();
    assert_eq!(ask(&cluster), ("5MB".to_owned(), 1));
    cluster.kill().unwrap();
    assert!(Client::connect(&cluster.url(), NoTls).is_err());
    cluster.run().unwrap();
    assert_eq!(ask(&cluster), ("5MB".to_owned(), 1));
    let data = cluster.data();
    drop(cluster);
    assert!(!data.exists());
}

#[test]
fn it_is_gone_when_its_process_is_killed() {
    if let Some(file) = env::var_os(INSIDE) {
        let cluster = Cluster::start(&[]).unwrap().unwrap();
        fs::write(file, cluster.data().display().to_string()).unwrap();
        thread::sleep(Duration::from_secs(600));
        return;
    }
    if Cluster::start(&[]).unwrap().is_none() {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("data");
    let mut inside = Command::new(env::current_exe().unwrap())
        .args(["--exact", "it_is_gone_when_its_process_is_killed"])
        .env(INSIDE, &file)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let soon = |what: &dyn Fn() -> bool| {
        (0..3000).any(|_| {
            thread::sleep(Duration::from_millis(20));
            what()
        })
    };
    assert!(soon(&|| fs::read(&file).is_ok_and(|it| !it.is_empty())));
    let data = fs::read_to_string(&file).unwrap();
    assert!(fs::exists(&data).unwrap());
    inside.kill().unwrap();
    inside.wait().unwrap();
    assert!(soon(&|| !fs::exists(&data).unwrap()));
}

#[test]
fn databases_are_apart() {
    let Some(server) = shared() else { return };
    let (one, other) = (server.database(), server.database());
    one.connect().batch_execute("CREATE TABLE t ()").unwrap();
    Client::connect(&one.url(), NoTls)
        .unwrap()
        .batch_execute("TABLE t")
        .unwrap();
    assert!(other.connect().batch_execute("TABLE t").is_err());
    let config = one.config();
    drop(one);
    assert!(config.connect(NoTls).is_err());
}
