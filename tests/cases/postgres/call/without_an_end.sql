-- engine accepts: it goes as deep as its stack
CREATE FUNCTION again(n int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'CREATE TABLE IF NOT EXISTS t ()';
    IF n < 100 THEN
        PERFORM again(n + 1);
    END IF;
END
$$;
SELECT again(1);
