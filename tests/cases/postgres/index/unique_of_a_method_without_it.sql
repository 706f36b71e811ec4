CREATE TABLE users (id int);
CREATE UNIQUE INDEX ON users USING hash (id);
