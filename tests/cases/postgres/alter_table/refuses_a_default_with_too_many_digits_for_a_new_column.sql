CREATE TABLE tales (id integer);
ALTER TABLE tales ADD COLUMN rating numeric(3, 1) DEFAULT 99.95;
