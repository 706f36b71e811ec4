CREATE VIEW users AS SELECT 1 AS id;
CREATE TABLE IF NOT EXISTS users (id int, nonsense int);
