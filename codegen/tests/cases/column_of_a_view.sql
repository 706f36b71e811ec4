CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL, age INT, joined DATETIME NOT NULL);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id), title TEXT NOT NULL) STRICT;
CREATE VIEW authors AS
    SELECT users.id, email, title, count(*) AS posts, joined, CAST(age AS TEXT) AS age_text, 1 + 1, users.id AS id
    FROM users LEFT JOIN posts ON posts.author = users.id
    GROUP BY users.id;
CREATE VIEW named (a, b) AS SELECT id, title FROM posts;
