CREATE TABLE t (a -- the first
  , b /* the last */
);
ALTER TABLE t ADD COLUMN c -- another
;
