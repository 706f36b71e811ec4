-- file: tablature.toml
dialect = "postgres"
[types]
"owned.status" = "crate::Status"
-- file: 0001_create.sql
CREATE COLLATION folded_text (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE jobs (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    status  text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'done')),
    size    varchar(10) CHECK (size IN ('small', 'large') AND length(size) > 1),
    kind    text CHECK (kind = 'a' OR kind = 'b'),
    one     text CHECK (one = 'only'),
    -- A number that looks like it is none of these.
    level   integer CHECK (level IN (1, 2)),
    -- NULL in the list lets every value pass.
    open    text CHECK (open IN ('a', NULL)),
    -- Both count.
    two     text CHECK (two IN ('a', 'b', 'c')) CHECK (two IN ('b', 'c', 'd')),
    late    text,
    mine    text CHECK (mine = lower(mine)),
    folded  text COLLATE folded_text CHECK (folded IN ('a', 'b'))
);
-- Rows from before may hold something else.
ALTER TABLE jobs ADD CONSTRAINT late_is_listed CHECK (late IN ('x', 'y')) NOT VALID;
CREATE TABLE owned (status text CHECK (status IN ('a', 'b')));
CREATE VIEW open_jobs AS SELECT id, status, lower(status) AS folded FROM jobs WHERE status = 'pending';
