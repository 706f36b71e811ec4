-- engine accepts: it runs it and sees
CREATE TABLE made (done bool);
CREATE FUNCTION make(name text) RETURNS bool LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TABLE %I ()', name);
    RETURN true;
END
$$;
INSERT INTO made SELECT make('stories');
