//! Which migrations only add to a PostgreSQL schema: what an older program did goes on after those that are said to.

use postgres::NoTls;
use std::path::Path;
use tablature_schema::Compatibility;
use tablature_test_server::shared;
use tablature_tests::case::Case;

/// The schema that an older program knows.
const BEFORE: &str = "CREATE SCHEMA old;
    CREATE TYPE mood AS ENUM ('merry');
    CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
    CREATE TABLE users (id integer PRIMARY KEY, name text, mood mood DEFAULT 'merry');
    CREATE TABLE posts (id integer PRIMARY KEY, author integer REFERENCES users, title text);
    CREATE TABLE logs (line text);
    CREATE VIEW names AS SELECT name FROM users;
    CREATE FUNCTION count_posts() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM posts';";

/// What it does.
const OLDER: &str = "INSERT INTO users (id, name) VALUES (7, 'a'), (8, NULL);
    INSERT INTO posts (id, author, title) VALUES (1, 7, 'b');
    INSERT INTO logs (line) VALUES (repeat('c', 100));
    UPDATE users SET name = 'd' WHERE id = 8;
    UPDATE posts SET title = NULL;
    DELETE FROM posts;
    DELETE FROM users WHERE id = 8;
    SELECT users.name, posts.title FROM users LEFT JOIN posts ON posts.author = users.id;
    SELECT name FROM names;
    SELECT count_posts();";

const ADDITIVE: &[&str] = &[
    "CREATE TABLE teams (id integer PRIMARY KEY, lead integer REFERENCES users)",
    "CREATE TABLE teams (id integer); INSERT INTO teams VALUES (1); UPDATE teams SET id = 2; DELETE FROM teams",
    "CREATE TABLE teams (id integer); ALTER TABLE teams ADD UNIQUE (id); CREATE UNIQUE INDEX i ON teams (id); DROP TABLE teams",
    "CREATE VIEW titles AS SELECT title FROM posts",
    "CREATE MATERIALIZED VIEW titles AS SELECT title FROM posts",
    "CREATE SEQUENCE numbers; CREATE SCHEMA newer; CREATE TABLE newer.teams (id integer)",
    "CREATE FUNCTION newest() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "CREATE INDEX users_by_name ON users (name)",
    "CREATE INDEX users_by_name ON users (name) WHERE name IS NOT NULL",
    "ALTER TABLE users ADD COLUMN mail text",
    "ALTER TABLE users ADD COLUMN visits integer NOT NULL DEFAULT 0, ADD COLUMN since timestamptz DEFAULT now()",
    "ALTER TABLE users ADD COLUMN number integer GENERATED ALWAYS AS IDENTITY",
    "ALTER TYPE mood ADD VALUE 'grim'",
    "COMMENT ON TABLE users IS 'x'; GRANT SELECT ON users TO PUBLIC",
];

const BREAKING: &[&str] = &[
    "DROP TABLE logs",
    "DROP VIEW names",
    "DROP FUNCTION count_posts()",
    "ALTER TABLE posts DROP COLUMN title",
    "ALTER TABLE users RENAME COLUMN name TO title",
    "ALTER TABLE users RENAME TO people",
    "ALTER TABLE logs SET SCHEMA old",
    "ALTER TABLE users ADD COLUMN mail text NOT NULL",
    "ALTER TABLE users ADD COLUMN mail text UNIQUE",
    "ALTER TABLE users ADD COLUMN age integer DEFAULT 1 CHECK (age > 0)",
    "ALTER TABLE users ADD COLUMN age positive",
    "ALTER TABLE users ADD COLUMN twice integer GENERATED ALWAYS AS (id * 2) STORED",
    "ALTER TABLE posts ADD COLUMN name text",
    "ALTER TABLE users ALTER COLUMN id TYPE bigint",
    "ALTER TABLE users ALTER COLUMN name SET NOT NULL",
    "ALTER TABLE users ALTER COLUMN mood DROP DEFAULT",
    "ALTER TABLE users ADD CHECK (name <> '')",
    "ALTER TABLE posts DROP CONSTRAINT posts_author_fkey",
    "CREATE UNIQUE INDEX users_by_name ON users (name)",
    "CREATE INDEX users_by_length ON users ((1 / length(name)))",
    "CREATE FUNCTION count_posts(integer) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
    "CREATE OR REPLACE FUNCTION count_posts() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
    "CREATE OR REPLACE VIEW names AS SELECT upper(name) AS name FROM users",
    "CREATE TABLE old.users (id integer)",
    "CREATE TABLE more (extra text) INHERITS (logs)",
    "CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION t()",
    "CREATE RULE r AS ON INSERT TO users DO INSTEAD NOTHING",
    "CREATE POLICY p ON users USING (true)",
    "ALTER TABLE users ENABLE ROW LEVEL SECURITY",
    "INSERT INTO users (id) VALUES (1)",
    "UPDATE users SET name = 'x'",
    "DELETE FROM logs",
    "TRUNCATE logs",
    "CREATE TABLE teams (id integer); WITH gone AS (DELETE FROM logs RETURNING line) INSERT INTO teams SELECT 1 FROM gone",
    "CREATE TABLE teams AS SELECT count_posts()",
    "ALTER TYPE mood RENAME VALUE 'merry' TO 'grim'",
    "REVOKE ALL ON users FROM PUBLIC",
    "DO $$ BEGIN DELETE FROM logs; END $$",
    "ALTER DOMAIN positive DROP CONSTRAINT positive_check",
];

#[test]
fn what_only_adds_is_not_noticed_by_what_was_done_before() {
    for statements in ADDITIVE {
        assert_eq!(judged(statements), Compatibility::Additive, "{statements}");
    }
    let Some(server) = shared() else {
        return;
    };
    let database = server.database();
    let mut client = database.config().connect(NoTls).expect("a connection");
    let before = format!("BEGIN; {BEFORE}");
    for statements in ADDITIVE {
        let done = client
            .batch_execute(&before)
            .and_then(|()| client.batch_execute(statements))
            .and_then(|()| client.batch_execute(OLDER));
        assert!(done.is_ok(), "{statements}: {done:?}");
        client.batch_execute("ROLLBACK").expect("nothing stays");
    }
}

#[test]
fn what_does_more_is_said_to() {
    for statements in BREAKING {
        let found = judged(statements);
        assert_ne!(found, Compatibility::Additive, "{statements}");
    }
}

/// What a migration after the older program's is said to be.
fn judged(statements: &str) -> Compatibility {
    let text = format!(
        "-- tablature.toml: dialect = \"postgres\"\n-- file: 0001_before.sql\n{BEFORE}\n-- file: 0002_after.sql\n{statements};\n"
    );
    let checked = Case::new(Path::new("example.sql"), &text).check();
    assert!(
        checked.accepted(),
        "{statements}: {:?}",
        checked.diagnostics
    );
    let last = checked.migrations.last();
    last.map(|it| it.compatibility.clone()).unwrap_or_default()
}
