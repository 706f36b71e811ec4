CREATE TABLE tales (id integer PRIMARY KEY, doubled integer GENERATED ALWAYS AS (id * 2) STORED);
CREATE PUBLICATION news FOR TABLE tales (id, doubled);
