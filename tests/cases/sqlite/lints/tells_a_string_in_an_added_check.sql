-- engine accepts: it allows strings in double quotes in a definition that it reads back from the schema
CREATE TABLE tales (title TEXT);
ALTER TABLE tales ADD COLUMN mood TEXT CHECK ("mod" <> 'grim');
