CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE FUNCTION mood_of(int) RETURNS mood LANGUAGE sql IMMUTABLE AS $$ SELECT CASE $1 WHEN 1 THEN 'sad'::mood ELSE 'ok' END $$;
CREATE CAST (int AS mood) WITH FUNCTION mood_of(int) AS ASSIGNMENT;
CREATE CAST (varchar AS mood) WITH INOUT AS IMPLICIT;
CREATE TABLE t (m mood, v varchar);
INSERT INTO t (m) VALUES (1);
CREATE VIEW w AS SELECT 1::mood AS a, m = v AS b FROM t;
