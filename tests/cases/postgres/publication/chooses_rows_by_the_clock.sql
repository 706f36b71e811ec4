CREATE TABLE tales (id integer PRIMARY KEY, told timestamptz);
CREATE PUBLICATION news FOR TABLE tales WHERE (told < now());
