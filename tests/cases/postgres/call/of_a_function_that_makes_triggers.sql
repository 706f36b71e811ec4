CREATE SCHEMA audit;
CREATE TABLE stories (id bigint PRIMARY KEY);
CREATE TABLE tellers (id bigint PRIMARY KEY);
CREATE TABLE audit.tables (name text PRIMARY KEY, key text);
CREATE FUNCTION audit.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE FUNCTION audit.watch(schema_name text, table_name text, key text DEFAULT 'id', ignored text[] DEFAULT '{}') RETURNS void AS $$
DECLARE
    command text;
    known text;
BEGIN
    EXECUTE 'DROP TRIGGER IF EXISTS audit ON ' || schema_name || '.' || table_name;
    command = 'CREATE TRIGGER audit AFTER INSERT ON ' || schema_name || '.' || table_name || ' FOR EACH ROW EXECUTE FUNCTION audit.note();';
    EXECUTE command;
    SELECT name INTO known FROM audit.tables WHERE name = table_name;
    IF known IS NULL THEN
        INSERT INTO audit.tables VALUES (table_name, watch.key);
    END IF;
    EXECUTE format('COMMENT ON TABLE %I.%I IS %L', schema_name, table_name, 'audited by ' || key);
END
$$ LANGUAGE plpgsql;
SELECT audit.watch('public', 'stories');
SELECT audit.watch('public', table_name => 'tellers', key => 'name');
CREATE TABLE places (id int);
DO $$ DECLARE t text := 'places'; BEGIN PERFORM audit.watch('public', t); END $$;
CREATE TABLE hills (id int);
SELECT audit.watch('public', v.name) FROM (VALUES ('hills')) AS v (name);
