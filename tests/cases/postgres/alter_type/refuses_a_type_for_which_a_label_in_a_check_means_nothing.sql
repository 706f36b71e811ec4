CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (m mood CHECK (m <> 'sad'));
ALTER TABLE t ALTER COLUMN m TYPE text;
