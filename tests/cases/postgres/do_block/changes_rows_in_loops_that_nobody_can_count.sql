CREATE TABLE stories (id bigint PRIMARY KEY, words int);
DO $$
DECLARE
    r record;
    done int := 0;
    changed int;
BEGIN
    LOOP
        UPDATE stories SET words = 1 WHERE words IS NULL;
        GET DIAGNOSTICS changed = ROW_COUNT;
        EXIT WHEN changed = 0;
        done := done + 1;
    END LOOP;
    FOR r IN SELECT id FROM stories LOOP
        CONTINUE WHEN r.id = 7;
        EXECUTE format('UPDATE stories SET words = %L WHERE id = $1', 3) USING r.id;
        EXIT WHEN r.id > 100;
    END LOOP;
    ALTER TABLE stories ALTER COLUMN words SET DEFAULT 0;
END
$$;
