CREATE EXTENSION file_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE rates (currency text, rate numeric) SERVER files OPTIONS (filename '/rates.csv');
-- file: 0002_drop.sql
DROP EXTENSION file_fdw CASCADE;
