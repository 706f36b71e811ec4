CREATE TABLE parent (a, b, c, UNIQUE (a, b));
CREATE TABLE child (x, y, FOREIGN KEY (x, y) REFERENCES parent(b, a));
