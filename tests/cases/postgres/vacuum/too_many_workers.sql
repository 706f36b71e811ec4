-- no-transaction
CREATE TABLE stories (id bigint PRIMARY KEY, title text);
VACUUM (PARALLEL 2000) stories;
