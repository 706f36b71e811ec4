-- engine accepts: it sees comments
-- file: 0001_a.sql
-- tablature: step
CREATE TABLE a (id INTEGER PRIMARY KEY);
-- file: 0002_b.sql
-- tablature: step crate::steps::fill_slugs()
CREATE TABLE b (id INTEGER PRIMARY KEY);
-- file: 0003_c.sql
-- tablature: step crate::steps::fill as the titles change
CREATE TABLE c (id INTEGER PRIMARY KEY);
