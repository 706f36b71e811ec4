CREATE TABLE users (id int CHECK (id > 0) NO INHERIT);
CREATE TABLE admins () INHERITS (users);
