-- engine accepts: it asks the session
DO $$
BEGIN
    IF current_setting('is_superuser') = 'on' THEN
        CREATE TABLE stories ();
    END IF;
END
$$;
