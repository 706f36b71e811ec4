CREATE EXTENSION pg_trgm;
CREATE TABLE users (id int, name text, data jsonb, tags text[], ip inet);
CREATE INDEX a ON users (name text_pattern_ops DESC NULLS LAST, id ASC NULLS FIRST);
CREATE INDEX b ON users USING gin (name gin_trgm_ops, data jsonb_path_ops, tags);
CREATE INDEX c ON users USING gist (name gist_trgm_ops (siglen = 32), ip inet_ops);
CREATE INDEX d ON users USING brin (id) WITH (pages_per_range = 32, autosummarize = on);
CREATE INDEX e ON users USING hash (name);
CREATE INDEX f ON users USING spgist (name);
CREATE INDEX g ON users (name COLLATE "C");
