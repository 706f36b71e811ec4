CREATE TABLE t (a int);
ALTER TABLE t OWNER TO nobody_of_this_name;
