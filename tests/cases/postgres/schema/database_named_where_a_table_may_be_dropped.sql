CREATE TABLE tales (id integer);
CREATE TYPE mood AS ENUM ('glad');
DROP TABLE IF EXISTS app.public.tales;
