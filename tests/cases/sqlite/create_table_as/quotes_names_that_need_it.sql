CREATE TABLE t ("a b" INTEGER, "select" TEXT, c_1);
CREATE TABLE "new table" AS SELECT * FROM t;
