CREATE TABLE tales (id serial PRIMARY KEY, title text);
SELECT setval(pg_get_serial_sequence('tale', 'id'), 5);
