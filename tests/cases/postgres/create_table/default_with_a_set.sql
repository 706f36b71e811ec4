CREATE TABLE users (id int DEFAULT generate_series(1, 3));
