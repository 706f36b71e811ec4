CREATE SCHEMA app;
CREATE TYPE addr AS (street text);
CREATE TABLE t (a addr);
ALTER TYPE addr SET SCHEMA app;
ALTER TYPE app.addr RENAME TO address;
