CREATE TABLE users (a text STORAGE external);
