CREATE TABLE t (a int) WITH (fill_factor = 70);
