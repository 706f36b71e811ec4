-- no-transaction
CREATE TABLE t (a);
VACUUM;
VACUUM main;
