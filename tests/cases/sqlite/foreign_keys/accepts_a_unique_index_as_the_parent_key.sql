CREATE TABLE parent (id INTEGER);
CREATE UNIQUE INDEX parent_id ON parent(id);
CREATE TABLE child (p INTEGER REFERENCES parent(id));
