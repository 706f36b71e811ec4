-- file: 0001_child.sql
CREATE TABLE child (p REFERENCES parent(id));
-- file: 0002_parent.sql
CREATE TABLE parent (id INTEGER PRIMARY KEY);
