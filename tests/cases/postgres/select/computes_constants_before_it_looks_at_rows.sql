CREATE TABLE tales (id integer);
SELECT 1 / 0 FROM tales WHERE false;
