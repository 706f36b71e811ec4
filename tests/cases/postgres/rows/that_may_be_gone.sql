-- tablature.toml: lints.fails_on_rows = "allow"
-- tablature.toml: lints.blocking_validation = "allow"
CREATE TABLE a (k integer);
INSERT INTO a VALUES (1);
DELETE FROM a;
ALTER TABLE a ADD COLUMN c integer NOT NULL;

CREATE TABLE b (k integer);
SAVEPOINT s;
INSERT INTO b VALUES (1);
ROLLBACK TO s;
ALTER TABLE b ADD COLUMN c integer NOT NULL;

CREATE TABLE d (k integer);
INSERT INTO d VALUES (1);
DO $$ BEGIN DELETE FROM d; END $$;
ALTER TABLE d ADD COLUMN c integer NOT NULL;

CREATE TABLE e (k integer);
INSERT INTO e VALUES (1);
WITH gone AS (DELETE FROM e RETURNING k) SELECT k FROM gone;
ALTER TABLE e ADD COLUMN c integer NOT NULL;

CREATE TABLE f (k integer);
INSERT INTO f SELECT 1 WHERE false;
ALTER TABLE f ADD COLUMN c integer NOT NULL;
