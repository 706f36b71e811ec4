-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
CREATE TABLE log (line TEXT);
CREATE UNIQUE INDEX users_by_email ON users (email);
CREATE INDEX users_by_upper_name ON users (upper(name));
CREATE TRIGGER users_are_logged AFTER INSERT ON users BEGIN INSERT INTO log VALUES (new.name); END;
CREATE TABLE b (x, y);
CREATE INDEX b_by_x ON b (x);
CREATE TABLE c (x, y);
CREATE INDEX c_by_y ON c (y);
-- file: 0002_create_copy_drop_rename.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT, email TEXT, age INTEGER);
INSERT INTO new_users (id, name, email) SELECT id, name, email FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
-- file: 0003_rename_create_copy_drop.sql
ALTER TABLE b RENAME TO old_b;
CREATE TABLE b (x, y, z);
INSERT INTO b (x, y) SELECT x, y FROM old_b;
DROP TABLE old_b;
-- file: 0004_back_up_drop_create_copy_back.sql
CREATE TEMPORARY TABLE c_backup (x, y);
INSERT INTO c_backup SELECT x, y FROM c;
DROP TABLE c;
CREATE TABLE c (x, y, z);
INSERT INTO c (x, y) SELECT x, y FROM c_backup;
DROP TABLE c_backup;
