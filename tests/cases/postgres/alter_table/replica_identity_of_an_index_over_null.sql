CREATE TABLE notes (id int);
CREATE UNIQUE INDEX notes_id ON notes (id);
ALTER TABLE notes REPLICA IDENTITY USING INDEX notes_id;
