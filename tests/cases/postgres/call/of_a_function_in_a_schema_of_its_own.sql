CREATE SCHEMA app;
CREATE FUNCTION app.make() RETURNS void LANGUAGE plpgsql SET search_path = app AS $$
BEGIN
    EXECUTE 'CREATE TABLE made (id int)';
END
$$;
SELECT app.make();
CREATE TABLE made (id text);
