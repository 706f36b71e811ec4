CREATE TABLE parent (a, b, PRIMARY KEY (a, b));
CREATE TABLE child (x REFERENCES parent);
