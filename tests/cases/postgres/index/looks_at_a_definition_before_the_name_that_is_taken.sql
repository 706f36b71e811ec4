CREATE TABLE tales (id integer, title text);
CREATE INDEX IF NOT EXISTS tales_by_title ON tales (title);
CREATE INDEX IF NOT EXISTS tales_by_title ON tales (titel);
