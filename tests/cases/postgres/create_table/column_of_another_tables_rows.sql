CREATE TABLE users (id int, name text);
CREATE TABLE log (who users, many users[]);
DROP TABLE users;
