CREATE TABLE "a b" ("c d" INTEGER);
SELECT "c d", [c d], `c d`, "a b"."c d" FROM [a b] WHERE `a b`.[c d] > 0;
