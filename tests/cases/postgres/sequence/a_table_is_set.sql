CREATE TABLE tales (id serial PRIMARY KEY, title text);
SELECT setval('tales', 5);
