CREATE TABLE t (id int, name text, gone bool DEFAULT false);
CREATE VIEW v AS SELECT id, name, upper(name) AS up FROM t WHERE NOT gone;
INSERT INTO v (id, name) VALUES (1, 'a');
UPDATE v SET name = 'b' WHERE up = 'A';
DELETE FROM v WHERE id = 1;
UPDATE v SET up = 'B';
