CREATE TABLE users (id int);
CREATE INDEX ON users USING rtree2 (id);
