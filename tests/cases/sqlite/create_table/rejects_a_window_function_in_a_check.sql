CREATE TABLE t (a CHECK (row_number() OVER () > 0));
