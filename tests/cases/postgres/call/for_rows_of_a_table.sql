-- engine accepts: there are no rows
CREATE TABLE names (name text);
CREATE FUNCTION make(name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TABLE %I ()', name);
END
$$;
SELECT make(name) FROM names;
