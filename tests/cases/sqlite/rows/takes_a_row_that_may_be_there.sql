CREATE TABLE roles (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE grants (role INTEGER NOT NULL, permission TEXT NOT NULL);
INSERT INTO roles (id, name) VALUES (1, 'admin'), (2, 'gu' || 'est');
INSERT INTO roles (name) SELECT lower(hex(3)) || 'x' WHERE EXISTS (SELECT 1 FROM roles r WHERE r.name = 'guest');
INSERT INTO grants (role, permission) VALUES ((SELECT id FROM roles WHERE name = '33x'), 'read');
