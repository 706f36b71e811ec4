CREATE TABLE t (id int(11));
