CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
ALTER TABLE users RENAME COLUMN emial TO address;
UPDATE users SET address = 'x';
SELECT address FROM users;
UPDATE users SET missing = 1;
