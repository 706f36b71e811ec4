CREATE TABLE t (name citext);
