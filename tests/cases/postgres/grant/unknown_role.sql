CREATE TABLE stories (id bigint PRIMARY KEY);
GRANT SELECT ON stories TO reader;
