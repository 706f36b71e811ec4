-- file: 0001_create_tales.sql
CREATE TABLE tales (id INTEGER PRIMARY KEY, title TEXT UNIQUE);
INSERT INTO tales VALUES (1, 'Tom Thumb');
-- file: 0002_remove_tales.sql
-- tablature: step crate::steps::remove_tales
INSERT INTO tales VALUES (2, 'Rapunzel');
-- file: 0003_insert_tales.sql
-- Whether it is there is known to the function alone.
INSERT OR IGNORE INTO tales VALUES (1, 'Tom Thumb');
UPDATE tales SET title = 'Rapunzel' WHERE id = 3;
