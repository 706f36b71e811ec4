DO $$
DECLARE
    i int := 1;
    kind text;
    kinds text[] := '{red,green}';
    one text;
    n int;
    part int[] := ARRAY[3, 4];
    renamed ALIAS FOR i;
BEGIN
    WHILE i <= 3 LOOP
        EXECUTE 'CREATE TABLE w_' || i || ' ()';
        i := i + 1;
    END LOOP;
    LOOP
        i := i - 1;
        EXIT WHEN i < 2;
        CONTINUE WHEN i = 3;
        EXECUTE format('CREATE TABLE l_%s ()', i);
    END LOOP;
    FOR j IN REVERSE 12..10 BY 2 LOOP
        EXECUTE format('CREATE TABLE p_%s ()', lpad(j::text, 4, '0'));
    END LOOP;
    FOREACH kind IN ARRAY kinds LOOP
        CASE kind
            WHEN 'red' THEN CREATE TABLE red ();
            WHEN 'green' THEN CREATE TABLE green ();
        END CASE;
    END LOOP;
    FOR kind IN SELECT unnest(ARRAY['x', 'y']) LOOP
        EXECUTE 'CREATE TABLE ' || kind || '()';
    END LOOP;
    FOR n IN SELECT generate_series(1, 2) LOOP
        EXECUTE 'CREATE TABLE g_' || n || ' ()';
    END LOOP;
    SELECT nspname INTO STRICT one FROM pg_namespace WHERE nspname = 'public';
    EXECUTE format('CREATE TABLE %I.strict ()', one);
    BEGIN
        SELECT nspname INTO STRICT one FROM pg_namespace WHERE nspname = 'none';
    EXCEPTION WHEN no_data_found THEN
        CREATE TABLE none_found ();
    END;
    <<outer>>
    FOR a IN 1..3 LOOP
        FOR b IN 1..3 LOOP
            CONTINUE outer WHEN b = 2;
            EXIT outer WHEN a = 3;
            EXECUTE format('CREATE TABLE o_%s_%s ()', a, b);
        END LOOP;
    END LOOP;
    EXECUTE 'SELECT $1 || ''_executed''' INTO one USING 'it';
    EXECUTE 'CREATE TABLE ' || one || ' ()';
    PERFORM 1;
    IF FOUND THEN CREATE TABLE found (); END IF;
    PERFORM 1 FROM pg_tables WHERE tablename = 'nowhere';
    IF NOT FOUND THEN CREATE TABLE not_found (); END IF;
    IF coalesce(nullif('', ''), 'x') = 'x' AND 7 / 2 = 3 AND 7 % 2 = 1 THEN CREATE TABLE computed (); END IF;
    RETURN;
    DROP TABLE found;
END
$$;
