CREATE TABLE users (id point PRIMARY KEY);
