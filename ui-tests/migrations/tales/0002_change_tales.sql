ALTER TABLE tales RENAME COLUMN title TO name;
-- tablature: allow(destructive) nobody knows who told them
ALTER TABLE tales DROP COLUMN teller;
ALTER TABLE tales ADD COLUMN usage_count INTEGER NOT NULL DEFAULT 0;
