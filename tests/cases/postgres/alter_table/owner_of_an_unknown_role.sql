CREATE TABLE notes (id int);
ALTER TABLE notes OWNER TO nobody_there;
