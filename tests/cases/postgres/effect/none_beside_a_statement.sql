-- engine accepts: it runs the block, not the comment
CREATE TABLE stories (id bigint PRIMARY KEY);
-- tablature: effect none
-- tablature: effect DROP TABLE stories
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM stories) THEN
        DROP TABLE stories;
    END IF;
END
$$;
