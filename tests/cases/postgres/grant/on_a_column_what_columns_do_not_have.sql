CREATE TABLE users (id int);
GRANT DELETE (id) ON users TO PUBLIC;
