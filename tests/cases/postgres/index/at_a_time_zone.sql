CREATE TABLE users (at timestamptz);
CREATE INDEX ON users (((at AT TIME ZONE 'UTC')::date));
CREATE INDEX ON users (date_trunc('day', at AT TIME ZONE 'UTC'));
