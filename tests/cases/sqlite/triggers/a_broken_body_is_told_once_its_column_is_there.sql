-- file: 0001_notes.sql
CREATE TABLE notes (id INTEGER PRIMARY KEY);
CREATE TRIGGER changed AFTER UPDATE OF body ON notes BEGIN
    SELECT new.width;
END;
-- file: 0002_body.sql
ALTER TABLE notes ADD COLUMN body TEXT;
