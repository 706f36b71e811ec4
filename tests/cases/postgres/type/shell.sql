CREATE TYPE later;
CREATE TABLE t (a later);
