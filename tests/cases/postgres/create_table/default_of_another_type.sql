CREATE TABLE users (id int, since date DEFAULT 5);
