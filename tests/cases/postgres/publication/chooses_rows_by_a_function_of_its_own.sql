CREATE TABLE tales (id integer PRIMARY KEY, title text);
CREATE FUNCTION is_long(title text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT length(title) > 10';
CREATE PUBLICATION news FOR TABLE tales WHERE (is_long(title));
