CREATE TABLE users (id int, twice int DEFAULT id * 2);
