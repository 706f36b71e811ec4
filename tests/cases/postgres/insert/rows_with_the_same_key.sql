CREATE TABLE roles (id integer PRIMARY KEY, area text, name text, UNIQUE (area, name));

INSERT INTO roles VALUES (1, 'shop', 'admin'), (2, 'shop', NULL), (3, 'shop', NULL), (4, 'shop', 'admin');
