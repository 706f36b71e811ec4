CREATE TABLE users (id serial PRIMARY KEY);
SELECT setval('users_id_seq', 100, false), pg_get_serial_sequence('users', 'id');
SELECT setval('users_id_seq', (SELECT max(id) FROM users));
ALTER SEQUENCE users_id_seq RESTART WITH 1000;
