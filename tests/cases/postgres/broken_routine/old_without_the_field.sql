CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.titel <> NEW.title THEN
        RAISE NOTICE 'retitled';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER t BEFORE INSERT OR UPDATE ON tales FOR EACH ROW EXECUTE FUNCTION touch();
