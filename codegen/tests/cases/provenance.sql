-- file: 0001_create.sql
CREATE TABLE tales (
    id INTEGER PRIMARY KEY,
    title TEXT /* what it is called */ NOT   NULL,
    moral TEXT
);
-- file: 0002_change.sql
ALTER TABLE tales ADD COLUMN usage_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tales ADD COLUMN teller TEXT;
ALTER TABLE tales RENAME COLUMN title TO name;
-- file: 0003_change.sql
ALTER TABLE tales DROP COLUMN moral;
ALTER TABLE tales RENAME TO fairy_tales;
