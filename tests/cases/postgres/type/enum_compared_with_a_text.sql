CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (m mood, t text);
CREATE VIEW v AS SELECT m FROM people WHERE m = 'ok' AND m IN ('sad', 'ok') AND m::text = t;
CREATE VIEW w AS SELECT m FROM people WHERE m = t;
