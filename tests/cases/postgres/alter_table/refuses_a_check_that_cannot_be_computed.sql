CREATE TABLE tales (id integer);
ALTER TABLE tales ADD CONSTRAINT few CHECK (id < 10 % 0);
