CREATE VIEW users AS SELECT 1 AS id;
CREATE TABLE posts (author int REFERENCES users (id));
