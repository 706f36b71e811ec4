-- tablature.toml: lints.fails_on_rows = "allow"
-- tablature.toml: lints.blocking_validation = "allow"
CREATE TABLE a (k integer);
CREATE RULE nothing AS ON INSERT TO a DO INSTEAD NOTHING;
INSERT INTO a VALUES (1);
ALTER TABLE a ADD COLUMN c integer NOT NULL;

CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TABLE b (k integer);
CREATE TRIGGER nothing BEFORE INSERT ON b FOR EACH ROW EXECUTE FUNCTION nothing();
INSERT INTO b VALUES (1);
ALTER TABLE b ADD COLUMN c integer NOT NULL;
