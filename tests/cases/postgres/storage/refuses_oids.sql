CREATE TABLE t (a int) WITH (oids = true);
