CREATE TABLE tales (id integer);
CREATE TABLE parts (more text) INHERITS (tales) PARTITION BY LIST (id);
