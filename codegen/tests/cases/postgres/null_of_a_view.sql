-- file: tablature.toml
dialect = "postgres"
-- file: 0001_create.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, nick text);
CREATE TABLE posts (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id), body text NOT NULL);
CREATE VIEW plain AS SELECT u.id, u.email, u.nick, coalesce(u.nick, u.email) AS shown, p.body
FROM users u JOIN posts p ON p.user_id = u.id;
CREATE VIEW outer_join AS SELECT u.id, p.body, p.user_id, coalesce(p.body, '-') AS text FROM users u LEFT JOIN posts p ON p.user_id = u.id;
CREATE VIEW counted AS SELECT u.email, count(*) AS posts, max(p.id) AS last, sum(p.id) AS total
FROM users u JOIN posts p ON p.user_id = u.id GROUP BY u.email;
CREATE VIEW union_all AS SELECT email FROM users UNION ALL SELECT nick FROM users;
CREATE VIEW through AS SELECT email AS address, posts FROM counted;
CREATE VIEW rolled AS SELECT email, count(*) AS n, 1 AS one FROM users GROUP BY ROLLUP (email);
CREATE MATERIALIZED VIEW kept AS SELECT email, count(*) AS n FROM users GROUP BY email;
