CREATE SCHEMA app;
SELECT pg_catalog.set_config('search_path', 'app', false);
CREATE TABLE t (a int);
CREATE TABLE public.u (t int);
