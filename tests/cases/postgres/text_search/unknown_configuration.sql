CREATE TABLE t (body text, v tsvector GENERATED ALWAYS AS (to_tsvector('inglish', body)) STORED);
