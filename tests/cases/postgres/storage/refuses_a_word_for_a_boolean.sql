CREATE TABLE t (a int) WITH (autovacuum_enabled = perhaps);
