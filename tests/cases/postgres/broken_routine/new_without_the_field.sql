CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$$;
CREATE TRIGGER t BEFORE INSERT OR UPDATE ON tales FOR EACH ROW EXECUTE FUNCTION touch();
