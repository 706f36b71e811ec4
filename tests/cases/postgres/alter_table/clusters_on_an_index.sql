CREATE TABLE notes (id int PRIMARY KEY, code int);
CREATE INDEX notes_code ON notes (code);
ALTER TABLE notes CLUSTER ON notes_pkey;
ALTER TABLE notes CLUSTER ON notes_code;
