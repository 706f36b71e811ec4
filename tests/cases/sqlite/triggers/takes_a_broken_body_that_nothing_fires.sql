-- file: 0001_notes.sql
CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT, size INT AS (length(body)));
CREATE TRIGGER sized AFTER UPDATE OF size ON notes BEGIN
    SELECT new.width;
END;
CREATE TRIGGER misspelt AFTER UPDATE OF bodi ON notes BEGIN
    DELETE FROM nowhere;
END;
-- file: 0002_drop.sql
DROP TRIGGER sized;
DROP TRIGGER misspelt;
CREATE TRIGGER changed AFTER UPDATE OF body ON notes BEGIN
    UPDATE notes SET body = 'x';
END;
ALTER TABLE notes DROP COLUMN size;
ALTER TABLE notes DROP COLUMN body;
