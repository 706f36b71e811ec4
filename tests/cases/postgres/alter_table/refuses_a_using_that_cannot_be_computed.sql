CREATE TABLE tales (id integer);
ALTER TABLE tales ALTER COLUMN id TYPE smallint USING 99999;
