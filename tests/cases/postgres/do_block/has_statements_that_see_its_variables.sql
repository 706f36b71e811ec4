CREATE TABLE t (id int PRIMARY KEY, a int, b text);
DO $$ DECLARE x int; r record; w t%ROWTYPE; BEGIN
  INSERT INTO t (id, a) VALUES (1, 2) RETURNING id INTO x;
  UPDATE t SET a = x WHERE id = x;
  SELECT * INTO r FROM t WHERE id = x;
  SELECT * INTO w FROM t WHERE id = x;
  DELETE FROM t WHERE id = r.id AND a = w.a;
  FOR r IN SELECT id, b FROM t LOOP UPDATE t SET b = r.b || 'x' WHERE id = r.id; END LOOP;
  FOR i IN 1..3 LOOP INSERT INTO t (id) VALUES (i + 10); END LOOP;
  EXECUTE 'UPDATE t SET a = $1 WHERE id = $2' USING x, 1;
  EXECUTE format('UPDATE %I SET a = 1', 't');
  IF EXISTS (SELECT 1 FROM t WHERE id = x) THEN PERFORM x + 1; END IF;
  x := (SELECT max(id) FROM t);
  CREATE TABLE q AS SELECT x AS y, t.b FROM t;
  RAISE NOTICE '% %', x, (SELECT count(*) FROM q);
  GET DIAGNOSTICS x = ROW_COUNT;
  BEGIN PERFORM 1/0; EXCEPTION WHEN others THEN RAISE NOTICE '%', SQLERRM; END;
END $$;
SELECT y, b FROM q;
