CREATE VIEW users AS SELECT 1 AS id;
CREATE TABLE users (id int);
