CREATE TABLE users (id int, name text, PRIMARY KEY (id) INCLUDE (name) WITH (fillfactor = 70) USING INDEX TABLESPACE pg_default);
