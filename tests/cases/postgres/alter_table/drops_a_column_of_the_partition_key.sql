CREATE TABLE logs (id int, at date) PARTITION BY RANGE (at);
ALTER TABLE logs DROP COLUMN at;
