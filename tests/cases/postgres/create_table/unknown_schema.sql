CREATE TABLE app.users (id int);
