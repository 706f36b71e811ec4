CREATE TABLE tales (id integer);
ALTER TABLE tales ADD COLUMN usage_count integer DEFAULT 2147483647 + 1;
