-- A trigger that an INSERT does not fire changes no row here.
CREATE TABLE settings (k TEXT PRIMARY KEY NOT NULL, v);
CREATE TRIGGER touched AFTER UPDATE ON settings BEGIN DELETE FROM settings; END;
INSERT INTO settings VALUES ('a', 1);
INSERT INTO settings VALUES ('a', 2);
