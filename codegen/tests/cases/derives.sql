-- file: 0001_create.sql
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('a', 'b'))
);
CREATE TABLE posts (id INTEGER PRIMARY KEY);
CREATE VIEW ids AS SELECT id FROM posts;
-- file: tablature.toml
derive = ["serde::Serialize", "::std::fmt::Debug"]
[tables.users]
derive = ["crate::Describe", "serde::Serialize", "Eq"]
