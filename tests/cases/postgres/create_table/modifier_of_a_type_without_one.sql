CREATE TABLE users (a text(20));
