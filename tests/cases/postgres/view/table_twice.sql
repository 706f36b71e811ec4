CREATE TABLE users (id int);
CREATE VIEW v AS SELECT 1 AS a FROM users, users;
