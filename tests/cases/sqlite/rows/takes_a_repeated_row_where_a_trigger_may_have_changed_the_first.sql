-- engine: the UPDATE fires a trigger that empties the table; so may an upsert.
CREATE TABLE settings (k TEXT PRIMARY KEY NOT NULL, v);
CREATE TRIGGER touched AFTER UPDATE ON settings BEGIN DELETE FROM settings; END;
INSERT INTO settings VALUES ('a', 1);
UPDATE settings SET v = 2;
INSERT INTO settings VALUES ('a', 3);
INSERT INTO settings VALUES ('a', 4) ON CONFLICT (k) DO UPDATE SET v = 5;
INSERT INTO settings VALUES ('a', 6);
