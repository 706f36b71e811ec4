CREATE TABLE tales (words tsvector, id integer);
CREATE INDEX ON tales USING gin (words tsvector_ops (siglen = 12));
