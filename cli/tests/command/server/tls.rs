//! A server that takes connections with TLS and a password only.

use crate::run::{Project, Run, command};
use crate::stories::assert_has;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use tablature_test_server::Cluster;

const PASSWORD: &str = "correct-horse";

struct Site {
    project: Project,
    port: u16,
    _cluster: Cluster,
}

impl Site {
    fn new() -> Option<Site> {
        let mut cluster = Cluster::start(&[]).unwrap()?;
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority =
            CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let server = CertificateParams::new(["localhost".to_owned()]).unwrap();
        let server = server.signed_by(&key, &authority).unwrap();
        let port = cluster
            .encrypt(&server.pem(), &key.serialize_pem())
            .unwrap();
        let mut client = postgres::Client::connect(&cluster.url(), postgres::NoTls).unwrap();
        let role = format!(
            "CREATE ROLE app LOGIN CREATEDB PASSWORD '{PASSWORD}'; CREATE DATABASE app OWNER app"
        );
        for statement in role.split("; ") {
            client.batch_execute(statement).unwrap();
        }
        let other = rcgen::generate_simple_self_signed(["other".to_owned()]).unwrap();
        let project = Project::new(&[
            ("migrations/tablature.toml", "dialect = \"postgres\"\n"),
            (
                "migrations/0001_tales.sql",
                "CREATE TABLE tales (id integer PRIMARY KEY);\n",
            ),
            ("root.crt", &authority.as_ref().pem()),
            ("server.crt", &server.pem()),
            ("other.crt", &other.cert.pem()),
            ("pgpass", &format!("localhost:*:app:app:{PASSWORD}\n")),
        ]);
        Some(Site {
            project,
            port,
            _cluster: cluster,
        })
    }

    fn run(&self, verb: &str, host: &str, options: &str, password: Option<&str>) -> Run {
        let url = format!("postgres://app@{host}:{}/app{options}", self.port);
        let mut command = command(&self.project.path(""));
        command.env("HOME", self.project.path(""));
        if let Some(password) = password {
            command.env("PGPASSWORD", password);
        }
        command
            .args([verb, "--database-url", &url])
            .output()
            .unwrap()
            .into()
    }
}

#[test]
fn sslmode_means_what_libpq_says() {
    let Some(site) = Site::new() else {
        return;
    };
    let fine = [
        ("localhost", ""),
        ("127.0.0.1", "?sslmode=require"),
        ("127.0.0.1", "?sslmode=verify-ca&sslrootcert=root.crt"),
        ("127.0.0.1", "?sslmode=require&sslrootcert=root.crt"),
        ("localhost", "?sslmode=verify-full&sslrootcert=root.crt"),
        ("localhost", "?sslmode=verify-full&sslrootcert=server.crt"),
    ];
    for (host, options) in fine {
        let run = site.run("status", host, options, Some(PASSWORD));
        assert_eq!(run.code, Some(3), "{host}{options}: {run:?}");
    }
    let refused = [
        ("localhost", "?sslmode=disable", "no encryption"),
        (
            "127.0.0.1",
            "?sslmode=verify-full&sslrootcert=root.crt",
            "certificate not valid for name",
        ),
        (
            "localhost",
            "?sslmode=verify-ca&sslrootcert=other.crt",
            "invalid peer certificate",
        ),
        (
            "localhost",
            "?sslmode=require&sslrootcert=other.crt",
            "invalid peer certificate",
        ),
        (
            "localhost",
            "?sslmode=verify-full&sslrootcert=none.crt",
            "cannot read certificates from none.crt",
        ),
        (
            "localhost",
            "?sslmode=verify-full&sslrootcert=pgpass",
            "it has none",
        ),
        (
            "localhost",
            "?sslmode=strict",
            "`sslmode` cannot be `strict`",
        ),
        (
            "localhost",
            "?sslcert=root.crt",
            "`sslcert` and `sslkey` go together",
        ),
        ("localhost", "?nonsense=1", "unknown option `nonsense`"),
    ];
    for (host, options, said) in refused {
        let run = site.run("status", host, options, Some(PASSWORD));
        assert_eq!(run.code, Some(2), "{host}{options}: {run:?}");
        assert_has(&run.stderr, &["cannot connect to the database", said]);
        assert!(!run.stderr.contains(PASSWORD), "{run:?}");
    }

    // The password, and that none is told.
    let options = "?sslmode=require&passfile=pgpass";
    let run = site.run("migrate", "localhost", options, None);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert_has(
        &run.stderr,
        &["the password file pgpass can be read by others"],
    );
    fs::set_permissions(site.project.path("pgpass"), Permissions::from_mode(0o600)).unwrap();
    let run = site.run("migrate", "localhost", options, None);
    assert_eq!(run.code, Some(0), "{run:?}");
    fs::copy(site.project.path("pgpass"), site.project.path(".pgpass")).unwrap();
    let run = site.run("status", "localhost", "", None);
    assert_eq!(run.code, Some(0), "{run:?}");
    let run = site.run("status", "localhost", "", Some("wrong-one"));
    assert_eq!(run.code, Some(2), "{run:?}");
    assert_has(&run.stderr, &["password authentication failed for user"]);
    assert!(!run.stderr.contains("wrong-one"), "{run:?}");
    let list = format!(
        "host=localhost port={} user=app dbname=app password=with space=1",
        site.port
    );
    let run = site.project.run_with(&["status", "--database-url", &list]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(!run.stderr.contains("space"), "{run:?}");

    // What it makes for itself is reached in the same way.
    let run = site.run(
        "repair",
        "localhost",
        "?sslmode=verify-full&sslrootcert=root.crt",
        None,
    );
    assert_eq!(run.code, Some(0), "{run:?}");
}
