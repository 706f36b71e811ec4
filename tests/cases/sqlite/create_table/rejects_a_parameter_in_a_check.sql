CREATE TABLE t (a CHECK (a > ?1));
