CREATE TABLE m (a int, r int4range, EXCLUDE USING gist (r WITH &&)) PARTITION BY RANGE (a);
