CREATE TABLE users (id int, xmin int);
