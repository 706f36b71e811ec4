CREATE TABLE stories (id bigint PRIMARY KEY);
EXPLAIN SELECT titel FROM stories;
