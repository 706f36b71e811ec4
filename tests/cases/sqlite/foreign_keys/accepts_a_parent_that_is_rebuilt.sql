CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE child (p REFERENCES parent(id));
CREATE TABLE new_parent (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO new_parent (id) SELECT id FROM parent;
DROP TABLE parent;
ALTER TABLE new_parent RENAME TO parent;
