-- file: 0001_create.sql
CREATE TABLE users (
    id INTEGER auto_increment,
    number SERIAL NOT NULL,
    code INT IDENTITY(1, 1),
    name TEXT COMMENT 'a point of view',
    tags TEXT[] DEFAULT '',
    short VARCHAR(10) NOT NULL DEFAULT 'COMMENT'
);
-- file: 0002_add.sql
ALTER TABLE users ADD COLUMN padded INT ZEROFILL;
