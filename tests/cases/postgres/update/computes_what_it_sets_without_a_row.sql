CREATE TABLE tales (id integer);
UPDATE tales SET id = 'many'::text::integer WHERE false;
