-- The column is called as the session says.
-- tablature: effect ALTER TABLE books ADD COLUMN cover text
DO $$
BEGIN
    EXECUTE format('ALTER TABLE books ADD COLUMN %I text', coalesce(nullif(current_setting('books.field', true), ''), 'cover'));
END
$$;
