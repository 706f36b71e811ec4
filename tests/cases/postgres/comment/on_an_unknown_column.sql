CREATE TABLE t (id int);
COMMENT ON COLUMN t.nam IS 'x';
