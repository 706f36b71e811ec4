CREATE TABLE users (a numeric(1001, 2));
