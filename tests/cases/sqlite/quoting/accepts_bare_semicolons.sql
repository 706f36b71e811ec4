;;
CREATE TABLE t (a);;
;
