CREATE TABLE tales (words tsvector, id integer);
CREATE INDEX ON tales USING gist (words tsvector_ops (siglen = 2024));
CREATE INDEX ON tales USING brin (id int4_bloom_ops (n_distinct_per_range = 10, false_positive_rate = 0.25));
CREATE INDEX ON tales USING gist (words tsvector_ops (siglen = 2025));
