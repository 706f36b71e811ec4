CREATE TABLE t (a, b);
CREATE TABLE u (x, y);
UPDATE t SET a = b, b = a;
UPDATE OR REPLACE t AS z SET a = z.b WHERE z.rowid IN (SELECT x FROM u WHERE u.y = z.a);
UPDATE t SET (a, b) = (SELECT x, y FROM u WHERE x = t.a);
UPDATE t SET a = u.x FROM u JOIN (SELECT 1 AS k) AS j ON j.k = u.y WHERE t.b = u.y RETURNING a;
UPDATE t SET rowid = 1;
WITH c AS (SELECT 1 AS n) UPDATE t SET a = (SELECT n FROM c);
