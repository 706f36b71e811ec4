CREATE TABLE notes (id int, body text);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER touched BEFORE UPDATE OF body ON notes FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE notes ALTER body TYPE varchar(200);
