CREATE TABLE users (id int);
CREATE VIEW v AS SELECT users.id FROM users u;
