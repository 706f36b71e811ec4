CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW named AS SELECT * FROM users WHERE name = :n;
UPDATE users SET nam = :n;
