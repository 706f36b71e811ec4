CREATE SCHEMA app;
CREATE TABLE users (id int);
CREATE TABLE app.users (id int);
ALTER TABLE users SET SCHEMA app;
