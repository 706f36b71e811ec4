CREATE TABLE tales (id integer PRIMARY KEY, tenant text);

UPDATE tales SET tenant = "acme";
CREATE TABLE t (state text DEFAULT "new", id uuid DEFAULT gen_random_uuid);
