CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE users_pkey (id int);
