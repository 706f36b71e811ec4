CREATE TABLE t (a int, b "Text") sTrIcT;
