CREATE TABLE tales (id integer PRIMARY KEY, title text);
CREATE PUBLICATION news FOR TABLE tales (id, title);
ALTER TABLE tales DROP COLUMN title;
