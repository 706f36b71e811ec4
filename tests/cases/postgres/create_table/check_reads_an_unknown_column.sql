CREATE TABLE users (id int, CHECK (uid > 0));
