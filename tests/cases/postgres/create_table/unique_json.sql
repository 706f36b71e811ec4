CREATE TABLE users (data json UNIQUE);
