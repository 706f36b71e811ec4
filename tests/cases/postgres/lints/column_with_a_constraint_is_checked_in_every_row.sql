-- file: 0001_tables.sql
CREATE TABLE t (id int PRIMARY KEY);
-- file: 0002_columns.sql
ALTER TABLE t ADD COLUMN of_others int REFERENCES t;
ALTER TABLE t ADD COLUMN with_default int DEFAULT 1 REFERENCES t DEFERRABLE;
ALTER TABLE t ADD COLUMN checked int CHECK (checked > 0);
ALTER TABLE t ADD COLUMN key int UNIQUE;
ALTER TABLE t ADD COLUMN plain int NOT NULL DEFAULT 1;
CREATE TABLE new (id int);
ALTER TABLE new ADD COLUMN checked int UNIQUE CHECK (checked > 0);
