CREATE TABLE tales (id serial PRIMARY KEY, title text);
SELECT setval(pg_get_serial_sequence('tales', 'id'), coalesce(max(id), 1)) FROM tales;
SELECT pg_get_serial_sequence('tales', 'no') FROM tales;
