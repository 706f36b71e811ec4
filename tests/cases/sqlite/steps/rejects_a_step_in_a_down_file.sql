-- engine accepts: it sees a comment
-- file: 0001_create_tales.up.sql
CREATE TABLE tales (id INTEGER PRIMARY KEY);
-- file: 0001_create_tales.down.sql
-- tablature: step crate::steps::empty_slugs
DROP TABLE tales;
