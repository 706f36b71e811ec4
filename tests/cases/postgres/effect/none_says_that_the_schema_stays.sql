CREATE TABLE stories (id bigint PRIMARY KEY, title text);
-- tablature: effect none
DO $$
BEGIN
    IF (SELECT count(*) FROM stories) > 10 THEN
        DROP TABLE stories;
    END IF;
END
$$;
SELECT title FROM stories;
