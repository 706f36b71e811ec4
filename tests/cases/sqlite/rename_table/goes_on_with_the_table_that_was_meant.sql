CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
ALTER TABLE usres RENAME TO people;
UPDATE people SET email = 'x';
UPDATE people SET missing = 1;
