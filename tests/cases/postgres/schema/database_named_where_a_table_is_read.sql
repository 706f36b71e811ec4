CREATE TABLE tales (id integer);
CREATE TYPE mood AS ENUM ('glad');
SELECT id FROM app.public.tales;
