-- No compiler can know which rows a database holds: with the rows of 0001 this fails when it is applied.
ALTER TABLE users ADD COLUMN verified INTEGER NOT NULL DEFAULT 0;

-- tablature: allow(fails_on_rows) to show what a failure looks like
CREATE UNIQUE INDEX users_by_email ON users (email);
