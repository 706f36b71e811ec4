-- file: 0001_type.sql
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (m mood DEFAULT 'ok');
-- file: 0002_values.sql
ALTER TYPE mood ADD VALUE 'happy';
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'happy' BEFORE 'sad';
ALTER TYPE mood ADD VALUE 'meh' BEFORE 'ok';
ALTER TYPE mood ADD VALUE 'fine' AFTER 'ok';
ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';
-- file: 0003_use.sql
ALTER TABLE people ALTER m SET DEFAULT 'happy';
ALTER TYPE mood RENAME TO feeling;
