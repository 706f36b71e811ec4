CREATE TABLE notes (id int);
ALTER TABLE notes CLUSTER ON notes_id;
