CREATE TABLE tales (id integer);
ALTER TABLE tales ADD COLUMN usage_count smallint NOT NULL DEFAULT 4294967295;
