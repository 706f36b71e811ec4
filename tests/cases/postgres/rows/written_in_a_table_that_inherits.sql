CREATE TABLE tales (id integer);
CREATE TABLE fables () INHERITS (tales);
INSERT INTO fables VALUES (1);
ALTER TABLE tales ADD COLUMN moral text NOT NULL;
