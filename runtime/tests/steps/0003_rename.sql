ALTER TABLE tales RENAME COLUMN title TO name;
-- tablature: allow(destructive) nobody asks for it any more
ALTER TABLE tales DROP COLUMN mood;
-- tablature: allow(fails_on_rows) the step has made them differ
CREATE UNIQUE INDEX tales_by_slug ON tales (slug);
