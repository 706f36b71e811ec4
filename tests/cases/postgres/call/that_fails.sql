CREATE FUNCTION add_title(name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %I ADD COLUMN title text', name);
END
$$;
SELECT add_title('stories');
