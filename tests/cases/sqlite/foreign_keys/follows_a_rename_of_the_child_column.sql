CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE child (p, q REFERENCES parent, FOREIGN KEY (p) REFERENCES parent(id));
ALTER TABLE child RENAME p TO parent_id;
ALTER TABLE child RENAME q TO other_id;
