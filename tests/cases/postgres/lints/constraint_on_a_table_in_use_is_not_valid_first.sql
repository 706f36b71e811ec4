-- file: 0001_create_users.sql
CREATE TABLE teams (id bigint PRIMARY KEY);
CREATE TABLE users (id bigint PRIMARY KEY, team bigint, age integer);
-- file: 0002_constraints.sql
ALTER TABLE users ADD CONSTRAINT age CHECK (age >= 0);
ALTER TABLE users ADD FOREIGN KEY (team) REFERENCES teams (id);
ALTER TABLE users ALTER COLUMN team SET NOT NULL;
