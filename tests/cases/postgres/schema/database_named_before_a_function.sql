CREATE TABLE tales (id integer);
CREATE TYPE mood AS ENUM ('glad');
SELECT app.pg_catalog.now();
