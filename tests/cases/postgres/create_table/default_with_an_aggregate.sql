CREATE TABLE users (id int DEFAULT max(1));
