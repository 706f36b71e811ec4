CREATE TABLE users (id int, name text, data jsonb);
CREATE INDEX ON users (id);
CREATE INDEX ON users (id);
CREATE INDEX ON users (lower(name));
CREATE INDEX ON users ((id + 1), name, lower(name), upper(name));
CREATE INDEX ON users ((data ->> 'a'));
CREATE INDEX ON users (((data -> 'b')::text), (id::text), (CASE WHEN id > 0 THEN 1 END), (coalesce(name, '')));
CREATE UNIQUE INDEX ON users (name) WHERE id > 0;
