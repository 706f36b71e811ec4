CREATE TABLE tales (id integer, words text[]);
SELECT concat(VARIADIC words) FROM tales;
SELECT concat(VARIADIC id) FROM tales;
