CREATE TABLE users (data jsonb);
CREATE INDEX ON users (data jsonb_path_ops);
