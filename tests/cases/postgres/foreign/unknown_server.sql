CREATE FOREIGN TABLE remote (id int) SERVER other;
