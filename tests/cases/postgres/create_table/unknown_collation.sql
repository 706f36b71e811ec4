CREATE TABLE users (name text COLLATE "de_XX");
