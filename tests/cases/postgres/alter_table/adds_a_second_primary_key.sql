CREATE TABLE users (id int PRIMARY KEY, name text);
ALTER TABLE users ADD PRIMARY KEY (name);
