-- engine accepts: it keeps the moment of the migration, another one on every database
CREATE TABLE tales (id integer, told timestamptz);
ALTER TABLE tales ADD CHECK (told < 'now');
