CREATE PROCEDURE make(prefix text, n int) LANGUAGE plpgsql AS $$
BEGIN
    FOR i IN 1..n LOOP
        EXECUTE format('CREATE TABLE %I ()', $1 || '_' || i);
    END LOOP;
END
$$;
CALL make('t', 2);
DO $$ BEGIN CALL make('u', 1 + 1); END $$;
CREATE FUNCTION drop_t() RETURNS void LANGUAGE sql AS $$ DROP TABLE t_1; SELECT 1; $$;
SELECT drop_t();
CREATE FUNCTION twice() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    PERFORM * FROM drop_t_2();
    RETURN 2;
END
$$;
CREATE FUNCTION drop_t_2() RETURNS SETOF int LANGUAGE plpgsql AS $$
BEGIN
    DROP TABLE IF EXISTS t_2;
    RETURN QUERY SELECT 1;
END
$$;
SELECT twice() AS n;
