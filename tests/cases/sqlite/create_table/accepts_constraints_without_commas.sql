CREATE TABLE t (a, b, c, UNIQUE (a) CHECK (b > 0) CONSTRAINT lonely PRIMARY KEY (c));
