CREATE TABLE users (id int NOT NULL, name text);
CREATE UNIQUE INDEX users_id ON users (id);
CREATE UNIQUE INDEX users_name ON users (name);
ALTER TABLE users ADD PRIMARY KEY USING INDEX users_id, ADD CONSTRAINT unique_name UNIQUE USING INDEX users_name DEFERRABLE;
