CREATE SCHEMA app;
CREATE TABLE app.tales (id integer);
CREATE FUNCTION sweep() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM tales;
END
$$;
CREATE FUNCTION sweep_here() RETURNS void SET search_path = public LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM tales;
END
$$;
