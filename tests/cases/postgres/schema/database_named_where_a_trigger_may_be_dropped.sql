CREATE TABLE tales (id integer);
CREATE TYPE mood AS ENUM ('glad');
DROP TRIGGER IF EXISTS told ON public.public.tales;
