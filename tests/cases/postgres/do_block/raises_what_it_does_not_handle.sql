CREATE TABLE stories (id bigint PRIMARY KEY);
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tablename = 'stories') THEN
        RAISE EXCEPTION 'there are stories already';
    END IF;
END
$$;
