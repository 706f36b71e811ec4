CREATE TABLE users (id bigint PRIMARY KEY, code varchar(10) UNIQUE);
CREATE TABLE posts (author smallint REFERENCES users, code text REFERENCES users (code));
