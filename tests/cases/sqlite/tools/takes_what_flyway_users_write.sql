-- file: 0001_base.sql
CREATE TABLE config (
    key   VARCHAR(64) NOT NULL PRIMARY KEY,
    value TEXT
);
INSERT INTO config (key, value) VALUES ('theme', 'dark'), ('lang', 'en');
INSERT OR IGNORE INTO config VALUES ('theme', 'light');
INSERT INTO config VALUES ('lang', 'de') ON CONFLICT (key) DO UPDATE SET value = excluded.value;
REPLACE INTO config (key, value) VALUES ('version', '2');
-- file: 0002_more.sql
ALTER TABLE config ADD COLUMN changed TIMESTAMP;
UPDATE config SET changed = CURRENT_TIMESTAMP WHERE changed IS NULL;
CREATE TABLE config_history AS SELECT *, CURRENT_TIMESTAMP AS archived FROM config WHERE 0;
CREATE TRIGGER config_au AFTER UPDATE ON config BEGIN
  INSERT INTO config_history SELECT old.key, old.value, old.changed, CURRENT_TIMESTAMP;
END;
DELETE FROM config WHERE key = 'version';
