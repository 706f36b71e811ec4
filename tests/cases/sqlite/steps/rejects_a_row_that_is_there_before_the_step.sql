-- file: 0001_create_tales.sql
CREATE TABLE tales (id INTEGER PRIMARY KEY, title TEXT UNIQUE);
INSERT INTO tales VALUES (1, 'Tom Thumb');
-- file: 0002_insert_tales.sql
-- tablature: step crate::steps::fill_slugs
INSERT INTO tales VALUES (1, 'Rapunzel');
