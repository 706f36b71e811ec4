CREATE TABLE stories (id bigint PRIMARY KEY);
GRANT EXECUTE ON stories TO public;
