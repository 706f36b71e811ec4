//! Drifts that no script mends, and what is said of them.

use super::{populate, populated};
use crate::backend::{Backend, Synchronous};

const REFUSED: &[(&str, &[&str])] = &[
    (
        "ALTER TABLE posts ALTER title DROP NOT NULL; UPDATE posts SET title = NULL WHERE id = 2",
        &[
            "1 row of `posts` does not fit: column \"title\" of relation \"posts\" contains null values",
            "SELECT * FROM public.posts WHERE title IS NULL;",
        ],
    ),
    (
        "ALTER TABLE app.users DROP CONSTRAINT users_email_key; UPDATE app.users SET email = 'a@x'",
        &[
            "2 rows of `app.users` do not fit: could not create unique index",
            "SELECT * FROM app.users WHERE (email) IN (SELECT email FROM app.users GROUP BY email HAVING pg_catalog.count(*) > 1);",
        ],
    ),
    (
        "ALTER TABLE posts DROP CONSTRAINT posts_author_fkey; UPDATE posts SET author = 77 WHERE id < 3",
        &[
            "2 rows of `posts` do not fit: insert or update on table \"posts\" violates foreign key constraint",
            "NOT EXISTS (SELECT FROM app.users AS parent WHERE (parent.id) = (child.author));",
        ],
    ),
    (
        "ALTER TABLE app.users DROP CONSTRAINT has_at; UPDATE app.users SET email = 'none' WHERE id = 10",
        &["1 row of `app.users` does not fit: check constraint \"has_at\"", "WHERE NOT ("],
    ),
    (
        "DROP INDEX posts_by_title; UPDATE posts SET title = 'first', body = 'x' WHERE id = 3",
        &["2 rows of `posts` do not fit", "WHERE (lower(title)) IN (SELECT lower(title)"],
    ),
    (
        "ALTER TABLE app.users ALTER email TYPE text; UPDATE app.users SET email = repeat('a', 90) || '@' WHERE id = 10",
        &["values of `app.users.email` would become others in 1 row", "becomes 'aaaa"],
    ),
    (
        "ALTER TABLE app.users ALTER score TYPE text USING score::text; UPDATE app.users SET score = 'much' WHERE id = 10",
        &["the engine refuses to make column `app.users.score`: invalid input syntax for type numeric: \"much\""],
    ),
    (
        "ALTER TABLE app.users ALTER shout DROP EXPRESSION; UPDATE app.users SET shout = 'other' WHERE id = 10",
        &["values of `app.users.shout` would become others in 1 row: 'other' becomes 'ANN'"],
    ),
    (
        "ALTER TYPE app.mood ADD VALUE 'sad'",
        &["type `app.mood` is not mended by a script: PostgreSQL removes no value of an enum"],
    ),
    (
        "ALTER TYPE app.mood RENAME VALUE 'calm' TO 'quiet'",
        &["type `app.mood` is not mended by a script"],
    ),
    (
        "DROP TABLE logs; CREATE TABLE logs (id bigint NOT NULL, day date NOT NULL, line text, PRIMARY KEY (id, day))",
        &["table `logs` is not mended by a script: PostgreSQL changes no table into one that is partitioned"],
    ),
    (
        "CREATE SCHEMA other; CREATE VIEW other.v AS SELECT body FROM posts; ALTER TABLE posts ALTER at TYPE timestamp;
         CREATE VIEW other.w AS SELECT at FROM posts",
        &["the engine refuses to make column `posts.at`: cannot alter type of a column used by a view or rule"],
    ),
];

#[test]
fn what_cannot_be_mended_is_said() {
    if tablature_test_server::shared().is_none() {
        return;
    }
    let (mut database, migrations) = populated::<Synchronous>();
    for (drift, parts) in REFUSED {
        populate(&mut database, &migrations);
        database.run("DROP VIEW busy, authors; DROP MATERIALIZED VIEW titles");
        database.run(drift);
        let error = match database.repair(migrations.runner()) {
            Ok(repair) => panic!("{drift}\n{repair}"),
            Err(error) => error.to_string(),
        };
        for part in *parts {
            assert!(error.contains(part), "{drift}\n{error}");
        }
        // Nothing is told of what only stands on that.
        let told = error
            .lines()
            .filter(|it| it.starts_with("  ") && !it.starts_with("    "));
        assert!(told.count() <= 3, "{error}");
    }
}
