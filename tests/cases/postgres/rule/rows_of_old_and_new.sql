CREATE TABLE tales (id integer PRIMARY KEY, title text);
CREATE TABLE kept (id integer, title text);
CREATE TABLE told (was json, now json);
CREATE VIEW shown AS SELECT id, title FROM tales;
CREATE RULE keeps AS ON INSERT TO tales DO ALSO INSERT INTO kept VALUES (NEW.*);
CREATE RULE loses AS ON DELETE TO tales DO ALSO INSERT INTO kept SELECT OLD.*;
CREATE RULE tells AS ON UPDATE TO tales WHERE NEW IS DISTINCT FROM OLD DO ALSO
    INSERT INTO told VALUES (row_to_json(OLD), row_to_json(NEW.*));
CREATE RULE adds AS ON INSERT TO shown DO INSTEAD INSERT INTO tales SELECT (NEW).* RETURNING tales.*;
CREATE RULE sets AS ON UPDATE TO shown DO INSTEAD UPDATE tales SET (id, title) = ROW (NEW.*) WHERE id = OLD.id;
