CREATE TABLE child (x REFERENCES parent(a, b));
