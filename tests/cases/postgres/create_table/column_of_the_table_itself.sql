CREATE TABLE users (a users);
