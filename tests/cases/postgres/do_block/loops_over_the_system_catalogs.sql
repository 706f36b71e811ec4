CREATE SCHEMA tales;
CREATE TABLE tales.a (id int);
CREATE TABLE tales."B c" (id int);
CREATE TABLE other (id int);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
DO $$
DECLARE
    r record;
    t text;
    names text[];
BEGIN
    FOR r IN SELECT schemaname, tablename FROM pg_tables WHERE schemaname = 'tales' ORDER BY tablename LOOP
        EXECUTE format('ALTER TABLE %I.%I ADD COLUMN touched timestamptz', r.schemaname, r.tablename);
    END LOOP;
    FOR t IN SELECT table_name FROM information_schema.tables WHERE table_schema = 'tales' LOOP
        EXECUTE 'CREATE TRIGGER touch BEFORE UPDATE ON tales.' || quote_ident(t) || ' FOR EACH ROW EXECUTE FUNCTION touch()';
    END LOOP;
    FOR r IN EXECUTE 'SELECT c.relname FROM pg_class c WHERE c.relnamespace = ''tales''::regnamespace AND c.relkind = $1' USING 'r' LOOP
        EXECUTE format('COMMENT ON TABLE tales.%I IS %L', r.relname, 'it''s ' || r.relname);
    END LOOP;
    SELECT array_agg(table_name::text) INTO names FROM information_schema.tables WHERE table_schema = 'tales' AND table_name <> 'a';
    FOREACH t IN ARRAY names LOOP
        EXECUTE format('CREATE INDEX ON tales.%I (id)', t);
    END LOOP;
    SELECT string_agg(format('ALTER TABLE tales.%I ALTER COLUMN id SET NOT NULL', tablename), ';') INTO t
        FROM pg_tables WHERE schemaname = 'tales';
    EXECUTE t;
END
$$;
