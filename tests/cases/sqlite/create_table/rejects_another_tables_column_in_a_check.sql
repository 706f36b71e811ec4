CREATE TABLE o (x);
CREATE TABLE t (a CHECK (o.x > a));
