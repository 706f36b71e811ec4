CREATE TABLE tales (id integer);
CREATE TYPE mood AS ENUM ('glad');
SELECT 'app.public.tales'::regclass;
