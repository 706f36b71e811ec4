CREATE TABLE stories (id bigint PRIMARY KEY);
DROP POLICY readers ON stories;
