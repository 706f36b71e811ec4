CREATE TABLE shapes (w int, a bigint GENERATED ALWAYS AS (w * 2) STORED);
ALTER TABLE shapes ALTER w TYPE bigint;
