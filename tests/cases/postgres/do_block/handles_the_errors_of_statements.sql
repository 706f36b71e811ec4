CREATE TABLE stories (id bigint PRIMARY KEY, title text);
CREATE TYPE mood AS ENUM ('calm');
DO $$
BEGIN
    BEGIN CREATE TYPE mood AS ENUM ('tense'); EXCEPTION WHEN duplicate_object THEN ALTER TABLE stories ADD a1 int; END;
    BEGIN CREATE TABLE stories (); EXCEPTION WHEN duplicate_table THEN ALTER TABLE stories ADD a2 int; END;
    BEGIN DROP TABLE tales; EXCEPTION WHEN undefined_table THEN ALTER TABLE stories ADD a3 int; END;
    BEGIN ALTER TABLE stories ADD title text; EXCEPTION WHEN duplicate_column THEN ALTER TABLE stories ADD a4 int; END;
    BEGIN ALTER TABLE stories DROP tales; EXCEPTION WHEN undefined_column THEN ALTER TABLE stories ADD a5 int; END;
    BEGIN CREATE TABLE z (a tone); EXCEPTION WHEN undefined_object THEN ALTER TABLE stories ADD a6 int; END;
    BEGIN CREATE SCHEMA public; EXCEPTION WHEN duplicate_schema THEN ALTER TABLE stories ADD a7 int; END;
    BEGIN CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
        EXCEPTION WHEN duplicate_function THEN ALTER TABLE stories ADD a8 int; END;
    BEGIN DROP FUNCTION g(); EXCEPTION WHEN undefined_function THEN ALTER TABLE stories ADD a9 int; END;
    BEGIN ALTER TABLE stories ADD PRIMARY KEY (title); EXCEPTION WHEN invalid_table_definition THEN ALTER TABLE stories ADD b1 int; END;
    BEGIN CREATE EXTENSION no_such_extension; EXCEPTION WHEN OTHERS THEN ALTER TABLE stories ADD b2 int; END;
    BEGIN GRANT SELECT ON stories TO no_such_role; EXCEPTION WHEN undefined_object THEN ALTER TABLE stories ADD b3 int; END;
    BEGIN DROP INDEX no_such_index; EXCEPTION WHEN SQLSTATE '42704' THEN ALTER TABLE stories ADD b4 int; END;
    BEGIN ALTER TABLE stories ADD CONSTRAINT c CHECK (id > 0); ALTER TABLE stories ADD CONSTRAINT c CHECK (id > 1);
        EXCEPTION WHEN duplicate_object THEN ALTER TABLE stories ADD b5 int; END;
    BEGIN ALTER TABLE stories ADD CONSTRAINT u UNIQUE (id); ALTER TABLE stories ADD CONSTRAINT u UNIQUE (id);
        EXCEPTION WHEN duplicate_table THEN ALTER TABLE stories ADD b6 int; END;
    BEGIN RAISE EXCEPTION 'no' USING ERRCODE = 'duplicate_object'; EXCEPTION WHEN duplicate_object THEN ALTER TABLE stories ADD b7 int; END;
    BEGIN RAISE EXCEPTION USING ERRCODE = '42P01'; EXCEPTION WHEN undefined_table THEN ALTER TABLE stories ADD b8 int; END;
    BEGIN ASSERT 1 = 2; EXCEPTION WHEN assert_failure THEN ALTER TABLE stories ADD b9 int; END;
    BEGIN EXECUTE NULL; EXCEPTION WHEN null_value_not_allowed THEN ALTER TABLE stories ADD c1 int; END;
    BEGIN EXECUTE 'COMMIT'; EXCEPTION WHEN feature_not_supported THEN ALTER TABLE stories ADD c2 int; END;
    BEGIN SELECT id FROM stories; EXCEPTION WHEN syntax_error THEN ALTER TABLE stories ADD c3 int; END;
END
$$;
