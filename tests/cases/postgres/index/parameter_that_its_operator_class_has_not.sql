CREATE TABLE tales (words tsvector, id integer);
CREATE INDEX ON tales USING gist (words tsvector_ops (length = 12));
