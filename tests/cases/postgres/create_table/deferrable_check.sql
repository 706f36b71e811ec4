CREATE TABLE users (id int CHECK (id > 0) DEFERRABLE);
