CREATE TABLE users (id int COLLATE "C");
