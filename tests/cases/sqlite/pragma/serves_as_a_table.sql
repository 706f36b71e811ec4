CREATE TABLE t (a);
CREATE TABLE columns AS SELECT name, type FROM pragma_table_info('t');
SELECT count(*) FROM pragma_index_list('t') WHERE "unique";
