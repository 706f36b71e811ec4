-- engine accepts: it runs the block, not the comment
CREATE TABLE stories (id bigint PRIMARY KEY);
-- tablature: effect INSERT INTO stories VALUES (1)
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM stories) THEN
        ALTER TABLE stories ADD COLUMN title text;
    END IF;
END
$$;
