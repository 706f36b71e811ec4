CREATE TABLE t (a int NOT NULL, b int);
INSERT INTO t (b) VALUES (1);
