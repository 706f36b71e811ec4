CREATE TABLE t (r int4range, EXCLUDE USING gist (r WITH &&));
ALTER TABLE t ALTER COLUMN r TYPE numrange USING numrange(lower(r), upper(r));
