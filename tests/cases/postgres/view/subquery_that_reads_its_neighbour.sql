CREATE TABLE users (id int);
CREATE VIEW v AS SELECT * FROM users u, (SELECT u.id) s;
