CREATE TABLE users (a int);
CREATE INDEX ON users (a, a);
