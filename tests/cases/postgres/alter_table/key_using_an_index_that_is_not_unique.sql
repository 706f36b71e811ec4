CREATE TABLE users (id int NOT NULL);
CREATE INDEX users_id ON users (id);
ALTER TABLE users ADD PRIMARY KEY USING INDEX users_id;
