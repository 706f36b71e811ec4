CREATE TABLE t (a, b ANY);
CREATE VIEW v AS SELECT type, pk, arg FROM pragma_table_info;
CREATE VIEW w AS SELECT key, value, json FROM json_each('[]');
CREATE VIEW x AS SELECT * FROM t;
CREATE TABLE u AS SELECT key, atom FROM json_tree('[]');
