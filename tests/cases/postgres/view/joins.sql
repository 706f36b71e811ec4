CREATE TABLE a (id int, x text); CREATE TABLE b (id int, y text); CREATE TABLE c (id bigint, x text);
CREATE VIEW v AS SELECT * FROM a JOIN b USING (id) LEFT JOIN c USING (id, x);
CREATE VIEW w AS SELECT * FROM a NATURAL FULL JOIN c;
CREATE VIEW x AS SELECT j.id, a.x, b.y FROM a JOIN b USING (id) AS j;
CREATE VIEW y AS SELECT t.p, t.q FROM (a CROSS JOIN b) AS t (p, q, r, s);
