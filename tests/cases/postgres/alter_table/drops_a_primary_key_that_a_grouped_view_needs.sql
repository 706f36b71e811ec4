CREATE TABLE users (id int PRIMARY KEY, name text);
CREATE VIEW counted AS SELECT id, name, count(*) FROM users GROUP BY id;
ALTER TABLE users DROP CONSTRAINT users_pkey;
