CREATE TABLE main.t (a);
SELECT a FROM main.t;
