CREATE TABLE numbers (n INTEGER);
INSERT INTO numbers (n) VALUES (1), (2), (3), (4);
INSERT INTO numbers (n) SELECT n FROM numbers;
INSERT INTO numbers (n) SELECT n FROM numbers;
INSERT INTO numbers (n) SELECT n FROM numbers;
