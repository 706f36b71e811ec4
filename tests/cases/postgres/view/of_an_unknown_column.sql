CREATE TABLE users (id int);
CREATE VIEW v AS SELECT id, nam FROM users;
