CREATE TABLE roles (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE grants (role INTEGER NOT NULL, permission TEXT NOT NULL);
INSERT INTO roles (id, name) VALUES (1, 'admin'), (2, 'guest');
INSERT INTO grants (role, permission) VALUES ((SELECT id FROM roles WHERE name = 'admin'), 'write');
INSERT INTO grants (role, permission) VALUES ((SELECT id FROM roles WHERE name = 'gust' LIMIT 1), 'read');
