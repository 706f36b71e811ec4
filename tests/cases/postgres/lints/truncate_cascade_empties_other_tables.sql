-- file: 0001_tables.sql
CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE stories (id int PRIMARY KEY, author int REFERENCES users);
CREATE TABLE votes (story int REFERENCES stories);
CREATE TABLE tags (name text);
-- file: 0002_empty.sql
TRUNCATE users CASCADE;
TRUNCATE users, stories, votes;
TRUNCATE tags CASCADE;
