CREATE TABLE tales (id serial PRIMARY KEY, title text);
SELECT setval(pg_get_serial_sequence('tales', 'ids'), coalesce(max(id), 1)) FROM tales;
