CREATE EXTENSION file_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE rates (currency text, rate numeric) SERVER files OPTIONS (filename '/rates.csv');
CREATE VIEW high AS SELECT currency FROM rates WHERE rate > 1;
-- file: 0002_drop.sql
DROP SERVER files CASCADE;
