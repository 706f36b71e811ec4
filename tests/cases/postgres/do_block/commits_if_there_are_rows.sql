-- engine accepts: there are no rows
CREATE TABLE stories (id bigint PRIMARY KEY, words int);
DO $$
DECLARE
    r record;
BEGIN
    FOR r IN SELECT id FROM stories LOOP
        UPDATE stories SET words = 1 WHERE id = r.id;
        COMMIT;
    END LOOP;
END
$$;
