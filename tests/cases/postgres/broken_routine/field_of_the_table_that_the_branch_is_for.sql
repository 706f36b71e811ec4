CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE TABLE authors (id integer, name text);
CREATE FUNCTION raise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'tales' THEN
        NEW.title := upper(NEW.title);
    ELSE
        NEW.name := upper(NEW.name);
    END IF;
    CASE TG_TABLE_NAME
        WHEN 'tales' THEN NEW.title := '';
        WHEN 'authors' THEN NEW.name := '';
    END CASE;
    IF TG_TABLE_NAME LIKE 'a%' THEN
        NEW.name := '';
        RETURN NEW;
    END IF;
    NEW.title := '';
    RETURN NEW;
END
$$;
CREATE TRIGGER t BEFORE INSERT OR UPDATE ON tales FOR EACH ROW EXECUTE FUNCTION raise();
CREATE TRIGGER t BEFORE INSERT OR UPDATE ON authors FOR EACH ROW EXECUTE FUNCTION raise();
