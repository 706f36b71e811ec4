CREATE TABLE users (id int);
GRANT SELECT (name) ON users TO PUBLIC;
