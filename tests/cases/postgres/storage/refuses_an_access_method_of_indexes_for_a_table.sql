CREATE TABLE t (a int) USING btree;
