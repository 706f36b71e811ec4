CREATE TABLE notes (id int);
ALTER TABLE notes DISABLE TRIGGER touched;
