CREATE TABLE parent (a, b, PRIMARY KEY (a, b));
CREATE TABLE child (x, y, FOREIGN KEY (x, y) REFERENCES parent(a));
