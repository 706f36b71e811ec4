CREATE TABLE users (id int);
CREATE TABLE users (id int);
