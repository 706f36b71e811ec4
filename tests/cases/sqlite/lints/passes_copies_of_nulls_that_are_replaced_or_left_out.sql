-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT, kind TEXT);
-- file: 0002_rebuild.sql
CREATE TABLE new_users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL ON CONFLICT IGNORE,
    email TEXT NOT NULL ON CONFLICT REPLACE DEFAULT '',
    kind TEXT NOT NULL DEFAULT 'user'
);
INSERT INTO new_users (id, name, email) SELECT id, name, email FROM users;
INSERT OR REPLACE INTO new_users (id, name, email, kind) SELECT id, 'x', email, kind FROM users;
INSERT OR IGNORE INTO new_users (id, name, email, kind) SELECT id, 'x', email, kind FROM users;
