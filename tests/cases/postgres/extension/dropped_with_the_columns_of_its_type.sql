CREATE EXTENSION citext;
CREATE TABLE t (id int, name citext);
DROP EXTENSION citext CASCADE;
