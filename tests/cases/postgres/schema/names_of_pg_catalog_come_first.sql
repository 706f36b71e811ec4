CREATE TABLE public.pg_class (a int);
SELECT a FROM pg_class;
