CREATE TABLE tales (id integer PRIMARY KEY, title text);
CREATE TABLE kept (id integer, title text);
CREATE RULE keeps AS ON INSERT TO tales DO ALSO INSERT INTO kept VALUES (NEW.id, title);
