CREATE EXTENSION postgres_fdw;
CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw;
CREATE FOREIGN TABLE remote (id int) SERVER other;
CREATE INDEX ON remote (id);
