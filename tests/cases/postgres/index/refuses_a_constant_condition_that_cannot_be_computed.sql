CREATE TABLE tales (id integer, title text);
CREATE INDEX tales_by_title ON tales (title) WHERE id > 1 / 0;
