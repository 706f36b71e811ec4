CREATE TABLE t (i INT, r DOUBLE, s VARCHAR(3), n DATE, b BLOB);
CREATE VIEW v AS SELECT i + 1 AS a, r * 2 AS b, s || 'x' AS c, CAST(n AS INTEGER) AS d, +s AS e, -i AS f, (i) AS g,
  CASE WHEN i THEN s ELSE 'x' END AS h, coalesce(i, r) AS j, count(*) AS k, sum(i) AS l, NULL AS m, x'00' AS n2,
  CAST(s AS VARCHAR(9)) AS o, i > 1 AS p, n AS q, (SELECT s FROM t) AS u, b AS w, date(n) AS x FROM t;
