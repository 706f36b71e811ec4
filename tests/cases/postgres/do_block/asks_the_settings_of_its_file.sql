SELECT set_config('tales.prefix', 'old_', false), set_config('tales.parts', '{a,b}', false);
SET tales.many = 'true';
DO $$
DECLARE
    prefix text := coalesce(current_setting('tales.prefix', true), 'new_');
    parts text[] := current_setting('tales.parts')::text[];
    part text;
BEGIN
    IF current_setting('tales.many')::boolean THEN
        FOREACH part IN ARRAY parts LOOP
            EXECUTE format('CREATE TABLE %I (id bigint)', prefix || part);
        END LOOP;
    END IF;
    PERFORM set_config('search_path', 'pg_catalog', false);
    CREATE TABLE public.last ();
END
$$;
-- file: 0002_next.sql
CREATE TABLE old_c (id bigint);
