CREATE TABLE pg_catalog.t (a int);
