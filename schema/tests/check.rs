//! Whole runs: files in, diagnostics and a catalog out.

use tablature_schema::catalog::Catalog;
use tablature_schema::config::Level;
use tablature_schema::diagnostic::{Code, Severity};
use tablature_schema::directory::Directory;
use tablature_schema::render::{Style, report};
use tablature_schema::{Cause, Checked, Options, Reversal, Written, check};

fn run(files: &[(&str, &str)], options: &Options) -> Checked {
    let files = files.iter().map(|(name, text)| (*name, *text));
    check(Directory::from_files("migrations", files), options)
}

/// The code, the severity and `path:line:column` of every diagnostic.
fn found(checked: &Checked) -> Vec<(&'static str, Severity, String)> {
    checked
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let span = diagnostic.primary.span;
            let path = &checked.sources.file(span.file).path;
            let name = path.strip_prefix("migrations/").unwrap_or(path);
            let place = checked.sources.start(span);
            let place = format!("{name}:{}:{}", place.line, place.column);
            (diagnostic.code.name(), diagnostic.severity, place)
        })
        .collect()
}

fn findings(files: &[(&str, &str)]) -> Vec<(&'static str, Severity, String)> {
    found(&run(files, &Options::default()))
}

fn tables(catalog: &Catalog) -> Vec<&str> {
    let mut tables = catalog
        .sqlite()
        .expect("a directory on SQLite")
        .main()
        .tables();
    tables.retain(|table| table.is_declared());
    let mut names: Vec<&str> = tables.iter().map(|table| table.name.as_ref()).collect();
    names.sort_unstable();
    names
}

fn warning(name: &'static str, place: &str) -> (&'static str, Severity, String) {
    (name, Severity::Warning, place.to_owned())
}

fn error(name: &'static str, place: &str) -> (&'static str, Severity, String) {
    (name, Severity::Error, place.to_owned())
}

const USERS: &str = "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);";

#[test]
fn a_sound_history_is_accepted() {
    let checked = run(
        &[
            ("0001_users.up.sql", USERS),
            ("0001_users.down.sql", "DROP TABLE users;"),
            (
                "0002_posts.up.sql",
                "-- no-transaction\nCREATE TABLE posts (id INTEGER PRIMARY KEY);",
            ),
        ],
        &Options::default(),
    );
    assert_eq!(found(&checked), []);
    assert!(checked.accepted());
    assert_eq!(tables(&checked.catalog), ["posts", "users"]);
    let [users, posts] = checked.migrations.as_slice() else {
        panic!("{:?}", checked.migrations);
    };
    assert_eq!((users.version, users.name.as_str()), (1, "users"));
    assert!(users.up.transaction && !posts.up.transaction);
    assert_eq!(
        checked.sources.text(users.up.statements[0]),
        USERS.trim_end_matches(';')
    );
    let down = users.down.as_ref().unwrap();
    assert_eq!(checked.sources.text(down.statements[0]), "DROP TABLE users");
    assert_ne!(users.chain, posts.chain);
    assert_eq!(posts.up.checksums.len(), 1);
}

#[test]
fn all_mistakes_of_a_run_are_told_in_the_order_of_the_files() {
    assert_eq!(
        findings(&[
            (
                "0001_users.sql",
                "CREATE TABLE users (id INTEGER PRIMARY KEY;\nSELECT 'open;\n"
            ),
            ("0002_posts.sql", "CREATE TABLE posts (x);"),
            ("0003_drop.sql", "DROP TABLE missing;\nDROP INDEX missing;"),
            ("x.sql", ""),
        ]),
        [
            error("malformed_file_name", "x.sql:1:1"),
            error("syntax_error", "0001_users.sql:1:43"),
            error("illegal_token", "0001_users.sql:2:8"),
            error("unknown_table", "0003_drop.sql:1:12"),
            error("unknown_index", "0003_drop.sql:2:12"),
        ]
    );
}

#[test]
fn a_level_is_set_by_options_directive_configuration_and_default_in_this_order() {
    const DROP: &str = "DROP TABLE users;";
    const ALLOWED: &str = "-- tablature: allow(destructive) nobody reads it\nDROP TABLE users;";
    let outcome = |drop: &str, configuration: &str, level: Option<Level>| {
        let checked = run(
            &[
                ("0001_users.sql", USERS),
                ("0002_drop.sql", drop),
                ("tablature.toml", configuration),
            ],
            &Options {
                levels: level
                    .map(|level| (Code::Destructive, level))
                    .into_iter()
                    .collect(),
                ..Options::default()
            },
        );
        let severities: Vec<Severity> =
            checked.diagnostics.iter().map(|one| one.severity).collect();
        severities
    };
    const DENY: &str = "[lints]\ndestructive = 'deny'";
    assert_eq!(outcome(DROP, "", None), [Severity::Warning]);
    assert_eq!(outcome(DROP, DENY, None), [Severity::Error]);
    assert_eq!(outcome(ALLOWED, DENY, None), []);
    assert_eq!(outcome(ALLOWED, "", None), []);
    assert_eq!(outcome(ALLOWED, "", Some(Level::Deny)), [Severity::Error]);
    assert_eq!(outcome(DROP, DENY, Some(Level::Allow)), []);
}

#[test]
fn an_allow_is_about_the_next_statement_alone_and_must_be_needed() {
    assert_eq!(
        findings(&[
            ("0001_users.sql", "CREATE TABLE a (x); CREATE TABLE b (x);"),
            (
                "0002_drop.sql",
                "-- tablature: allow(destructive)\nDROP TABLE a;\nDROP TABLE b;\n-- tablature: allow(destructive)\nSELECT 1;",
            ),
        ]),
        [
            warning("destructive", "0002_drop.sql:3:12"),
            warning("unused_allow", "0002_drop.sql:4:21"),
        ]
    );
}

#[test]
fn an_unused_allow_is_not_claimed_of_a_rejected_history() {
    assert_eq!(
        findings(&[(
            "0001_users.sql",
            "-- tablature: allow(destructive)\nSELECT 1;\nDROP TABLE missing;"
        )]),
        [error("unknown_table", "0001_users.sql:3:12")]
    );
}

#[test]
fn an_unused_allow_can_be_allowed() {
    assert_eq!(
        findings(&[(
            "0001_users.sql",
            "-- tablature: allow(destructive, unused_allow)\nSELECT 1;"
        )]),
        []
    );
}

#[test]
fn a_down_file_must_restore_the_schema() {
    let notes = |up: &str, down: &str| -> Vec<String> {
        let checked = run(
            &[
                (
                    "0001_a.up.sql",
                    "CREATE TABLE t (a TEXT, b INT DEFAULT 1 CHECK (b > 0), UNIQUE (a)); CREATE INDEX i ON t (b); CREATE VIEW v AS SELECT a FROM t;",
                ),
                ("0002_b.up.sql", up),
                ("0002_b.down.sql", down),
            ],
            &Options {
                levels: vec![(Code::Destructive, Level::Allow)],
                ..Options::default()
            },
        );
        assert!(checked.accepted());
        let found = checked.diagnostics.into_iter();
        found
            .flat_map(|one| {
                assert_eq!(
                    (one.code, one.severity),
                    (Code::Irreversible, Severity::Warning)
                );
                one.notes
            })
            .collect()
    };
    assert!(notes("CREATE TABLE u (x)", "DROP TABLE u").is_empty());
    assert_eq!(
        notes("CREATE TABLE u (x); CREATE INDEX j ON u (x)", ""),
        ["table `u` was not there before"]
    );
    assert_eq!(notes("DROP INDEX i", "SELECT 1"), ["index `i` is missing"]);
    assert!(notes("DROP INDEX i", "create index \"i\" on [t] (B)").is_empty());
    assert_eq!(
        notes("DROP INDEX i", "CREATE UNIQUE INDEX i ON t (b)"),
        ["index `i` reads `create unique index i on t ( b )`, not `create index i on t ( b )`"]
    );
    assert_eq!(
        notes(
            "DROP VIEW v; DROP TABLE t;",
            "CREATE TABLE t (b INTEGER DEFAULT 2 NOT NULL CHECK (b > 0), a TEXT PRIMARY KEY)"
        ),
        [
            "column `b INT DEFAULT 1` of table `t` is `b INTEGER NOT NULL DEFAULT 2`",
            "the columns of table `t` are in the order b, a, not a, b",
            "table `t` lacks `UNIQUE (a)`",
            "table `t` still has `PRIMARY KEY (a)`",
            "view `v` is missing",
            "index `i` is missing",
        ]
    );
    assert_eq!(
        notes("ALTER TABLE t ADD COLUMN c REFERENCES t (a)", ""),
        [
            "column `c` of table `t` was not there before",
            "table `t` still has `FOREIGN KEY (c) REFERENCES t (a) ON DELETE NO ACTION ON UPDATE NO ACTION`",
        ]
    );
    assert_eq!(
        notes(
            "DROP VIEW v; DROP TABLE t;",
            "CREATE TABLE t (a TEXT, b INT DEFAULT 1, UNIQUE (a COLLATE NOCASE) ON CONFLICT IGNORE, CHECK (b > 0)); \
             CREATE INDEX i ON t (b); CREATE VIEW v AS SELECT a FROM t;"
        ),
        [
            "table `t` lacks `UNIQUE (a)`",
            "table `t` still has `UNIQUE (a COLLATE nocase) ON CONFLICT IGNORE`",
        ]
    );
    assert_eq!(
        notes(
            "CREATE TABLE u (a REFERENCES t (a)); CREATE TRIGGER r AFTER DELETE ON t BEGIN SELECT 1; END",
            "DROP TABLE u"
        ),
        ["trigger `r` was not there before"]
    );
    assert!(
        notes(
            "DROP VIEW v; DROP TABLE t;",
            "CREATE TABLE t (a TEXT, b INT DEFAULT 1, CHECK (b > 0), CONSTRAINT one UNIQUE (A) ON CONFLICT ABORT); \
             CREATE VIEW v AS SELECT a FROM t; CREATE INDEX i ON t (b);"
        )
        .is_empty()
    );
    assert_eq!(
        notes("DROP VIEW v; CREATE TABLE v (a TEXT)", ""),
        ["table `v` is there instead of view `v`"]
    );
    assert_eq!(
        notes("DROP VIEW v;", "CREATE VIEW v AS SELECT b FROM t"),
        ["view `v` reads `… select b from t`, not `… select a from t`"]
    );
}

#[test]
fn what_going_back_loses_is_known() {
    let checked = run(
        &[
            ("0001_a.up.sql", "CREATE TABLE t (a, b);"),
            ("0001_a.down.sql", "DROP TABLE t;"),
            (
                "0002_b.up.sql",
                "ALTER TABLE t RENAME TO u;\nALTER TABLE u DROP COLUMN b;\nALTER TABLE u ADD COLUMN c;",
            ),
            (
                "0002_b.down.sql",
                "ALTER TABLE u DROP COLUMN c;\nALTER TABLE u ADD COLUMN b;\nALTER TABLE u RENAME TO t;",
            ),
            ("0003_c.up.sql", "SELECT 1;"),
            (
                "0003_c.down.sql",
                "DELETE FROM u WHERE a;\nCREATE VIEW v AS SELECT a FROM u;",
            ),
            ("0004_d.up.sql", "SELECT 1;"),
            ("0004_d.down.sql", "DROP TABLE missing;"),
            ("0005_e.up.sql", "SELECT 1;"),
        ],
        &Options::default(),
    );
    let loss = |table: &str, columns: &[&str], written, cause, place: &str| {
        let columns: Vec<String> = columns.iter().map(|name| (*name).to_owned()).collect();
        (table.to_owned(), columns, written, cause, place.to_owned())
    };
    let losses = |losses: &[tablature_schema::Loss]| {
        let losses = losses.iter().map(|loss| {
            let columns = loss.columns.iter().map(|name| name.to_string()).collect();
            let start = checked.sources.start(loss.span);
            let file = &checked.sources.file(loss.span.file).path["migrations/".len()..];
            let place = format!("{file}:{}:{}", start.line, start.column);
            (
                loss.table.to_string(),
                columns,
                loss.written,
                loss.cause,
                place,
            )
        });
        losses.collect::<Vec<_>>()
    };
    let reversal = |position: usize| checked.migrations[position].reversal.as_ref();
    let Some(Reversal::Restores { losses: found }) = reversal(0) else {
        panic!("{:?}", reversal(0));
    };
    assert_eq!(
        losses(found),
        [loss(
            "t",
            &[],
            Written::Since,
            Cause::Dropped,
            "0001_a.down.sql:1:12"
        )]
    );
    let Some(Reversal::Restores { losses: found }) = reversal(1) else {
        panic!("{:?}", reversal(1));
    };
    assert_eq!(
        losses(found),
        [
            loss(
                "t",
                &["b"],
                Written::Before,
                Cause::Dropped,
                "0002_b.up.sql:2:27"
            ),
            loss(
                "u",
                &["c"],
                Written::Since,
                Cause::Dropped,
                "0002_b.down.sql:1:27"
            ),
        ]
    );
    let Some(Reversal::Differs {
        differences,
        losses: found,
    }) = reversal(2)
    else {
        panic!("{:?}", reversal(2));
    };
    assert_eq!(differences.as_slice(), ["view `v` was not there before"]);
    assert_eq!(
        losses(found),
        [loss(
            "u",
            &[],
            Written::Since,
            Cause::Deleted,
            "0003_c.down.sql:1:13"
        )]
    );
    assert_eq!(
        reversal(3),
        Some(&Reversal::Fails {
            reason: "no table `missing` exists at this point".to_owned()
        })
    );
    assert_eq!(reversal(4), None);
}

/// What is not proven to come back of `t`, on a table that keeps its rows elsewhere too.
fn unproven(up: &str, down: &str) -> Vec<String> {
    let checked = run(
        &[
            (
                "0001_t.up.sql",
                "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);\nCREATE TABLE kept (id INTEGER, a TEXT, b TEXT);",
            ),
            ("0001_t.down.sql", "DROP TABLE kept;\nDROP TABLE t;"),
            ("0002_change.up.sql", up),
            ("0002_change.down.sql", down),
        ],
        &Options::default(),
    );
    assert!(checked.accepted(), "{:?}", found(&checked));
    let Some(Reversal::Restores { losses }) = &checked.migrations[1].reversal else {
        return vec![format!("{:?}", checked.migrations[1].reversal)];
    };
    let older = losses.iter().filter(|loss| loss.written == Written::Before);
    older
        .map(|loss| match loss.cause {
            Cause::Replaced => format!("not proven: {loss}"),
            Cause::Dropped | Cause::Deleted | Cause::Overwritten => format!("lost: {loss}"),
        })
        .collect()
}

#[test]
fn data_that_is_read_from_where_it_was_kept_is_proven_to_come_back() {
    for (up, down) in [
        (
            "INSERT INTO kept SELECT * FROM t; DELETE FROM t;",
            "INSERT INTO t SELECT * FROM kept;",
        ),
        (
            "INSERT INTO kept SELECT id, a, b FROM t; DELETE FROM t WHERE a = 'x';",
            "INSERT OR IGNORE INTO t (id, a, b) SELECT id, a, b FROM kept;",
        ),
        (
            "INSERT INTO kept (id, a) SELECT id, a FROM t; UPDATE t SET a = upper(a);",
            "UPDATE t SET a = (SELECT kept.a FROM kept WHERE kept.id = t.id);",
        ),
        (
            "INSERT INTO kept SELECT * FROM t; UPDATE t SET a = 'x';",
            "UPDATE t SET a = kept.a FROM kept WHERE kept.id = t.id;",
        ),
        (
            "ALTER TABLE t ADD COLUMN c TEXT; UPDATE t SET c = b; ALTER TABLE t DROP COLUMN b;",
            "ALTER TABLE t ADD COLUMN b TEXT; UPDATE t SET b = c; ALTER TABLE t DROP COLUMN c;",
        ),
        (
            "INSERT INTO kept SELECT * FROM t; DROP TABLE t;",
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT); INSERT INTO t SELECT * FROM kept;",
        ),
        (
            "INSERT INTO kept SELECT * FROM t;",
            "DELETE FROM t; INSERT INTO t SELECT * FROM kept;",
        ),
    ] {
        assert_eq!(unproven(up, down), Vec::<String>::new(), "{up} {down}");
    }
}

#[test]
fn data_in_the_place_of_which_something_is_written_is_not_proven_to_come_back() {
    let rows = "not proven: rows of table `t`";
    let a = "not proven: the values of column `a` of table `t`";
    let b = "not proven: the values of column `b` of table `t`";
    for (up, down, expected) in [
        (
            "DELETE FROM t WHERE a = 'x';",
            "INSERT INTO t (a) VALUES ('x');",
            rows,
        ),
        ("DELETE FROM t;", "INSERT INTO t SELECT * FROM kept;", rows),
        (
            "UPDATE t SET a = 'y' WHERE a = 'x';",
            "UPDATE t SET a = 'x' WHERE a = 'y';",
            a,
        ),
        (
            "UPDATE t SET a = upper(a);",
            "UPDATE t SET a = lower(a);",
            a,
        ),
        (
            "INSERT INTO kept (id, a) SELECT id, a FROM t; UPDATE t SET a = 'x';",
            "UPDATE t SET a = 'y' WHERE id IN (SELECT 1);",
            a,
        ),
        // Copied only after it was overwritten.
        (
            "UPDATE t SET a = 'x'; INSERT INTO kept (id, a) SELECT id, a FROM t;",
            "UPDATE t SET a = (SELECT kept.a FROM kept WHERE kept.id = t.id);",
            a,
        ),
        // Another column is kept.
        (
            "INSERT INTO kept (id, b) SELECT id, b FROM t; UPDATE t SET a = 'x';",
            "UPDATE t SET a = (SELECT kept.b FROM kept WHERE kept.id = t.id);",
            a,
        ),
        (
            "ALTER TABLE t DROP COLUMN b;",
            "ALTER TABLE t ADD COLUMN b TEXT; UPDATE t SET b = substr(a, 1, 1);",
            b,
        ),
        (
            "UPDATE t SET a = b; ALTER TABLE t DROP COLUMN b;",
            "ALTER TABLE t ADD COLUMN b TEXT; UPDATE t SET b = upper('x');",
            "not proven: the values of column `b` of table `t`",
        ),
        (
            "DROP TABLE t;",
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT); INSERT INTO t SELECT * FROM kept;",
            rows,
        ),
        (
            "SELECT 1;",
            "DELETE FROM t; INSERT INTO t (a) VALUES ('x');",
            rows,
        ),
    ] {
        let found = unproven(up, down);
        assert!(
            found.iter().any(|it| it == expected),
            "{up} {down}: {found:?}"
        );
    }
}

#[test]
fn a_down_file_that_fails_is_told_with_its_cause_and_the_migrations_are_accepted() {
    let checked = run(
        &[
            ("0001_users.up.sql", USERS),
            (
                "0001_users.down.sql",
                "DROP TABLE users;\nDROP INDEX missing;\nSELEC 1;",
            ),
        ],
        &Options::default(),
    );
    assert!(checked.accepted());
    assert_eq!(
        found(&checked),
        [
            warning("irreversible", "0001_users.down.sql:2:12"),
            warning("irreversible", "0001_users.down.sql:3:1"),
        ]
    );
    assert!(
        checked.diagnostics[0]
            .message
            .starts_with("the down file fails: ")
    );
}

#[test]
fn what_a_lint_says_of_growing_schemas_is_not_said_of_down_files() {
    assert_eq!(
        findings(&[
            ("0001_users.up.sql", USERS),
            ("0001_users.down.sql", "DROP TABLE users;"),
        ]),
        []
    );
}

#[test]
fn replay_stops_where_files_are_missing_and_the_grammar_of_the_rest_is_checked() {
    let checked = run(
        &[
            ("0001_users.sql", USERS),
            ("2-posts.sql", "CREATE TABLE posts (x);"),
            (
                "0003_more.sql",
                "ALTER TABLE posts ADD COLUMN y;\nCREATE TABEL z (x);",
            ),
        ],
        &Options::default(),
    );
    assert_eq!(
        found(&checked),
        [
            error("malformed_file_name", "2-posts.sql:1:1"),
            error("syntax_error", "0003_more.sql:2:8"),
        ]
    );
    assert_eq!(tables(&checked.catalog), ["users"]);
}

#[test]
fn until_stops_after_a_version() {
    let files = [
        ("0001_users.sql", USERS),
        ("0002_drop.sql", "DROP TABLE users; DROP TABLE x;"),
    ];
    let until = |until| {
        let options = Options {
            until: Some(until),
            ..Options::default()
        };
        run(&files, &options)
    };
    assert_eq!(tables(&until(0).catalog), [""; 0]);
    assert_eq!(tables(&until(1).catalog), ["users"]);
    assert_eq!(found(&until(1)), []);
    assert_eq!(until(1).migrations.len(), 2);
    assert!(!until(2).accepted());
}

#[test]
fn a_run_gives_the_same_every_time() {
    let files = [
        (
            "0001_users.sql",
            "CREATE TABLE users (id, id); CREATE VIEW v AS SELECT * FROM missing;",
        ),
        (
            "0002_x.sql",
            "DROP TABLE a; DROP TABLE b; DROP VIEW c; CREATE TABLE users (x)",
        ),
    ];
    let text = || {
        let checked = run(&files, &Options::default());
        report(&checked.sources, &checked.diagnostics, Style::Plain)
    };
    assert_eq!(text(), text());
}

/// Runs one file and returns the codes, each once, and the rendered report.
fn one_file(bytes: impl Into<Vec<u8>>) -> (Vec<Code>, String) {
    let directory = Directory::from_files("migrations", [("0001_a.sql", bytes.into())]);
    let checked = check(directory, &Options::default());
    let mut codes: Vec<Code> = checked.diagnostics.iter().map(|one| one.code).collect();
    codes.dedup();
    (
        codes,
        report(&checked.sources, &checked.diagnostics, Style::Plain),
    )
}

#[test]
fn bytes_of_any_kind_end_in_clear_errors() {
    assert_eq!(one_file(*b"SELECT '\xff';").0, [Code::NotUtf8]);
    assert_eq!(one_file("\u{feff}SELECT 1;\r\n").0, []);
    assert_eq!(one_file("SELECT 'a").0, [Code::IllegalToken]);
    assert_eq!(one_file("SELECT 1 /* open").0, [Code::UnclosedComment]);
    assert_eq!(one_file("SELECT \0 1").0.len(), 1);
    assert_eq!(one_file("").0, [Code::EmptyMigration]);
    assert_eq!(one_file("\u{feff}").0, [Code::EmptyMigration]);
}

#[test]
fn a_file_of_thousands_of_mistakes_is_given_up() {
    let checked = run(
        &[
            ("0001_a.sql", "x;".repeat(50_000).as_str()),
            ("0002_b.sql", "y"),
        ],
        &Options::default(),
    );
    assert_eq!(checked.diagnostics.len(), 1_002);
    assert_eq!(checked.diagnostics[1_000].code, Code::LimitExceeded);
    assert_eq!(checked.diagnostics[1_001].code, Code::SyntaxError);
}

#[test]
fn deep_and_long_expressions_end_in_clear_errors() {
    let repeated = |times: usize, open: &str, close: &str| {
        format!("SELECT {}1{}", open.repeat(times), close.repeat(times))
    };
    let mut texts = vec![
        repeated(100_000, "(", ")"),
        repeated(100_000, "NOT ", ""),
        repeated(100_000, "1 + ", ""),
    ];
    let nested = |open: &str, close: &str| repeated(4_000, open, close);
    texts.extend([
        nested("(SELECT ", ")"),
        nested("abs(", ")"),
        nested("CASE WHEN 1 THEN ", " END"),
        nested("- ", ""),
        nested("1 AND ", ""),
        nested("1 || ", ""),
        nested("", " COLLATE nocase"),
        nested("", " IS NULL"),
        nested("", " UNION SELECT 1"),
        nested("", ", 1"),
        nested("", " -> 1"),
        format!("SELECT {}", "(".repeat(4_000)),
        format!("SELECT 1 IN ({}", "(".repeat(4_000)),
        format!(
            "CREATE TABLE t (a CHECK ({}1{}))",
            "(".repeat(4_000),
            ")".repeat(4_000)
        ),
        format!("SELECT * FROM {}t{}", "(".repeat(4_000), ")".repeat(4_000)),
        format!("WITH {} SELECT 1", "a AS (SELECT 1),".repeat(4_000)),
        format!("SELECT * FROM a {}", "JOIN a ".repeat(4_000)),
    ]);
    for text in texts {
        let (codes, report) = one_file(text.as_str());
        let start: String = text.chars().take(40).collect();
        assert!(!codes.is_empty(), "{start}");
        assert!(report.len() < 60_000, "{start}: {}", report.len());
    }
}

#[test]
fn a_file_that_is_not_utf8_is_one_mistake() {
    let garbled = Directory::from_files(
        "migrations",
        [
            ("1_a.sql", b"CR\xff\xfeATE TABLE a (x);".to_vec()),
            (
                "2_b.sql",
                b"ALTER TABLE a ADD COLUMN y; INSERT INTO a (y) VALUES (1);".to_vec(),
            ),
        ],
    );
    let codes: Vec<Code> = check(garbled, &Options::default())
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect();
    assert_eq!(codes, [Code::NotUtf8]);
}

#[test]
fn all_files_of_a_repeated_number_are_replayed_and_the_number_is_the_one_mistake() {
    let files = [
        ("0001_users.sql", USERS),
        (
            "0002_posts.sql",
            "CREATE TABLE posts (id INTEGER PRIMARY KEY);",
        ),
        ("0002_names.sql", "ALTER TABLE users ADD COLUMN name TEXT;"),
        ("0003_index.sql", "CREATE INDEX by_name ON users (name);"),
    ];
    let checked = run(&files, &Options::default());
    assert_eq!(tables(&checked.catalog), ["posts", "users"]);
    let codes = |checked: &Checked| -> Vec<&str> {
        let found = checked.diagnostics.iter();
        found.map(|diagnostic| diagnostic.code.name()).collect()
    };
    assert_eq!(codes(&checked), ["duplicate_version"]);

    // One that does not go with the other may be meant to come later.
    let files = [
        ("0001_users.sql", USERS),
        ("0002_a.sql", "CREATE TABLE posts (id INTEGER PRIMARY KEY);"),
        (
            "0002_b.sql",
            "CREATE TABLE posts (id INTEGER PRIMARY KEY); SELEC 1;",
        ),
        ("0003_c.sql", "DROP TABLE posts; DROP TABLE tags;"),
    ];
    let checked = run(&files, &Options::default());
    assert_eq!(codes(&checked), ["duplicate_version"]);
}

#[test]
fn a_table_keeps_what_can_be_read_of_it() {
    let create = "CREATE TABLE users (id INTEGER PRIMARY KEY, age BIGINT(20) UNSIGNED NOT NULL, name TEXT NOT NULL);";
    let insert =
        "INSERT INTO users (id, nick) VALUES (1, 'a'); CREATE INDEX by_nick ON users (nick);";
    let checked = run(
        &[("0001_a.sql", create), ("0002_b.sql", insert)],
        &Options::default(),
    );
    assert_eq!(found(&checked), [error("syntax_error", "0001_a.sql:1:60")]);
    let tables = checked.catalog.sqlite().unwrap().main().tables();
    let users: Vec<_> = tables
        .iter()
        .filter(|table| &*table.name == "users")
        .collect();
    let names: Vec<&str> = users[0]
        .columns
        .iter()
        .map(|column| column.name.as_ref())
        .collect();
    assert_eq!(names, ["id", "age", "name"]);
}

#[test]
fn a_definition_that_cannot_be_read_takes_no_time() {
    let mut create = "CREATE TABLE t (a".to_owned();
    create.push_str(&" NOT NUL (((".repeat(3_000));
    create.push_str(&", b TEXT DEFALT".repeat(1_000));
    let checked = run(&[("0001_a.sql", &create)], &Options::default());
    assert!(!checked.accepted());
}

#[test]
fn mistakes_that_are_too_many_leave_the_next_file_as_it_is() {
    let values: Vec<String> = (0..1_200).map(|number| format!("(no{number})")).collect();
    let first = format!(
        "CREATE TABLE t (a);\nINSERT INTO t VALUES {};\nALTER TABLE t ADD COLUMN no1100;",
        values.join(", ")
    );
    let second = "SELECT b FROM t;\nALTER TABLE t ADD COLUMN b;".to_owned();
    let files = [("1_first.sql", first), ("2_second.sql", second)];
    let checked = check(
        Directory::from_files("migrations", files),
        &Options::default(),
    );
    let told: Vec<&str> = checked
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.message.as_str())
        .collect();
    assert_eq!(told.len(), 1_002, "{:?}", told.get(1_000..));
    assert_eq!(
        told.iter()
            .filter(|told| told.contains("column `no"))
            .count(),
        1_000
    );
    let last = &checked.diagnostics[1_001];
    assert!(last.message.contains("column `b`"), "{}", last.message);
    assert_eq!(last.secondary.len(), 1);
    assert_eq!(
        checked.sources.text(last.secondary[0].span),
        "b",
        "the place where it is added"
    );
}
