CREATE TEMP TABLE public.scratch (id int);
