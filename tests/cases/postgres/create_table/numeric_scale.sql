CREATE TABLE users (a numeric(5, -2), b numeric(3, 8));
