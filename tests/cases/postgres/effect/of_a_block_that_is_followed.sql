-- engine accepts: it does not read the comment
CREATE TABLE stories (id bigint PRIMARY KEY);
-- tablature: effect ALTER TABLE stories ADD COLUMN title text
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM information_schema.columns WHERE table_name = 'stories' AND column_name = 'title') THEN
        ALTER TABLE stories ADD COLUMN title text;
    END IF;
END
$$;
