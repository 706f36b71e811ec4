DO $$
DECLARE
    mood moods;
BEGIN
END
$$;
