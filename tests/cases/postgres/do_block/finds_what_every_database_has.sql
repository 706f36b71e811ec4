DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_proc WHERE proname = 'gen_random_uuid') THEN
        CREATE EXTENSION pgcrypto;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'jsonb') THEN
        CREATE TABLE no_1 ();
    END IF;
    IF NOT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name = 'pg_class') THEN
        CREATE TABLE no_2 ();
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'plpgsql') THEN
        CREATE TABLE no_3 ();
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_language WHERE lanname = 'sql') THEN
        CREATE TABLE no_4 ();
    END IF;
    IF to_regclass('pg_catalog.pg_class') IS NULL OR to_regtype('integer') IS NULL THEN
        CREATE TABLE no_5 ();
    END IF;
    CREATE TABLE yes (id uuid DEFAULT gen_random_uuid());
END
$$;
