CREATE TYPE mood AS ENUM ('merry');
-- file: 0002_add.sql
ALTER TYPE mood ADD VALUE 'grim';
CREATE TABLE tales (moods mood[] DEFAULT '{merry,grim}');
