CREATE TABLE t (a INTEGER);
CREATE TABLE IF NOT EXISTS t (b TEXT, c REFERENCES nowhere_at_all(x), CHECK (missing > 0));
