CREATE TABLE t (a citext, b hstore, id uuid DEFAULT uuid_generate_v4());
CREATE TABLE tales (title text);

CREATE INDEX ON tales USING gin (title gin_trgm_ops);
SELECT title % 'a', similarity(title, 'a') FROM tales;
