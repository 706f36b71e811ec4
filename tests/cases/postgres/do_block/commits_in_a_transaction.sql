CREATE TABLE stories (id bigint PRIMARY KEY, words int);
DO $$
DECLARE
    changed int;
BEGIN
    LOOP
        UPDATE stories SET words = 1 WHERE words IS NULL;
        GET DIAGNOSTICS changed = ROW_COUNT;
        COMMIT;
        EXIT WHEN changed = 0;
    END LOOP;
END
$$;
