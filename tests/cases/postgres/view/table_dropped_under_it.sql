CREATE TABLE users (id int);
CREATE VIEW v AS SELECT id FROM users;
DROP TABLE users;
