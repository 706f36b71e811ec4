CREATE TABLE notes (id int);
ALTER TABLE notes ALTER id SET STORAGE external;
