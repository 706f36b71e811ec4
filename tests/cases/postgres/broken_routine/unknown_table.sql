CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE FUNCTION tell(name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tale (title) VALUES (name);
END
$$;
