CREATE TABLE t (id int, a int); CREATE TABLE u (id int);
UPDATE t SET a = 1 FROM u WHERE id = 5;
