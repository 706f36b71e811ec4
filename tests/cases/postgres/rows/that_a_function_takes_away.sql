-- tablature.toml: lints.fails_on_rows = "allow"
-- tablature.toml: lints.blocking_validation = "allow"
CREATE TABLE a (k integer);
INSERT INTO a VALUES (1);
CREATE FUNCTION sweep() RETURNS void LANGUAGE sql AS 'DELETE FROM a';
SELECT sweep();
ALTER TABLE a ADD COLUMN c integer NOT NULL;
