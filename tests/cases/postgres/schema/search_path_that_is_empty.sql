SET search_path = '';
CREATE TABLE t (a int);
