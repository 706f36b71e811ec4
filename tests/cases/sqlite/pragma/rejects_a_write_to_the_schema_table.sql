-- engine accepts: what is written to the schema table cannot be checked
CREATE TABLE t (a);
PRAGMA writable_schema = 1;
UPDATE sqlite_schema SET sql = 'CREATE TABLE t (a, b)' WHERE name = 't';
