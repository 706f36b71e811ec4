-- engine accepts: it runs the block and sees
CREATE TABLE stories (id bigint PRIMARY KEY);
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM stories) THEN
        ALTER TABLE stories ADD COLUMN title text;
    END IF;
END
$$;
