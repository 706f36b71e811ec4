CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    n integer;
BEGIN
    CREATE TEMP TABLE found AS SELECT id FROM tales;
    SELECT count(*) INTO n FROM found;
    EXECUTE 'CREATE TEMP TABLE other (a integer)';
    INSERT INTO other VALUES (n);
END
$$;
