-- file: 0001_type.sql
CREATE TYPE mood AS ENUM ('sad');
-- file: 0002_value.sql
ALTER TYPE mood ADD VALUE 'ok';
-- file: 0003_use.sql
CREATE TABLE t (m mood DEFAULT 'ok');
