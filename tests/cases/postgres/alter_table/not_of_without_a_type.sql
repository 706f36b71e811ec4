CREATE TABLE points (x int);
ALTER TABLE points NOT OF;
