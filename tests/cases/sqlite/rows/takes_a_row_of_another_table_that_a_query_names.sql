CREATE TABLE a (id INTEGER NOT NULL, name TEXT);
CREATE TABLE b (id INTEGER NOT NULL, name TEXT);
CREATE TABLE c (id INTEGER NOT NULL);
INSERT INTO a (id, name) VALUES (1, 'x'), (2, 'y');
INSERT INTO b (id, name) VALUES (3, 'x');
INSERT INTO c (id) SELECT NULL FROM a WHERE EXISTS (SELECT 1 FROM b WHERE a.id = b.id);
INSERT INTO c (id) SELECT (SELECT b.id FROM b WHERE b.name = a.name) FROM a WHERE a.name = 'x';
UPDATE a SET id = (SELECT b.id FROM b WHERE b.name = a.name) WHERE name = 'x';
WITH b AS (SELECT 7 AS id) INSERT INTO c (id) SELECT (SELECT id FROM b);
