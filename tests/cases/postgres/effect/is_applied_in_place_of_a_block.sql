CREATE TABLE stories (id bigint PRIMARY KEY);

-- What the block does depends on a setting of the session.
-- tablature: effect ALTER TABLE stories ADD COLUMN title text NOT NULL
-- tablature: effect CREATE INDEX stories_title ON stories (title); COMMENT ON COLUMN stories.title IS 'on the cover';
DO $$
BEGIN
    IF current_setting('application_name') <> 'nobody' THEN
        ALTER TABLE stories ADD COLUMN title text NOT NULL;
        EXECUTE 'CREATE INDEX stories_title ON ' || coalesce(current_setting('tablature.table', true), 'stories') || ' (title)';
        COMMENT ON COLUMN stories.title IS 'on the cover';
    END IF;
END
$$;

INSERT INTO stories (id, title) VALUES (1, 'Snow White');
